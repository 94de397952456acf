import { describe, expect, it } from 'vitest';
import { frameTime, makeRate, rateFromHz, rateHz } from '../../src/clip/rate.js';

describe('rates', () => {
  it.each([
    [0, 1],
    [-30, 1],
    [30, 0],
    [29.97, 1],
    [Number.NaN, 1],
  ])('refuse %d/%d', (numerator, denominator) => {
    expect(() => makeRate(numerator, denominator)).toThrow(/positive whole numbers/);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2e6])('refuse %d Hz', (hz) => {
    expect(() => rateFromHz(hz)).toThrow(/above 0/);
  });

  it.each([
    [1 / 0.0333667, 30000, 1001],
    [1 / 0.0333333, 30, 1],
    [1 / 0.03333, 30, 1],
    [1 / 0.008333, 120, 1],
    [1 / 0.0083333, 120, 1],
    [1 / 0.041708, 24000, 1001],
    [1 / 0.0416667, 24, 1],
    [1 / 0.04, 25, 1],
    [1 / 0.004167, 240, 1],
    [1, 1, 1],
    [59.999, 60, 1],
    [12.5, 25, 2],
  ])('read %d Hz as %d/%d', (hz, numerator, denominator) => {
    expect(rateFromHz(hz)).toEqual({ numerator, denominator });
  });

  it('keep an unusual rate to a millionth', () => {
    expect(rateHz(rateFromHz(28.333333))).toBeCloseTo(28.333333, 6);
    expect(frameTime(makeRate(60000, 2002))).toBeCloseTo(1001 / 30000, 12);
  });
});
