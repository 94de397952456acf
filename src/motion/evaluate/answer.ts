import type { Random } from '../../math/random.js';
import { makeNearestRow } from '../search/nearest-row.js';
import type { SampleRows } from './samples.js';

/** Which database sample each query was answered with, and how many queries were not fit to be asked. */
export interface Answers {
  readonly samples: Int32Array;
  readonly refused: number;
}

/**
 * Nearest database sample of every query: squared Euclidean, exact, the first among equals.
 *
 * Database samples that are not usable are not there. A query that is not usable gets a random answer and is
 * counted as refused.
 */
export function answerQueries(database: SampleRows, queries: SampleRows, random: Random): Answers {
  const { rows, dimension, usable } = database;
  const kept = Uint32Array.from(usable.keys()).filter((sample) => usable[sample] === 1);
  const nearest = makeNearestRow(rows, dimension, kept);
  let guess = kept[0];
  let refused = 0;
  const samples = new Int32Array(queries.usable.length);
  for (let q = 0; q < samples.length; q++) {
    if (!queries.usable[q]) {
      samples[q] = kept[random.below(kept.length)];
      refused++;
      continue;
    }
    // What followed the last answer is often close.
    samples[q] = nearest(queries.rows.subarray(q * dimension, (q + 1) * dimension), guess);
    guess = usable[samples[q] + 1] === 1 ? samples[q] + 1 : samples[q];
  }
  return { samples, refused };
}
