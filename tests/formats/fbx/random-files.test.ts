import { describe, expect, it } from 'vitest';
import { bake, makeRate } from '../../../src/clip/index.js';
import { readScene } from '../../../src/formats/index.js';
import { compareClips } from '../compare-clips.js';
import { autodeskRuns, bakeWithAutodesk } from './autodesk.js';
import type { FeatureFile } from './feature-files.js';
import { randomCurve, randomLayers, randomTransform } from './random-files.js';

/** How far a joint gets from where Autodesk's SDK has it, metres. */
async function distanceFromAutodesk({ bytes, rateHz }: FeatureFile): Promise<number> {
  const rate = makeRate(rateHz);
  const { scene } = await bakeWithAutodesk(bytes, rateHz);
  const theirs = bake(scene, { rate });
  const ours = bake(await readScene(bytes, { file: 'random.fbx' }), { rate });
  expect(ours.frameCount).toBe(theirs.frameCount);
  return compareClips(theirs, ours).metres;
}

describe.skipIf(!autodeskRuns)("random FBX files are evaluated as by Autodesk's SDK", () => {
  it.each([
    ['curves with keys of all kinds', randomCurve],
    ['pivots, orders, scales and inherit types', randomTransform],
    ['layers of all modes', randomLayers],
  ] as const)(
    '%s',
    async (_, make) => {
      for (let seed = 1; seed <= 60; seed++)
        expect(await distanceFromAutodesk(make(seed)), `seed ${seed}`).toBeLessThan(1e-5);
    },
    60_000,
  );
});
