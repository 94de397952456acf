import { solvePositive } from '../../math/cholesky.js';
import { symmetricEigen } from '../../math/symmetric-eigen.js';
import { crossProduct, gramMatrix, multiply, transpose } from './products.js';
import type { Rows } from './rows.js';

/** Added to each input's variance per sample; keeps the solution bounded where inputs say the same thing. */
const RIDGE = 1e-3;

export interface Regression {
  /** [inputs, targets]: the least-squares prediction of the targets. */
  readonly weights: Float64Array;
  /** [targets, dim]: the directions in which the prediction varies most, orthonormal columns. */
  readonly directions: Float64Array;
  readonly dim: number;
}

/**
 * Reduced-rank regression: ridge regression from x to y, then the `dim` directions of y in which its prediction
 * varies most. Distances between `x · weights · directions` tell how far apart the predicted y are.
 *
 * Rows of both are scaled and centred. At most as many directions are given as y has numbers.
 *
 * @see A. J. Izenman, "Reduced-rank regression for the multivariate linear model" (1975).
 */
export function fitRegression(x: Rows, y: Rows, dim: number): Regression {
  const gram = gramMatrix(x);
  const damped = Float64Array.from(gram);
  for (let i = 0; i < x.size; i++) damped[i * x.size + i] += RIDGE * x.count;
  const weights = solvePositive(damped, crossProduct(x, y), x.size, y.size);
  const spread = multiply(
    transpose(weights, x.size, y.size),
    multiply(gram, weights, x.size, x.size, y.size),
    y.size,
    x.size,
    y.size,
  );
  return { weights, ...principalDirections(spread, y.size, dim) };
}

/** The leading eigenvectors of a spread [size, size], as the columns of [size, dim]. */
export function principalDirections(
  spread: Float64Array,
  size: number,
  dim: number,
): { directions: Float64Array; dim: number } {
  const kept = Math.min(dim, size);
  const { vectors } = symmetricEigen(spread, size);
  return { directions: transpose(vectors.subarray(0, kept * size), kept, size), dim: kept };
}
