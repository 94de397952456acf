import { expect, it } from 'vitest';
import { type Clip, jointIndex, worldPoseOfFrame } from '../../src/clip/index.js';
import { characterise, QUALITIES, retargetClip, type SolveQuality } from '../../src/retarget/index.js';
import { figureRows, inWords, MIXAMO, type Row, skeletonOf } from './figure.js';
import { restClip } from './rest-clip.js';

const RATE = 60;
const FRAMES = 60;

const source = skeletonOf(figureRows(MIXAMO, inWords));
const target = skeletonOf(
  figureRows(MIXAMO, inWords).map(
    ([name, parent, x, y, z]): Row => [
      name,
      parent,
      0.9 * x,
      0.9 * y,
      0.9 * z + (name.endsWith('Leg') ? 0.01 : 0),
    ],
  ),
);

/** A statue that slides along the floor at `speed` (m/s) and goes on as it is lifted, from frame `liftsAt` on. */
function slidingStatue(speed: number, liftsAt: number): Clip {
  const count = source.joints.length;
  const clip = restClip(source, FRAMES, RATE);
  const { translations } = clip;
  for (let f = 0; f < FRAMES; f++) {
    translations[3 * count * f + 1] += 2 * (Math.max(0, f - liftsAt) / RATE) ** 2;
    translations[3 * count * f + 2] += (speed * f) / RATE;
  }
  return clip;
}

/** Speeds of the target's left ball along the slide, m/s, from frame to frame. */
function speedsOf(statue: Clip, quality: SolveQuality): number[] {
  const { clip, report } = retargetClip(statue, characterise(source), target, characterise(target), {
    quality,
  });
  expect(report.contacts).toEqual({ L: 1, R: 1 });
  const toe = jointIndex(target, 'LeftToeBase');
  const along = Array.from({ length: FRAMES }, (_, f) => worldPoseOfFrame(clip, f).positions[3 * toe + 2]);
  return along.slice(1).map((z, f) => (z - along[f]) * RATE);
}

const largestChange = (speeds: readonly number[]): number =>
  Math.max(...speeds.slice(1).map((speed, f) => Math.abs(speed - speeds[f])));

it.each(QUALITIES)(
  'a standing foot is held (%s), and takes up its speed without a jerk when it is let go',
  (quality) => {
    const speeds = speedsOf(slidingStatue(0.045, 8), quality);
    for (const speed of speeds.slice(0, 10)) expect(Math.abs(speed)).toBeLessThan(0.005);
    expect(Math.max(...speeds.slice(30))).toBeGreaterThan(0.04);
    expect(largestChange(speeds)).toBeLessThan(0.045 / 2);
  },
);

it.each(QUALITIES)(
  'a foot that slides far while it stands is dragged along (%s), without a jerk',
  (quality) => {
    const speeds = speedsOf(slidingStatue(0.09, FRAMES), quality);
    expect(Math.abs(speeds[3])).toBeLessThan(0.005);
    expect(speeds[50]).toBeGreaterThan(0.07);
    expect(largestChange(speeds)).toBeLessThan(0.09 / 3);
  },
);
