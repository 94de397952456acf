import { describe, expect, it } from 'vitest';
import { makeClip, makeFigures, SCRIPTS } from '../../samples/generator/index.js';
import { type BodyRole, type Clip, restWorldPose, worldPoseOfFrame } from '../../src/clip/index.js';
import { angleBetween, quatAt } from '../../src/math/quat.js';
import { angleBetweenVectors, distance, subtract, type Vec3, vec3At } from '../../src/math/vec3.js';
import {
  type Body,
  characterise,
  makeCarrier,
  retargetClip,
  targetProfile,
} from '../../src/retarget/index.js';

const figure = makeFigures().tall;
const script = SCRIPTS.find(({ name }) => name === 'walk_neutral');
if (!figure || !script) throw new Error('the generator has no tall figure or no script walk_neutral');
// No multiple of the frames that are carried at once.
const walk = makeClip({ ...script, seconds: 1.7, rateHz: 30 }, figure, 1);
const body = characterise(walk.skeleton);
const mannequin = targetProfile('ue5-mannequin');
const own = characterise(mannequin);
const carrier = makeCarrier(walk, body, mannequin, own);
const carried = carrier.carry(walk);

const LIMBS: readonly (readonly [BodyRole, BodyRole])[] = (['L', 'R'] as const).flatMap((side) => [
  [`upperArm${side}`, `forearm${side}`] as const,
  [`forearm${side}`, `hand${side}`] as const,
  [`thigh${side}`, `calf${side}`] as const,
  [`calf${side}`, `foot${side}`] as const,
]);

function bone(clip: Clip, { roles }: Body, frame: number, [from, to]: (typeof LIMBS)[number]): Vec3 {
  const { positions } = worldPoseOfFrame(clip, frame);
  return subtract(vec3At(positions, roles[to] as number), vec3At(positions, roles[from] as number));
}

describe('a carrier', () => {
  it('turns limbs as the source’s in every frame', () => {
    expect(carried.frameCount).toBe(walk.frameCount);
    for (let f = 0; f < walk.frameCount; f++)
      for (const limb of LIMBS) {
        const apart = angleBetweenVectors(bone(walk, body, f, limb), bone(carried, own, f, limb));
        expect(apart).toBeLessThan(1e-6);
      }
  });

  it('takes the hips their way, and leaves joint lengths as they are', () => {
    const hips = (clip: Clip, { roles }: Body, frame: number): Vec3 => {
      const { positions } = worldPoseOfFrame(clip, frame);
      const [l, r] = [vec3At(positions, roles.thighL as number), vec3At(positions, roles.thighR as number)];
      return [(l[0] + r[0]) / 2, (l[1] + r[1]) / 2, (l[2] + r[2]) / 2];
    };
    const ratio = hips(carried, own, 3)[1] / hips(walk, body, 3)[1];
    for (let f = 0; f < walk.frameCount; f++) {
      const [x, y, z] = hips(walk, body, f);
      expect(distance(hips(carried, own, f), [ratio * x, ratio * y, ratio * z])).toBeLessThan(1e-9);
    }
    const rest = restWorldPose(mannequin).positions;
    for (const [from, to] of LIMBS) {
      const [a, b] = [own.roles[from] as number, own.roles[to] as number];
      const length = distance(vec3At(rest, a), vec3At(rest, b));
      expect(distance(bone(carried, own, 9, [from, to]), [0, 0, 0])).toBeCloseTo(length, 9);
    }
  });

  it('carries as retargetClip does what is neither steadied nor set on the floor', () => {
    const { clip } = retargetClip(walk, body, mannequin, own, { contacts: false, quality: 'fast' });
    const { length } = mannequin.joints;
    const parts: readonly BodyRole[] = ['calfL', 'footR', 'forearmL', 'handR'];
    const joints = [...parts.map((role) => own.roles[role]), ...own.twists.map(({ joint }) => joint)];
    for (let f = 0; f < walk.frameCount; f++)
      for (const joint of joints) {
        const [a, b] = [carried, clip].map(({ rotations }) =>
          quatAt(rotations, f * length + (joint as number)),
        );
        if (a && b) expect(angleBetween(a, b)).toBeLessThan(1e-6);
      }
  });

  it('carries clip after clip, each as if it were the first', () => {
    const short = { ...walk, frameCount: 5 };
    const part = carrier.carry({
      ...short,
      rotations: walk.rotations.subarray(0, 4 * 5 * walk.skeleton.joints.length),
      translations: walk.translations.subarray(0, 3 * 5 * walk.skeleton.joints.length),
    });
    expect(part.rotations).toEqual(carried.rotations.subarray(0, part.rotations.length));
    expect(carrier.carry(walk).rotations).toEqual(carried.rotations);
  });

  it('does not mind numbers that are none where the source is not looked at', () => {
    const twin = makeCarrier(walk, body, walk.skeleton, body);
    const hand = body.roles.handL as number;
    const translations = Float64Array.from(walk.translations);
    const { length } = walk.skeleton.joints;
    for (let f = 0; f < walk.frameCount; f++) translations[3 * (f * length + hand)] = Number.NaN;
    const back = twin.carry({ ...walk, translations });
    for (let f = 0; f < walk.frameCount; f++)
      for (const joint of Object.values(body.roles)) {
        const row = f * length + joint;
        expect(angleBetween(quatAt(back.rotations, row), quatAt(walk.rotations, row))).toBeLessThan(1e-6);
      }
  });

  it('refuses other joints, and tells of a number that is none by joint and frame', () => {
    const [first, ...rest] = walk.skeleton.joints;
    if (!first) throw new Error('the figure has no joints');
    const other = { ...walk, skeleton: { joints: [{ ...first, name: 'other' }, ...rest] } };
    expect(() => carrier.carry(other)).toThrow(expect.objectContaining({ code: 'retarget/other-skeleton' }));
    const rotations = Float64Array.from(walk.rotations);
    const { length } = walk.skeleton.joints;
    rotations.fill(Number.NaN, 4 * length * 20, 4 * length * 21);
    expect(() => carrier.carry({ ...walk, rotations })).toThrow(
      expect.objectContaining({ code: 'retarget/not-finite', data: expect.objectContaining({ frame: 20 }) }),
    );
    expect(carrier.carry(walk).rotations).toEqual(carried.rotations);
  });
});
