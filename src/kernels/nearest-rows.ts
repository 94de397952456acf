/** The best row so far; start with `row` −1 and `cost` Infinity, or with a guess. */
export interface NearestRow {
  row: number;
  cost: number;
}

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

/**
 * Looks through rows `from` … `to` − 1 and keeps the nearest in `best` where it beats what is there.
 *
 * Exact: every row is looked at. Of equal rows the first wins, and `best` wins over its equals; rows with NaN
 * never win.
 */
export function nearestRow(
  rows: Float32Array,
  dimension: number,
  query: Float32Array,
  from: number,
  to: number,
  best: NearestRow,
): void {
  let { row, cost } = best;
  for (let i = from; i < to; i++) {
    const distance = rowDistance(rows, dimension, i, query, cost);
    if (distance < cost) {
      cost = distance;
      row = i;
    }
  }
  best.row = row;
  best.cost = cost;
}
