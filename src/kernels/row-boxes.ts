import { type NearestRow, nearestRow } from './nearest-rows.js';

const SMALL = 16;
const LARGE = 128;
/** A box's distance and a row's are summed in different order; this much of it may be rounding. */
const ROUNDING = 1 - 1e-12;

/**
 * Bounding boxes around every 16 and every 128 neighbouring rows.
 *
 * | array            | shape                       | meaning                                    |
 * | ---------------- | --------------------------- | ------------------------------------------ |
 * | `small`, `large` | [⌈n / size⌉, dimension, 2]  | lowest and highest value, side by side      |
 */
export interface RowBoxes {
  readonly rows: Float32Array;
  readonly dimension: number;
  readonly small: Float32Array;
  readonly large: Float32Array;
}

/** Boxes of rows [n, dimension]. */
export function makeRowBoxes(rows: Float32Array, dimension: number): RowBoxes {
  return { rows, dimension, small: boxesOf(rows, dimension, SMALL), large: boxesOf(rows, dimension, LARGE) };
}

function boxesOf(rows: Float32Array, dimension: number, size: number): Float32Array {
  const n = rows.length / dimension;
  const boxes = new Float32Array(Math.ceil(n / size) * dimension * 2);
  for (let row = 0; row < n; row++) {
    const at = Math.floor(row / size) * dimension * 2;
    const isFirst = row % size === 0;
    for (let k = 0; k < dimension; k++) {
      const value = rows[row * dimension + k];
      if (isFirst || value < boxes[at + 2 * k]) boxes[at + 2 * k] = value;
      if (isFirst || value > boxes[at + 2 * k + 1]) boxes[at + 2 * k + 1] = value;
    }
  }
  return boxes;
}

/**
 * Keeps the nearest of rows `from` … `to` − 1 in `best` where it beats what is there, exactly as `nearestRow` does.
 *
 * Boxes that lie farther than the best are passed over, so rows that follow each other should be alike.
 *
 * @see D. Holden et al., "Learned Motion Matching" (2020), code, for two levels of boxes over frames.
 */
export function nearestInBoxes(
  boxes: RowBoxes,
  query: Float32Array,
  from: number,
  to: number,
  best: NearestRow,
): void {
  const { rows, dimension, small, large } = boxes;
  for (let row = from; row < to; ) {
    const outer = Math.floor(row / LARGE);
    const end = Math.min((outer + 1) * LARGE, to);
    if (isBeyond(large, outer, dimension, query, best.cost)) {
      row = end;
      continue;
    }
    while (row < end) {
      const inner = Math.floor(row / SMALL);
      const stop = Math.min((inner + 1) * SMALL, end);
      if (!isBeyond(small, inner, dimension, query, best.cost)) {
        nearestRow(rows, dimension, query, row, stop, best);
      }
      row = stop;
    }
  }
}

function isBeyond(
  boxes: Float32Array,
  box: number,
  dimension: number,
  query: Float32Array,
  limit: number,
): boolean {
  let sum = 0;
  for (let k = 0, at = box * dimension * 2; k < dimension; k++, at += 2) {
    const value = query[k];
    const below = boxes[at] - value;
    const above = value - boxes[at + 1];
    if (below > 0) sum += below * below;
    else if (above > 0) sum += above * above;
    if ((k & 3) === 3 && sum * ROUNDING > limit) return true;
  }
  return sum * ROUNDING > limit;
}
