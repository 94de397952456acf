import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Scene } from '../../../src/clip/index.js';
import { readScene } from '../../../src/formats/index.js';
import { AFFINE_SIZE, rotationOfAffine, translationOfAffine } from '../../../src/math/affine.js';
import { angleBetween, type Quat } from '../../../src/math/quat.js';
import { distance, type Vec3 } from '../../../src/math/vec3.js';

const cases = resolve(fileURLToPath(import.meta.url), '../../../../../shared/cases');

interface Sample {
  readonly time_s: number;
  readonly Tip: readonly number[] | { position: readonly number[] };
  readonly Arm?: { position: readonly number[]; rotation: readonly number[] };
}

async function open(
  name: string,
): Promise<{ scene: Scene; samples: Sample[]; expected: { joint_count?: number; duration_s?: number } }> {
  const file = join(cases, name, 'rig.fbx');
  const { expect: expected } = JSON.parse(readFileSync(join(cases, name, 'expected.json'), 'utf8'));
  return { scene: await readScene(readFileSync(file), { file }), samples: expected.samples, expected };
}

function poseAt(scene: Scene, time: number, joint: string): { positionCm: Vec3; rotation: Quat } {
  const out = new Float64Array(scene.skeleton.joints.length * AFFINE_SIZE);
  scene.evaluate(0, time, out);
  const at = scene.skeleton.joints.findIndex(({ name }) => name === joint) * AFFINE_SIZE;
  const [x, y, z] = translationOfAffine(out, at);
  return { positionCm: [100 * x, 100 * y, 100 * z], rotation: rotationOfAffine(out, at).rotation };
}

const near = (got: Vec3, wanted: readonly number[]): void => {
  expect(distance(got, wanted as unknown as Vec3)).toBeLessThan(0.001);
};

describe('FBX cases', () => {
  it.skipIf(!existsSync(cases))('reads an ASCII file with free comments at the top', async () => {
    const { scene, samples, expected } = await open('fbx-ascii-comment-header');
    expect(scene.skeleton.joints).toHaveLength(expected.joint_count ?? 0);
    for (const { time_s, Tip } of samples)
      near(poseAt(scene, time_s, 'Tip').positionCm, Tip as readonly number[]);
  });

  it.skipIf(!existsSync(cases))(
    'applies pre-rotation, post-rotation and the order ZXY as the format says',
    async () => {
      const { scene, samples, expected } = await open('fbx-prerotation-zxy');
      expect(scene.takes[0]?.duration).toBeCloseTo(expected.duration_s ?? 0, 6);
      for (const { time_s, Tip, Arm } of samples) {
        near(poseAt(scene, time_s, 'Tip').positionCm, (Tip as { position: readonly number[] }).position);
        const arm = poseAt(scene, time_s, 'Arm');
        near(arm.positionCm, Arm?.position ?? []);
        const turned = angleBetween(arm.rotation, Arm?.rotation as unknown as Quat);
        expect((turned * 180) / Math.PI).toBeLessThan(0.05);
      }
    },
  );
});
