import { describe, expect, it } from 'vitest';
import { savitzkyGolay } from '../../src/math/savitzky-golay.js';

describe('savitzkyGolay', () => {
  it('leaves a cubic as it is, at the ends too', () => {
    const cubic = Float64Array.from({ length: 40 }, (_, i) => 0.01 * i ** 3 - 0.3 * i * i + 2 * i - 5);
    const out = savitzkyGolay(cubic, 7);
    expect(Math.max(...out.map((value, i) => Math.abs(value - cubic[i])))).toBeLessThan(1e-8);
  });

  it('has the known weights of the five-point quadratic', () => {
    // Savitzky and Golay's table I: (−3, 12, 17, 12, −3) / 35.
    const impulse = [0, 0, 0, 0, 1, 0, 0, 0, 0];
    expect([...savitzkyGolay(impulse, 2, 2)].slice(2, 7).map((value) => Math.round(value * 35))).toEqual([
      -3, 12, 17, 12, -3,
    ]);
  });

  it('narrows its window for short series and leaves tiny ones alone', () => {
    expect([...savitzkyGolay([3, 1, 2], 10)]).toEqual([3, 1, 2]);
    expect(savitzkyGolay([1, 2, 3, 4, 5, 6], 10)).toHaveLength(6);
    expect([...savitzkyGolay([], 3)]).toEqual([]);
  });
});
