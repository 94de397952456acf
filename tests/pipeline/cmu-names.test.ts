import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bake, type Clip } from '../../src/clip/index.js';
import { readScene } from '../../src/formats/index.js';
import { encodeClips } from '../../src/pipeline/index.js';
import { targetProfile } from '../../src/retarget/index.js';
import { makeClip } from '../formats/made-clip.js';
import { restClip } from '../retarget/rest-clip.js';

const cmuFile = new URL('../../../shared/data/bvh/cmu_12_01_walk.bvh', import.meta.url);

async function asCmu(clip: Clip): Promise<Record<string, string>> {
  const { bytes, renamed } = await encodeClips([clip], 'bvh', { bvh: { names: 'cmu' } });
  const back = bake(await readScene(bytes, { file: 'cmu.bvh', unit: 'cm', up: 'y' }));
  const written = new Map(renamed.map(({ from, to }) => [from, to]));
  expect(new Set(back.skeleton.joints.map(({ name }) => name))).toEqual(
    new Set(clip.skeleton.joints.map(({ name }) => written.get(name) ?? name)),
  );
  return Object.fromEntries(written);
}

it('are those of the CMU library, by what the joints are', async () => {
  const names = await asCmu(restClip(targetProfile('ue5-mannequin'), 2));
  expect(names).toMatchObject({
    pelvis: 'Hips',
    spine_01: 'LowerBack',
    spine_02: 'Spine',
    spine_03: 'Spine1',
    spine_05: 'Spine3',
    neck_01: 'Neck',
    neck_02: 'Neck1',
    head: 'Head',
    thigh_l: 'LeftUpLeg',
    ball_r: 'RightToeBase',
    clavicle_l: 'LeftShoulder',
    upperarm_r: 'RightArm',
    lowerarm_l: 'LeftForeArm',
    index_metacarpal_l: 'LeftFingerBase',
    index_01_l: 'LeftHandIndex1',
    thumb_01_r: 'RThumb',
    thumb_02_r: 'RThumb2',
    pinky_03_l: 'LeftHandPinky3',
  });
  // Twist joints and the like have no name there.
  expect(names).not.toHaveProperty('upperarm_twist_01_l');
});

it('leave the names of other joints out of their way', async () => {
  const profile = targetProfile('ue5-mannequin');
  const joints = profile.joints.map((joint) =>
    joint.name === 'upperarm_twist_01_l' ? { ...joint, name: 'LeftArm' } : joint,
  );
  expect(await asCmu(restClip({ ...profile, joints }, 2))).toMatchObject({
    upperarm_l: 'LeftArm',
    LeftArm: 'LeftArm_2',
  });
});

it.skipIf(!existsSync(cmuFile))('are kept where a file of the library has them', async () => {
  const scene = await readScene(readFileSync(cmuFile), { file: 'cmu_12_01_walk.bvh' });
  expect(await asCmu(bake(scene, { end: 1 }))).toEqual({});
});

it('say what is missing where the joints are nobody', async () => {
  const nobody = makeClip({ seed: 3, jointCount: 5, frameCount: 2 });
  await expect(encodeClips([nobody], 'bvh', { bvh: { names: 'cmu' } })).rejects.toMatchObject({
    code: 'retarget/no-roles',
  });
});
