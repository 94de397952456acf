import { describe, expect, it } from 'vitest';
import { cholesky, solvePositive } from '../../src/math/cholesky.js';
import { seededRandom } from '../../src/math/random.js';

describe('cholesky', () => {
  it.each([
    ['indefinite', [1, 2, 2, 1]],
    ['singular', [1, 1, 1, 1]],
    ['NaN', [Number.NaN, 0, 0, 1]],
  ])('refuses a matrix that is %s', (_, matrix) => {
    expect(() => cholesky(matrix, 2)).toThrow(
      expect.objectContaining({ code: 'math/not-positive-definite' }),
    );
  });

  it('factors a matrix worked out by hand', () => {
    expect([...cholesky([4, 2, 2, 10], 2)]).toEqual([2, 0, 1, 3]);
  });
});

describe('solvePositive', () => {
  it('solves for several right sides at once', () => {
    const n = 12;
    const columns = 5;
    const random = seededRandom(3);
    const root = Float64Array.from({ length: n * n }, () => random.normal());
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        let sum = i === j ? 0.1 : 0;
        for (let k = 0; k < n; k++) sum += root[i * n + k] * root[j * n + k];
        matrix[i * n + j] = sum;
      }
    const wanted = Float64Array.from({ length: n * columns }, () => random.normal());
    const right = new Float64Array(n * columns);
    for (let i = 0; i < n; i++)
      for (let c = 0; c < columns; c++)
        for (let k = 0; k < n; k++) right[i * columns + c] += matrix[i * n + k] * wanted[k * columns + c];
    const found = solvePositive(matrix, right, n, columns);
    const worst = Math.max(...found.map((value, k) => Math.abs(value - wanted[k])));
    expect(worst).toBeLessThan(1e-10);
  });
});
