import { expect, it } from 'vitest';
import { scoredSamples } from '../../../src/motion/evaluate/samples.js';
import { turnGaps } from '../../../src/motion/tune/turn-gap.js';
import { madeWalk } from '../made-tracks.js';

it('tells by how many degrees futures face apart, wherever both face now', () => {
  const straight = [madeWalk({ frames: 90, heading: 1 })];
  const turning = [madeWalk({ frames: 90, turn: 0.5, heading: 2 })];
  const samples = scoredSamples(straight);
  const queries = { tracks: straight, samples };
  const same = turnGaps(queries, { tracks: straight, samples }, Int32Array.of(0, 9));
  for (const gap of same) expect(gap).toBeCloseTo(0, 6);
  // Half a radian a second, after 1/3, 2/3 and 1 s.
  const [gap] = turnGaps(queries, { tracks: turning, samples }, Int32Array.of(20));
  expect(gap).toBeCloseTo(((180 / Math.PI) * 0.5 * 2) / 3, 1);
});
