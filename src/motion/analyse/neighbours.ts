import { clipOfRow, type MotionDatabase } from '../database/database.js';
import type { Search } from '../search/search.js';

/** Where play could go from each probe, best first; row −1 where there is nothing more. */
export interface Neighbours {
  readonly probes: Int32Array;
  /** Answers a probe. */
  readonly count: number;
  /** [probes, count], each at least half a second away from the probe and from the others. */
  readonly rows: Int32Array;
  /** [probes, count], squared distances, without biases. */
  readonly costs: Float64Array;
}

/** Seconds: what is nearer than this in one clip is the same moment. */
export const SAME_MOMENT = 0.5;
const ANSWERS = 4;

/** Looks for other moments that are like each probe. */
export function neighboursOf(database: MotionDatabase, search: Search, probes: Int32Array): Neighbours {
  const rows = new Int32Array(probes.length * ANSWERS).fill(-1);
  const costs = new Float64Array(probes.length * ANSWERS).fill(Infinity);
  probes.forEach((row, p) => {
    const found = search.find(rowOf(database, row), {
      count: ANSWERS,
      apartSeconds: SAME_MOMENT,
      exclude: frameOf(database, row),
      excludeSeconds: SAME_MOMENT,
    });
    found.forEach((match, k) => {
      rows[p * ANSWERS + k] = match.row;
      costs[p * ANSWERS + k] = match.cost - match.bias;
    });
  });
  return { probes, count: ANSWERS, rows, costs };
}

/** The numbers of a row, as a view. */
export const rowOf = ({ rows, dimension }: MotionDatabase, row: number): Float32Array =>
  rows.subarray(row * dimension, (row + 1) * dimension);

/** The clip and frame of a row. */
export function frameOf(database: MotionDatabase, row: number): { clip: number; frame: number } {
  const clip = clipOfRow(database, row);
  return { clip, frame: row - database.clips[clip].start };
}
