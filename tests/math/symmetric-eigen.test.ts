import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/math/random.js';
import { symmetricEigen } from '../../src/math/symmetric-eigen.js';

function randomSymmetric(n: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      out[i * n + j] = random.normal();
      out[j * n + i] = out[i * n + j];
    }
  return out;
}

/** Largest entry of A vᵢ − λᵢ vᵢ and of V Vᵀ − 1. */
function faults(matrix: Float64Array, n: number): { residual: number; skew: number } {
  const { values, vectors } = symmetricEigen(matrix, n);
  let residual = 0;
  let skew = 0;
  for (let i = 0; i < n; i++) {
    for (let r = 0; r < n; r++) {
      let sum = -values[i] * vectors[i * n + r];
      let inner = i === r ? -1 : 0;
      for (let c = 0; c < n; c++) {
        sum += matrix[r * n + c] * vectors[i * n + c];
        inner += vectors[i * n + c] * vectors[r * n + c];
      }
      residual = Math.max(residual, Math.abs(sum));
      skew = Math.max(skew, Math.abs(inner));
    }
  }
  return { residual, skew };
}

describe('symmetricEigen', () => {
  it('refuses a matrix with NaN by naming the entry', () => {
    expect(() => symmetricEigen([1, 0, Number.NaN, 1], 2)).toThrow(
      expect.objectContaining({ code: 'math/not-finite', data: { row: 1, column: 0 } }),
    );
  });

  it('takes the empty and the one-entry matrix', () => {
    expect(symmetricEigen([], 0).values).toHaveLength(0);
    expect([...symmetricEigen([-3], 1).values]).toEqual([-3]);
    expect([...symmetricEigen([-3], 1).vectors]).toEqual([1]);
  });

  it('solves a matrix worked out by hand, largest first', () => {
    const { values, vectors } = symmetricEigen([2, 1, 1, 2], 2);
    expect(values[0]).toBeCloseTo(3, 14);
    expect(values[1]).toBeCloseTo(1, 14);
    expect(vectors[0]).toBeCloseTo(Math.SQRT1_2, 14);
    expect(vectors[1]).toBeCloseTo(Math.SQRT1_2, 14);
    expect(vectors[2]).toBeCloseTo(-vectors[3], 14);
  });

  it.each([2, 3, 7, 30, 96])('gives orthonormal vectors that the matrix only stretches (n = %i)', (n) => {
    const { residual, skew } = faults(randomSymmetric(n, n), n);
    expect(residual).toBeLessThan(1e-12 * n);
    expect(skew).toBeLessThan(1e-13 * n);
  });

  it('survives zeros, equal values and low rank', () => {
    expect(faults(new Float64Array(25), 5)).toEqual({ residual: 0, skew: 0 });
    const ones = new Float64Array(36).fill(1);
    expect(symmetricEigen(ones, 6).values[0]).toBeCloseTo(6, 12);
    expect(faults(ones, 6).skew).toBeLessThan(1e-13);
    const diagonal = new Float64Array(16);
    for (let i = 0; i < 4; i++) diagonal[5 * i] = [5, 2, 5, 1e-300][i];
    expect([...symmetricEigen(diagonal, 4).values]).toEqual([5, 5, 2, 1e-300]);
  });

  it.each([
    [192, 6, 1],
    [216, 9, 0.05],
    [150, 40, 1e-3],
    [60, 60, 1e-6],
  ])('ends where rank is low or values fall steeply (n = %i, rank %i)', (n, rank, fall) => {
    const random = seededRandom(n);
    const columns = Float64Array.from({ length: n * rank }, () => random.normal());
    const matrix = new Float64Array(n * n);
    for (let c = 0; c < rank; c++) {
      const weight = 1e4 * fall ** (c / 4);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++)
          matrix[i * n + j] += weight * columns[rank * i + c] * columns[rank * j + c];
    }
    const { residual, skew } = faults(matrix, n);
    expect(residual).toBeLessThan(1e-7);
    expect(skew).toBeLessThan(1e-12);
  });

  it('takes very small and very large numbers', () => {
    for (const size of [1e-170, 1e150]) {
      const { values, vectors } = symmetricEigen(
        [2, 1, 0, 1, 2, 1, 0, 1, 2].map((value) => value * size),
        3,
      );
      expect(values[0] / size).toBeCloseTo(2 + Math.SQRT2, 12);
      expect(vectors[1]).toBeCloseTo(Math.SQRT1_2, 12);
    }
  });

  it('gives the same bytes twice', () => {
    const matrix = randomSymmetric(20, 4);
    expect(symmetricEigen(matrix, 20)).toEqual(symmetricEigen(matrix, 20));
  });
});
