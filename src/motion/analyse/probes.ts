import { seededRandom } from '../../math/random.js';
import type { MotionDatabase } from '../database/database.js';

/**
 * Rows to look at closely, in order: about `count` of the usable ones, one at random in each equal stretch, and
 * the last usable one of every clip, where play has to go elsewhere. All usable rows where there are no more
 * than `count`.
 */
export function drawProbes({ valid, clips }: MotionDatabase, count: number, seed: number): Int32Array {
  const usable = usableRows(valid);
  if (usable.length <= count) return usable;
  const random = seededRandom(seed);
  const drawn = new Set<number>();
  const stretch = usable.length / count;
  for (let k = 0; k < count; k++) {
    const [from, to] = [Math.floor(k * stretch), Math.floor((k + 1) * stretch)];
    drawn.add(usable[from + random.below(to - from)]);
  }
  for (const { start, frameCount } of clips) {
    const last = valid.lastIndexOf(1, start + frameCount - 1);
    if (last >= start) drawn.add(last);
  }
  return Int32Array.from(drawn).sort();
}

/** Evenly spaced ones among rows, `count` at most. */
export function evenly(rows: Int32Array, count: number): Int32Array {
  if (rows.length <= count) return rows;
  return Int32Array.from({ length: count }, (_, k) => rows[Math.floor(((k + 0.5) * rows.length) / count)]);
}

/** Rows that a search may answer with. */
export function usableRows(valid: Uint8Array): Int32Array {
  return Int32Array.from(valid.keys()).filter((row) => valid[row] === 1);
}
