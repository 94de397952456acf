import { rowDistance } from '../../kernels/row-distance.js';
import type { RowRange } from '../search/ranges.js';

/** The nearest rows so far, best first; −1 in `rows` where there are fewer. */
export interface NearestRows {
  readonly rows: Int32Array;
  readonly costs: Float64Array;
}

/**
 * Writes the nearest rows of the ranges, best first, to `out`, as many as it has room for and as are nearer
 * than `limit`.
 *
 * Exact; of equal rows the first wins.
 */
export function nearestMany(
  rows: Float32Array,
  dimension: number,
  query: Float32Array,
  ranges: readonly RowRange[],
  limit: number,
  out: NearestRows,
): void {
  const { rows: best, costs } = out;
  const last = best.length - 1;
  best.fill(-1);
  costs.fill(limit);
  for (const { from, to } of ranges) {
    for (let row = from; row < to; row++) {
      const cost = rowDistance(rows, dimension, row, query, costs[last]);
      if (!(cost < costs[last])) continue;
      let place = last;
      for (; place > 0 && cost < costs[place - 1]; place--) {
        costs[place] = costs[place - 1];
        best[place] = best[place - 1];
      }
      costs[place] = cost;
      best[place] = row;
    }
  }
}
