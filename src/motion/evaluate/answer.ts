import { type NearestRow, rowDistance } from '../../kernels/nearest-rows.js';
import { makeRowBoxes, nearestInBoxes } from '../../kernels/row-boxes.js';
import type { Random } from '../../math/random.js';
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
  const { dimension } = database;
  const kept = Int32Array.from(database.usable.keys()).filter((i) => database.usable[i] === 1);
  const order = bySpread(database);
  const rows = reordered(database.rows, dimension, order, kept);
  const asked = reordered(queries.rows, dimension, order, Int32Array.from(queries.usable.keys()));
  const boxes = makeRowBoxes(rows, dimension);
  const best: NearestRow = { row: -1, cost: Infinity };
  let guess = 0;
  let refused = 0;
  const samples = new Int32Array(queries.usable.length);
  for (let q = 0; q < samples.length; q++) {
    if (!queries.usable[q]) {
      samples[q] = kept[random.below(kept.length)];
      refused++;
      continue;
    }
    const query = asked.subarray(q * dimension, q * dimension + dimension);
    // What followed the last answer is often close. Its cost, a hair widened, limits the scan but wins nothing.
    best.row = guess;
    best.cost = rowDistance(rows, dimension, guess, query, Infinity) * (1 + 1e-9) + Number.MIN_VALUE;
    nearestInBoxes(boxes, query, 0, kept.length, best);
    samples[q] = kept[best.row];
    guess = Math.min(best.row + 1, kept.length - 1);
  }
  return { samples, refused };
}

/** Numbers in the order of falling spread, so that a scan gives up on a far row early. */
function bySpread({ rows, dimension }: SampleRows): Int32Array {
  const sum = new Float64Array(dimension);
  const square = new Float64Array(dimension);
  for (let i = 0; i < rows.length; i++) {
    const k = i % dimension;
    sum[k] += rows[i];
    square[k] += rows[i] * rows[i];
  }
  const n = rows.length / dimension;
  const spread = square.map((value, k) => value - (sum[k] * sum[k]) / n);
  return Int32Array.from(spread.keys()).sort((a, b) => spread[b] - spread[a] || a - b);
}

function reordered(rows: Float32Array, dimension: number, order: Int32Array, kept: Int32Array): Float32Array {
  const out = new Float32Array(kept.length * dimension);
  kept.forEach((from, to) => {
    for (let k = 0; k < dimension; k++) out[to * dimension + k] = rows[from * dimension + order[k]];
  });
  return out;
}
