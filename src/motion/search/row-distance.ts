import { rowDistance as plainRowDistance } from '../../kernels/row-distance.js';
import type { MotionDatabase } from '../database/database.js';

/**
 * Squared distance of a row from a query in float64, each number's square multiplied by its weight.
 *
 * This is what every exact search compares. Numbers are summed by four, so that equal rows cost the same to the last bit
 * in every mode; weights of 1 change nothing. `weights` [dimension] may be left out for ones.
 */
export function rowDistance(
  { rows, dimension }: Pick<MotionDatabase, 'rows' | 'dimension'>,
  row: number,
  query: Float32Array,
  weights?: Float32Array,
): number {
  if (!weights) return plainRowDistance(rows, dimension, row, query, Infinity);
  const at = row * dimension;
  const part = (k: number): number => {
    const difference = rows[at + k] - query[k];
    return weights[k] * (difference * difference);
  };
  const whole = dimension - (dimension % 4);
  let sum = 0;
  for (let k = 0; k < whole; k += 4) sum += part(k) + part(k + 1) + part(k + 2) + part(k + 3);
  for (let k = whole; k < dimension; k++) sum += part(k);
  return sum;
}
