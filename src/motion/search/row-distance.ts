import type { MotionDatabase } from '../database/database.js';

/**
 * Squared distance of a row from a query in float64, each number's square multiplied by its weight.
 *
 * This is what every exact search compares; `weights` [dimension] may be left out for ones.
 */
export function rowDistance(
  { rows, dimension }: Pick<MotionDatabase, 'rows' | 'dimension'>,
  row: number,
  query: Float32Array,
  weights?: Float32Array,
): number {
  const at = row * dimension;
  let sum = 0;
  if (weights) {
    for (let k = 0; k < dimension; k++) {
      const difference = rows[at + k] - query[k];
      sum += weights[k] * (difference * difference);
    }
    return sum;
  }
  for (let k = 0; k < dimension; k++) {
    const difference = rows[at + k] - query[k];
    sum += difference * difference;
  }
  return sum;
}
