import { describe, expect, it } from 'vitest';
import { makeSlideScorer } from '../../../../src/motion/simulate/scores/slide.js';

const DT = 0.1;

describe('makeSlideScorer', () => {
  /** Both feet at z, the left at a height, in every tick: [z, height, left stands, right stands, seconds since a jump]. */
  const score = (ticks: readonly (readonly [number, number, number, number, number])[]) => {
    const slide = makeSlideScorer([0, 1], DT);
    for (const [z, height, left, right, since] of ticks) {
      slide.add(Float64Array.of(0, height, z, 0, 1, z), Uint8Array.of(left, right), since);
    }
    return slide.score();
  };

  it('is the way of feet while they stand, in cm/s, and 0 where none does', () => {
    expect(
      score([
        [0, 0, 0, 0, 9],
        [0.02, 0, 1, 0, 9],
        [0.06, 0, 0, 0, 9],
      ]),
    ).toMatchObject({
      speedCm: expect.closeTo(20, 9),
      fastShare: 1,
    });
    expect(
      score([
        [0, 0, 0, 0, 9],
        [5, 0, 0, 0, 9],
      ]).speedCm,
    ).toBe(0);
  });

  it('tells apart what slides long after a jump', () => {
    const found = score([
      [0, 0, 1, 1, 0],
      [0.01, 0, 1, 1, 0.1],
      [0.02, 0, 1, 0, 0.3],
      [0.022, 0, 1, 0, 0.5],
    ]);
    expect(found.settledCm).toBeCloseTo(2, 9);
    expect(found.speedCm).toBeCloseTo((10 + 10 + 10 + 2) / 4, 9);
    expect(
      score([
        [0, 0, 1, 1, 0],
        [0.01, 0, 1, 1, 0.1],
      ]).settledCm,
    ).toBeNaN();
  });

  it('counts ticks of standing feet above 15 cm/s', () => {
    expect(
      score([
        [0, 0, 1, 0, 1],
        [0.014, 0, 1, 0, 1],
        [0.034, 0, 1, 0, 1],
      ]).fastShare,
    ).toBe(0.5);
  });

  it('skates by v·(2 − 2^(h/H)) below 4.5 cm', () => {
    expect(
      score([
        [0, 0, 0, 0, 1],
        [0.03, 0, 0, 0, 1],
      ]).skateCm,
    ).toBeCloseTo(3, 9);
    expect(
      score([
        [0, 0.0225, 0, 0, 1],
        [0.03, 0.0225, 0, 0, 1],
      ]).skateCm,
    ).toBeCloseTo(3 * (2 - Math.SQRT2), 9);
    expect(
      score([
        [0, 0.05, 0, 0, 1],
        [0.03, 0.05, 0, 0, 1],
      ]).skateCm,
    ).toBe(0);
  });

  it('does not count the way from one clip to another', () => {
    const slide = makeSlideScorer([0, 1], DT);
    slide.add(new Float64Array(6), Uint8Array.of(1, 1), 1);
    slide.restart();
    slide.add(Float64Array.of(9, 0, 9, 9, 0, 9), Uint8Array.of(1, 1), 1);
    expect(slide.score().speedCm).toBe(0);
  });
});
