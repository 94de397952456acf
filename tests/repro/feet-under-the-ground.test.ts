import { expect, it } from 'vitest';
import { type Clip, worldPoseOfFrame } from '../../src/clip/index.js';
import { characterise, retargetClip } from '../../src/retarget/index.js';
import { walkingClip } from '../preview/walking-clip.js';

/** The clip with its roots higher or lower by so many metres. */
function shifted(clip: Clip, metres: number): Clip {
  const count = clip.skeleton.joints.length;
  const translations = clip.translations.slice();
  for (let f = 0; f < clip.frameCount; f++) translations[3 * f * count + 1] += metres;
  return { ...clip, translations };
}

const lowest = (clip: Clip): number =>
  Math.min(
    ...Array.from({ length: clip.frameCount }, (_, f) => {
      const { positions } = worldPoseOfFrame(clip, f);
      return Math.min(...clip.skeleton.joints.map((_, j) => positions[3 * j + 1]));
    }),
  );

const walk = walkingClip();
const body = characterise(walk.skeleton);
const target = walkingClip({ size: 0.8 }).skeleton;
const carried = (clip: Clip) =>
  retargetClip(clip, body, target, characterise(target), { quality: 'fast', contacts: false });
const usual = carried(walk);
const isTold = (clip: Clip): boolean =>
  carried(clip).report.warnings.some(({ code }) => code === 'retarget/under-ground');

it('a clip that is under the ground from first to last is raised to it, and that is told', () => {
  const sunk = carried(shifted(walk, -0.95));
  expect(isTold(shifted(walk, -0.95))).toBe(true);
  expect(Math.abs(lowest(sunk.clip) - lowest(usual.clip))).toBeLessThan(0.04);
});

it.each([
  ['stands on the ground', walk],
  ['stands a little under it', shifted(walk, -0.1)],
  ['stands on a stage', shifted(walk, 1)],
])('a clip that %s stays as high as it is', (_, clip) => {
  expect(isTold(clip)).toBe(false);
});

it('a clip that begins under the ground and comes up to it stays as high as it is', () => {
  const count = walk.skeleton.joints.length;
  const climb = walk.translations.slice();
  for (let f = 0; f < walk.frameCount; f++) climb[3 * f * count + 1] -= 0.9 * (1 - f / (walk.frameCount - 1));
  expect(isTold({ ...walk, translations: climb })).toBe(false);
});
