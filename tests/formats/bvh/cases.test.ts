import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bake, resample, type Scene } from '../../../src/clip/index.js';
import { makeRate } from '../../../src/clip/rate.js';
import { readBvh } from '../../../src/formats/bvh/scene.js';
import { readScene } from '../../../src/formats/read-scene.js';
import { AFFINE_SIZE, rotationOfAffine } from '../../../src/math/affine.js';
import { angleBetween, type Quat, rotate } from '../../../src/math/quat.js';
import { add, distance, type Vec3 } from '../../../src/math/vec3.js';

const CASES = new URL('../../../../shared/cases/', import.meta.url);
const there = existsSync(CASES);

interface Expected {
  expect: { pose: { frame: number; joints: Record<string, { position: Vec3; rotation?: Quat }> }[] };
  tolerance: { position: number; angle_deg: number };
}

const bytesOf = (name: string, file = 'clip.bvh'): Uint8Array =>
  readFileSync(new URL(`${name}/${file}`, CASES));
const expectedOf = (name: string): Expected =>
  JSON.parse(readFileSync(new URL(`${name}/expected.json`, CASES), 'utf8'));

/** The file in its own units and axes, as the expected poses are. */
const readRaw = (name: string, file?: string): Promise<Scene> =>
  readBvh(bytesOf(name, file), { file: name, unitMetres: 1, up: 'y' });

/** World place and rotation of a joint at a frame; `Name/end` is the end of its bone. */
function jointAt(scene: Scene, frame: number, name: string): { position: Vec3; rotation: Quat } {
  const [joint, end] = name.split('/');
  const j = scene.skeleton.joints.findIndex((other) => other.name === joint);
  const out = new Float64Array(AFFINE_SIZE * scene.skeleton.joints.length);
  const take = scene.takes[0];
  scene.evaluate(0, (frame * take.rate.denominator) / take.rate.numerator, out);
  const { rotation } = rotationOfAffine(out, AFFINE_SIZE * j);
  const at = AFFINE_SIZE * j + 9;
  const place: Vec3 = [out[at], out[at + 1], out[at + 2]];
  const offset = scene.skeleton.joints[j].endOffset;
  return { rotation, position: end && offset ? add(place, rotate(rotation, offset)) : place };
}

async function expectPoses(name: string, file?: string): Promise<Scene> {
  const scene = await readRaw(name, file);
  const { expect: wanted, tolerance } = expectedOf(name);
  for (const { frame, joints } of wanted.pose) {
    for (const [joint, { position, rotation }] of Object.entries(joints)) {
      const found = jointAt(scene, frame, joint);
      expect(distance(found.position, position), `${joint} at ${frame}`).toBeLessThan(tolerance.position);
      if (rotation)
        expect((angleBetween(found.rotation, rotation) * 180) / Math.PI).toBeLessThan(tolerance.angle_deg);
    }
  }
  return scene;
}

describe.skipIf(!there)('BVH cases with known answers', () => {
  it('reads tabs, CRLF, exponents, plus signs and a last row without a line end', async () => {
    const { takes } = await expectPoses('bvh-crlf-tabs-scientific');
    expect(takes[0]).toMatchObject({ frameCount: 3, rate: makeRate(25) });
    expect(takes[0].duration).toBeCloseTo(0.08, 12);
  });

  it('guesses metres and says so', async () => {
    const scene = await readScene(bytesOf('bvh-metres'), { file: 'clip.bvh' });
    expect(scene.source.unitMetres).toBe(1);
    expect(scene.source.guesses.join(' ')).toContain('metre');
    expect(scene.warnings).toEqual([]);
    const joint = (name: string) => scene.skeleton.joints.find((other) => other.name === name);
    expect(Math.hypot(...(joint('LeftLeg')?.restTranslation ?? []))).toBeCloseTo(0.42, 4);
    expect(Math.hypot(...(joint('LeftFoot')?.restTranslation ?? []))).toBeCloseTo(0.43, 4);
    const [a, b] = [0, 1].map((frame) => jointAt(scene, frame, 'Hips').position);
    expect(distance(a, b)).toBeCloseTo(0.40049969, 6);
    const stated = await readScene(bytesOf('bvh-metres'), { file: 'clip.bvh', unit: 'cm' });
    expect(stated.source.unitMetres).toBe(0.01);
    expect(stated.source.guesses.join(' ')).not.toContain('unit');
  });

  it('turns every joint in the order in which it lists its channels', async () => {
    await expectPoses('bvh-mixed-rotation-orders');
  });

  it('keeps names with colon, space, dot, pipe and letters of other scripts', async () => {
    const scene = await readRaw('bvh-name-characters');
    const names = ['mixamorig:Hips', 'Bip01 Spine', 'Chest.Upper', '頭', 'Arm_L|twist'];
    expect(scene.skeleton.joints.map((joint) => joint.name)).toEqual(names);
    const clip = bake(scene);
    [10, 20, 30, 40].forEach((degrees, i) => {
      const at = 4 * (names.length + i + 1);
      const z = 2 * Math.atan2(clip.rotations[at + 2], clip.rotations[at + 3]);
      expect((z * 180) / Math.PI).toBeCloseTo(degrees, 6);
    });
  });

  it('reads 29.97 frames a second exactly and keeps the speed when resampled', async () => {
    const clip = bake(await readRaw('bvh-ntsc-2997'));
    expect(clip.rate).toEqual({ numerator: 30000, denominator: 1001 });
    expect(clip.frameCount).toBe(31);
    const at30 = resample(clip, makeRate(30));
    expect(at30.frameCount).toBeGreaterThanOrEqual(31);
    for (const [frame, x] of [
      [0, 0],
      [15, 50],
      [30, 100],
    ]) {
      expect(at30.translations[3 * frame]).toBeCloseTo(x, 2);
    }
  });

  it('reads a single frame as a clip of one frame', async () => {
    const scene = await expectPoses('bvh-single-frame', 'pose.bvh');
    expect(bake(scene)).toMatchObject({ frameCount: 1 });
    expect(scene.takes[0].duration).toBe(0);
  });

  it('lets position channels of any joint replace its OFFSET', async () => {
    const scene = await expectPoses('bvh-six-channel-joints');
    const [, chest, hand] = scene.skeleton.joints;
    expect(Math.hypot(...chest.restTranslation)).toBeCloseTo(30.066593, 5);
    expect(Math.hypot(...hand.restTranslation)).toBeCloseTo(25, 9);
  });
});
