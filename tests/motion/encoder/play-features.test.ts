import { describe, expect, it } from 'vitest';
import { databaseLatents, playedLatents, queryLatents } from '../../../src/motion/encoder/encoder.js';
import { withPlayFeatures } from '../../../src/motion/encoder/play-features.js';
import { pathPoint } from '../../../src/motion/encoder/seen-from-root.js';
import { trainLinear } from '../../../src/motion/encoder/train-linear.js';
import { madeWalks } from './made-clips.js';

const walks = madeWalks(10);
const encoder = trainLinear(walks, { dim: 6, seed: 1, noiseShare: 0 });
const wide = withPlayFeatures(encoder, walks);

describe('withPlayFeatures', () => {
  it('keeps the latents, and puts 27 numbers of feet, hip and path beside them', () => {
    expect(wide.dim).toBe(6 + 27);
    const plain = queryLatents(encoder, walks[3]).latents;
    const both = queryLatents(wide, walks[3]).latents;
    for (let f = 0; f < walks[3].frameCount; f += 7)
      for (let k = 0; k < 6; k++) expect(both[f * wide.dim + k]).toBeCloseTo(plain[f * 6 + k], 4);
  });

  it('lets hand-made numbers spread farther than latents: feet and path six times, velocities of feet eight times, the hip’s three times', () => {
    const rows = walks.map((walk) => queryLatents(wide, walk));
    const spread = (k: number): number => {
      const own = rows.flatMap(({ latents, valid }) =>
        [...valid].flatMap((is, f) => (is === 1 ? [latents[f * wide.dim + k]] : [])),
      );
      const mean = own.reduce((a, b) => a + b, 0) / own.length;
      return Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length);
    };
    const mean = (from: number, to: number): number =>
      Array.from({ length: to - from }, (_, k) => spread(from + k)).reduce((a, b) => a + b, 0) / (to - from);
    const unit = mean(0, 6);
    expect(mean(6, 9) / unit).toBeCloseTo(6, 1);
    expect(mean(12, 15) / unit).toBeCloseTo(8, 1);
    expect(mean(18, 21) / unit).toBeCloseTo(3, 1);
    expect(mean(21, 27) / unit).toBeCloseTo(6, 1);
    expect(mean(27, 33) / unit).toBeCloseTo(6, 1);
  });

  it('makes a database that may be answered with up to the last 0.3 s, where latents alone keep 1 s off', () => {
    const { valid } = playedLatents(wide, walks[0]);
    expect(valid.lastIndexOf(1)).toBe(walks[0].frameCount - 10);
    expect(valid[0]).toBe(1);
    expect(databaseLatents(wide, walks[0]).valid.lastIndexOf(1)).toBe(walks[0].frameCount - 31);
  });

  it('sees the path walk on straight beyond the end of a clip', () => {
    const walk = walks[0];
    const last = walk.frameCount - 1;
    const point = { x: 0, z: 0, facingX: 0, facingZ: 1 };
    const near = { ...pathPoint(walk, last, 0.1, point) };
    const far = { ...pathPoint(walk, last, 1, point) };
    expect(Math.hypot(near.x, near.z)).toBeGreaterThan(0.03);
    expect(far.x).toBeCloseTo(10 * near.x, 6);
    expect(far.z).toBeCloseTo(10 * near.z, 6);
  });
});
