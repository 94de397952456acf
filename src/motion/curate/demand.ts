import type { MotionDatabase } from '../database/database.js';
import type { Segment } from './segments.js';

/** Rows that ask to be answered well, and how much each counts. */
export interface Demand {
  readonly rows: Int32Array;
  readonly weights: Float64Array;
}

/** Rows that ask for each segment. */
const ASKING = 3;
/** A frame that play chooses as often as the usual frame counts so many times more than one that it never chooses. */
const CHOSEN_COUNTS = 4;

/**
 * A few usable rows of every segment ask for all of them; those that play chose ask for more.
 *
 * @param chosen How often each row was chosen in play, where that is known. [frames]
 */
export function demandOf(
  { valid, frameCount }: MotionDatabase,
  segments: readonly Segment[],
  chosen?: Uint32Array,
): Demand {
  const rows: number[] = [];
  const weights: number[] = [];
  const usual = chosen ? chosen.reduce((sum, count) => sum + count, 0) / frameCount : 0;
  for (const { from, to } of segments) {
    const usable: number[] = [];
    let choices = 0;
    for (let row = from; row < to; row++) {
      if (valid[row] !== 1) continue;
      usable.push(row);
      choices += chosen?.[row] ?? 0;
    }
    const count = Math.min(ASKING, usable.length);
    const each = (usable.length + (usual > 0 ? (CHOSEN_COUNTS * choices) / usual : 0)) / count;
    for (let k = 0; k < count; k++) {
      rows.push(usable[Math.floor(((k + 0.5) * usable.length) / count)]);
      weights.push(each);
    }
  }
  return { rows: Int32Array.from(rows), weights: Float64Array.from(weights) };
}
