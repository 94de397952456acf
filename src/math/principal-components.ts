import { symmetricEigen } from './symmetric-eigen.js';

/** At most about this many rows are read: a covariance gains nothing from more. */
const ENOUGH_ROWS = 8000;

/**
 * The leading principal components of centred rows [n, dimension], as a matrix [dimension, count].
 *
 * Of many rows every k-th is read. `count` is cut to `dimension`.
 */
export function principalComponents(
  rows: Float32Array,
  dimension: number,
  count: number,
): { readonly matrix: Float64Array; readonly count: number } {
  const n = rows.length / dimension;
  const stride = Math.max(1, Math.floor(n / ENOUGH_ROWS));
  const products = new Float64Array(dimension * dimension);
  const row = new Float64Array(dimension);
  for (let i = 0; i < n; i += stride) {
    for (let k = 0; k < dimension; k++) row[k] = rows[i * dimension + k];
    for (let j = 0; j < dimension; j++) {
      const value = row[j];
      const at = j * dimension;
      for (let k = 0; k <= j; k++) products[at + k] += value * row[k];
    }
  }
  const { vectors } = symmetricEigen(products, dimension);
  const kept = Math.min(count, dimension);
  const matrix = new Float64Array(dimension * kept);
  for (let k = 0; k < dimension; k++) {
    for (let c = 0; c < kept; c++) matrix[k * kept + c] = vectors[c * dimension + k];
  }
  return { matrix, count: kept };
}

/** Rows [n, dimension] times a matrix [dimension, count], as float32 rows [n, count]. */
export function projectRows(
  rows: Float32Array,
  dimension: number,
  matrix: Float64Array,
  count: number,
): Float32Array {
  const n = rows.length / dimension;
  const out = new Float32Array(n * count);
  const sum = new Float64Array(count);
  for (let i = 0; i < n; i++) {
    sum.fill(0);
    for (let k = 0; k < dimension; k++) {
      const value = rows[i * dimension + k];
      for (let c = 0; c < count; c++) sum[c] += value * matrix[k * count + c];
    }
    out.set(sum, i * count);
  }
  return out;
}
