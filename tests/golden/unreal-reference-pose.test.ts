import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readScene } from '../../src/formats/index.js';
import { angleBetween } from '../../src/math/quat.js';
import { distance } from '../../src/math/vec3.js';
import { targetProfile } from '../../src/retarget/index.js';

const folder = fileURLToPath(new URL('../../../shared/data/fbx/', import.meta.url));

/** Two ways into the canonical space that share no code: Unreal's FBX export, and its own reference skeleton. */
it.skipIf(!existsSync(folder)).each([
  ['ue5_SKM_Manny.fbx', 'ue5-mannequin'],
  ['ue4_ThirdPersonRun.fbx', 'ue4-mannequin'],
] as const)('%s stands as the profile %s does, joint frames included', async (file, profile) => {
  const { skeleton } = await readScene(readFileSync(folder + file), { file });
  for (const wanted of targetProfile(profile).joints) {
    const got = skeleton.joints.find((joint) => joint.name === wanted.name);
    if (!got) throw new Error(`${file} lacks ${wanted.name}`);
    expect(distance(got.restTranslation, wanted.restTranslation)).toBeLessThan(1e-5);
    expect((angleBetween(got.restRotation, wanted.restRotation) * 180) / Math.PI).toBeLessThan(0.01);
  }
});
