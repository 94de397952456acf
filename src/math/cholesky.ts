import { GaitwayError } from '../errors.js';

/**
 * The lower triangle L of A = L Lᵀ for a symmetric positive definite A [n, n], row major; the upper half is 0.
 *
 * @throws GaitwayError `math/not-positive-definite` naming the row at which A turns out not to be.
 */
export function cholesky(matrix: ArrayLike<number>, n: number): Float64Array {
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j];
      for (let k = 0; k < j; k++) sum -= l[i * n + k] * l[j * n + k];
      if (i > j) l[i * n + j] = sum / l[j * n + j];
      else if (sum > 0) l[i * n + i] = Math.sqrt(sum);
      else {
        throw new GaitwayError(
          'math/not-positive-definite',
          `The matrix is not positive definite (pivot ${sum} in row ${i} of ${n}); add a ridge to its diagonal.`,
          { row: i, pivot: sum },
        );
      }
    }
  }
  return l;
}

/**
 * Solves A X = B for a symmetric positive definite A [n, n] and B [n, columns], row major.
 *
 * @throws GaitwayError `math/not-positive-definite` as `cholesky` does.
 */
export function solvePositive(
  matrix: ArrayLike<number>,
  right: ArrayLike<number>,
  n: number,
  columns: number,
): Float64Array {
  const l = cholesky(matrix, n);
  const x = Float64Array.from(right);
  const subtract = (from: number, row: number, factor: number): void => {
    for (let c = 0; c < columns; c++) x[from * columns + c] -= factor * x[row * columns + c];
  };
  const divide = (row: number, by: number): void => {
    for (let c = 0; c < columns; c++) x[row * columns + c] /= by;
  };
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) subtract(i, k, l[i * n + k]);
    divide(i, l[i * n + i]);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) subtract(i, k, l[k * n + i]);
    divide(i, l[i * n + i]);
  }
  return x;
}
