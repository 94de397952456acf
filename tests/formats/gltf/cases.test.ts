import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bake, makeRate, type Scene } from '../../../src/clip/index.js';
import { readScene } from '../../../src/formats/index.js';
import { AFFINE_SIZE, translationOfAffine } from '../../../src/math/affine.js';
import { angleBetween, quatAt, quatDot } from '../../../src/math/quat.js';
import { distance, type Vec3 } from '../../../src/math/vec3.js';

const CASES = new URL('../../../../shared/cases/', import.meta.url);
const read = (name: string): Promise<Scene> =>
  readScene(readFileSync(new URL(`${name}/clip.gltf`, CASES)), { file: 'clip.gltf' });

function placeOf(scene: Scene, time: number, joint: number): Vec3 {
  const out = new Float64Array(AFFINE_SIZE * scene.skeleton.joints.length);
  scene.evaluate(0, time, out);
  return translationOfAffine(out, AFFINE_SIZE * joint);
}

describe.skipIf(!existsSync(CASES))('glTF cases with known answers', () => {
  it('keeps two joints of one name apart, and says how they are called', async () => {
    const scene = await read('gltf-duplicate-node-names');
    const { joints } = scene.skeleton;
    expect(joints).toHaveLength(5);
    expect(joints.map(({ sourceName }) => sourceName)).toEqual(['root', 'joint', 'tip', 'joint', 'tip']);
    expect(joints.map(({ name }) => name)).toEqual(['root', 'joint', 'tip', 'joint_2', 'tip_2']);
    const { samples } = JSON.parse(
      readFileSync(new URL('gltf-duplicate-node-names/expected.json', CASES), 'utf8'),
    ).expect as { samples: { time_s: number; node_2: Vec3; node_4: Vec3 }[] };
    for (const { time_s, node_2, node_4 } of samples) {
      expect(distance(placeOf(scene, time_s, 2), node_2)).toBeLessThan(1e-3);
      expect(distance(placeOf(scene, time_s, 4), node_4)).toBeLessThan(1e-3);
    }
    expect(scene.warnings.map(({ code }) => code)).toContain('skeleton/duplicate-name');
  });

  it('turns the short way between keys of opposite sign', async () => {
    const scene = await read('gltf-quaternion-sign-flip');
    expect(scene.takes[0].duration).toBeCloseTo(2, 9);
    const { samples } = JSON.parse(
      readFileSync(new URL('gltf-quaternion-sign-flip/expected.json', CASES), 'utf8'),
    ).expect as { samples: { time_s: number; tip: Vec3 }[] };
    const tip = scene.skeleton.joints.length - 1;
    for (const { time_s, tip: wanted } of samples)
      expect(distance(placeOf(scene, time_s, tip), wanted)).toBeLessThan(1e-3);
    const clip = bake(scene, { rate: makeRate(30) });
    const count = clip.skeleton.joints.length;
    for (let i = count; i < count * clip.frameCount; i++) {
      const [a, b] = [quatAt(clip.rotations, i - count), quatAt(clip.rotations, i)];
      expect((angleBetween(a, b) * 180) / Math.PI).toBeLessThan(2.01);
      expect(quatDot(a, b)).toBeGreaterThanOrEqual(0);
    }
  });
});
