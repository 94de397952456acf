import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bake, restWorldPose, type Scene, worldPoseOfFrame } from '../../src/clip/index.js';
import { openScene } from '../../src/pipeline/open-file.js';
import { standingPose } from '../../src/pipeline/standing-pose.js';
import { madeBvh } from './made-bvh.js';

let folder: string;
let scene: Scene;
const file = (): string => join(folder, 'walk.bvh');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gaitway-pose-'));
  await writeFile(file(), madeBvh({ frames: 12 }));
  scene = await openScene(file());
});
afterAll(() => rm(folder, { recursive: true }));

it('is rest, zero, a frame of the clip, or the first of a file', async () => {
  const clip = bake(scene);
  const { skeleton } = clip;
  expect(await standingPose('rest', skeleton)).toEqual(restWorldPose(skeleton));
  const zero = await standingPose('zero', skeleton);
  expect(Array.from(zero.rotations).every((x, i) => x === (i % 4 === 3 ? 1 : 0))).toBe(true);
  expect(await standingPose('7f', skeleton, scene, clip)).toEqual(worldPoseOfFrame(clip, 7));
  expect(await standingPose(file(), skeleton)).toEqual(worldPoseOfFrame(clip, 0));
});

it('a pose that nobody has is told with what there is', async () => {
  const clip = bake(scene);
  await expect(standingPose('12f', clip.skeleton, scene, clip)).rejects.toMatchObject({
    code: 'retarget/no-pose',
    message: expect.stringContaining('its last is 11'),
  });
  await expect(standingPose('heroic', clip.skeleton, scene, clip)).rejects.toThrow(/rest, zero, a frame/);
  const other = { joints: clip.skeleton.joints.map((joint) => ({ ...joint, name: `x_${joint.name}` })) };
  await expect(standingPose(file(), other)).rejects.toMatchObject({ code: 'retarget/other-skeleton' });
});
