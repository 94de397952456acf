import { describe, expect, it } from 'vitest';
import { bake, makeRate } from '../../../src/clip/index.js';
import { readScene } from '../../../src/formats/index.js';
import { compareClips } from '../compare-clips.js';
import { autodeskRuns, bakeWithAutodesk } from './autodesk.js';
import { CURVE_FILES, type FeatureFile, LAYER_FILES, TRANSFORM_FILES } from './feature-files.js';

const SECONDS = 2;
/** A turned joint between two uneven scales has no rotation to speak of. */
const isSheared = ({ name }: FeatureFile): boolean => name.startsWith('scale,');
/** Newton's method and the SDK's own stop at other points of a weighted segment. */
const isWeighted = ({ name }: FeatureFile): boolean => name.includes('weighted');

async function compare(file: FeatureFile): Promise<void> {
  const rate = makeRate(file.rateHz);
  const { scene } = await bakeWithAutodesk(file.bytes, file.rateHz);
  const theirs = bake(scene, { rate });
  const ours = bake(await readScene(file.bytes, { file: 'feature.fbx' }), { rate });
  expect(theirs.frameCount).toBe(SECONDS * file.rateHz + 1);
  expect(ours.frameCount).toBe(theirs.frameCount);
  // A joint that a layer shrinks to nothing takes the one below it out of a baked file.
  expect(theirs.skeleton.joints.length).toBeGreaterThanOrEqual(isSheared(file) ? 2 : 3);
  const { metres, degrees } = compareClips(theirs, ours);
  expect(metres).toBeLessThan(isWeighted(file) ? 1e-5 : 5e-6);
  if (!isSheared(file)) expect(degrees).toBeLessThan(0.01);
}

describe.skipIf(!autodeskRuns)("FBX features as Autodesk's SDK evaluates them", () => {
  it.each(CURVE_FILES.map((file) => [file.name, file] as const))('curve: %s', (_, file) => compare(file));
  it.each(TRANSFORM_FILES.map((file) => [file.name, file] as const))('transform: %s', (_, file) =>
    compare(file),
  );
  it.each(LAYER_FILES.map((file) => [file.name, file] as const))('layer: %s', (_, file) => compare(file));
});
