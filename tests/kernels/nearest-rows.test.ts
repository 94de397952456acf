import { describe, expect, it } from 'vitest';
import { nearestRow, rowDistance } from '../../src/kernels/nearest-rows.js';
import { seededRandom } from '../../src/math/random.js';

describe('nearestRow', () => {
  it('leaves the best alone where there is no row', () => {
    const best = { row: -1, cost: Number.POSITIVE_INFINITY };
    nearestRow(new Float32Array(0), 3, new Float32Array(3), 0, 0, best);
    expect(best).toEqual({ row: -1, cost: Number.POSITIVE_INFINITY });
  });

  it('never answers with NaN', () => {
    const rows = Float32Array.from([Number.NaN, 1, 5, 5]);
    const best = { row: -1, cost: Number.POSITIVE_INFINITY };
    nearestRow(rows, 2, Float32Array.from([0, 0]), 0, 2, best);
    expect(best).toEqual({ row: 1, cost: 50 });
  });

  it('takes the first among equals, and the guess before its equals', () => {
    const rows = Float32Array.from([2, 1, 1, 1]);
    const best = { row: -1, cost: Number.POSITIVE_INFINITY };
    nearestRow(rows, 1, Float32Array.from([0]), 0, 4, best);
    expect(best).toEqual({ row: 1, cost: 1 });
    const guess = { row: 3, cost: 1 };
    nearestRow(rows, 1, Float32Array.from([0]), 0, 4, guess);
    expect(guess.row).toBe(3);
  });

  it.each([1, 3, 4, 5, 16, 27, 28])('agrees with a plain sum over %i numbers', (dimension) => {
    const random = seededRandom(dimension);
    const n = 400;
    const rows = Float32Array.from({ length: n * dimension }, () => random.normal());
    for (let q = 0; q < 30; q++) {
      const query = Float32Array.from({ length: dimension }, () => random.normal());
      const best = { row: -1, cost: Number.POSITIVE_INFINITY };
      nearestRow(rows, dimension, query, 10, n, best);
      const plain = Array.from({ length: n }, (_, i) =>
        query.reduce((sum, value, k) => sum + (rows[i * dimension + k] - value) ** 2, 0),
      );
      const least = Math.min(...plain.slice(10));
      expect(best.cost).toBeCloseTo(least, 10);
      expect(plain[best.row]).toBe(least);
    }
  });
});

describe('rowDistance', () => {
  it('stops above the limit', () => {
    const rows = new Float32Array(40).fill(1);
    expect(rowDistance(rows, 40, 0, new Float32Array(40), 5)).toBe(8);
    expect(rowDistance(rows, 40, 0, new Float32Array(40), 40)).toBe(40);
  });
});
