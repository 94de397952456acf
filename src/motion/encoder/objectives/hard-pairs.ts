import { rowDistance } from '../../../kernels/row-distance.js';
import type { Random } from '../../../math/random.js';

/** Rows out of which the hard ones are searched: a draw, for the search is exact. */
const POOL = 4096;

/** Answers that lie near to what a network says, whether they are right or not. */
export interface HardPairs {
  /** Writes the rows nearest to `said` that are of another clip than `clip` to `out`, nearest first; again where there are too few. */
  find(said: Float32Array, clip: number, out: Int32Array): void;
}

/** Draws a pool of rows [count, size] of which the hard ones are found. @param clipOf [count] */
export function makeHardPairs(
  rows: Float32Array,
  size: number,
  clipOf: Int32Array,
  random: Random,
): HardPairs {
  const count = clipOf.length;
  const pool = Int32Array.from({ length: Math.min(POOL, count) }, () => random.below(count));
  let distances = new Float64Array(0);
  return {
    find(said, clip, out) {
      if (distances.length !== out.length) distances = new Float64Array(out.length);
      const last = out.length - 1;
      distances.fill(Number.POSITIVE_INFINITY);
      let found = 0;
      for (const row of pool) {
        if (clipOf[row] === clip) continue;
        const distance = rowDistance(rows, size, row, said, distances[last]);
        if (!(distance < distances[last])) continue;
        let place = last;
        for (; place > 0 && distance < distances[place - 1]; place--) {
          distances[place] = distances[place - 1];
          out[place] = out[place - 1];
        }
        distances[place] = distance;
        out[place] = row;
        found = Math.min(found + 1, out.length);
      }
      for (let k = found; k < out.length; k++) out[k] = out[k % found];
    },
  };
}
