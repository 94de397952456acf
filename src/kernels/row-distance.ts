/** Numbers between two looks at the limit: fewer looks cost less than the numbers they save. */
const STEP = 4;

/**
 * Squared Euclidean distance between `query` and row `row` of `rows` [n, dimension].
 *
 * Stops early where the sum passes `limit`; what it gives then is above the limit and below the distance.
 */
export function rowDistance(
  rows: Float32Array,
  dimension: number,
  row: number,
  query: Float32Array,
  limit: number,
): number {
  const at = row * dimension;
  const whole = dimension - (dimension % STEP);
  let sum = 0;
  let k = 0;
  while (k < whole) {
    const a = rows[at + k] - query[k];
    const b = rows[at + k + 1] - query[k + 1];
    const c = rows[at + k + 2] - query[k + 2];
    const d = rows[at + k + 3] - query[k + 3];
    sum += a * a + b * b + c * c + d * d;
    if (sum > limit) return sum;
    k += STEP;
  }
  for (; k < dimension; k++) {
    const a = rows[at + k] - query[k];
    sum += a * a;
  }
  return sum;
}
