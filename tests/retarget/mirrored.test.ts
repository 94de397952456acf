import { beforeAll, expect, it } from 'vitest';
import { makeClip, makeFigures, SCRIPTS } from '../../samples/generator/index.js';
import { type Clip, jointIndex, type Skeleton, worldPoseOfFrame } from '../../src/clip/index.js';
import { distance, type Vec3, vec3At } from '../../src/math/vec3.js';
import { type Body, characterise, retargetClip, targetProfile } from '../../src/retarget/index.js';

let walk: Clip;
let target: Skeleton;
let bodies: { source: Body; target: Body };

beforeAll(() => {
  const script = SCRIPTS.find(({ name }) => name === 'strafe_left') ?? SCRIPTS[0];
  walk = makeClip({ ...script, seconds: 2, rateHz: 30 }, makeFigures().tall, 1);
  target = targetProfile('ue5-mannequin');
  bodies = { source: characterise(walk.skeleton), target: characterise(target) };
});

const place = (clip: Clip, frame: number, name: string): Vec3 =>
  vec3At(worldPoseOfFrame(clip, frame).positions, jointIndex(clip.skeleton, name));
const reflected = ([x, y, z]: Vec3): Vec3 => [-x, y, z];
const carry = (options: { mirror?: boolean; contacts?: boolean; footCurves?: boolean }): Clip =>
  retargetClip(walk, bodies.source, target, bodies.target, options).clip;

it.each([true, false])('does on the left what the clip did on the right, contacts %s', (contacts) => {
  const [plain, image] = [carry({ contacts }), carry({ contacts, mirror: true })];
  expect(image.name).toBe(`${walk.name}_mirrored`);
  for (let f = 0; f < walk.frameCount; f += 6) {
    for (const part of ['hand', 'foot', 'ball', 'lowerarm', 'calf', 'index_02', 'clavicle']) {
      for (const [side, other] of ['lr', 'rl'])
        expect(
          distance(place(image, f, `${part}_${side}`), reflected(place(plain, f, `${part}_${other}`))),
          `${part}_${side} ${f}`,
        ).toBeLessThan(0.002);
    }
    expect(distance(place(image, f, 'head'), reflected(place(plain, f, 'head')))).toBeLessThan(0.002);
  }
});

it('exchanges the curves of both sides', () => {
  const values = (clip: Clip, name: string): number[] =>
    Array.from(clip.curves.find((curve) => curve.name === name)?.values ?? []);
  const [plain, image] = [carry({ footCurves: true }), carry({ footCurves: true, mirror: true })];
  expect(values(image, 'FootContact_L')).toEqual(values(plain, 'FootContact_R'));
  expect(values(image, 'FootContact_L')).not.toEqual(values(plain, 'FootContact_L'));
});
