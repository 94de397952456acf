import { describe, expect, it } from 'vitest';
import { rowDistance } from '../../src/kernels/row-distance.js';
import { seededRandom } from '../../src/math/random.js';

describe('rowDistance', () => {
  it.each([1, 3, 4, 5, 16, 27, 28])('agrees with a plain sum over %i numbers', (dimension) => {
    const random = seededRandom(dimension);
    const rows = Float32Array.from({ length: 50 * dimension }, () => random.normal());
    const query = Float32Array.from({ length: dimension }, () => random.normal());
    for (let row = 0; row < 50; row++) {
      const plain = query.reduce((sum, value, k) => sum + (rows[row * dimension + k] - value) ** 2, 0);
      expect(rowDistance(rows, dimension, row, query, Number.POSITIVE_INFINITY)).toBeCloseTo(plain, 10);
    }
  });

  it('stops above the limit', () => {
    const rows = new Float32Array(40).fill(1);
    expect(rowDistance(rows, 40, 0, new Float32Array(40), 5)).toBe(8);
    expect(rowDistance(rows, 40, 0, new Float32Array(40), 40)).toBe(40);
  });
});
