import { seededRandom } from '../../math/random.js';
import type { Architecture } from './layers.js';

/** A table of inputs [count, inputs] and of what should come out [count, outputs]. */
export interface Examples {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly count: number;
}

/** The batches of an epoch: every example at most once, in an order that `seed` draws; an incomplete last one is left out. */
export function drawBatches(count: number, batch: number, seed: number): Int32Array[] {
  const random = seededRandom(seed);
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const other = order[j];
    order[j] = order[i];
    order[i] = other;
  }
  return Array.from({ length: Math.floor(count / batch) }, (_, b) =>
    order.subarray(b * batch, (b + 1) * batch),
  );
}

/** Copies the examples of a batch to x [batch, inputs] and y [batch, outputs]. */
export function gather(
  examples: Examples,
  picked: Int32Array,
  { inputs, outputs }: Architecture,
  x: Float32Array,
  y: Float32Array,
): void {
  picked.forEach((from, to) => {
    x.set(examples.x.subarray(from * inputs, (from + 1) * inputs), to * inputs);
    y.set(examples.y.subarray(from * outputs, (from + 1) * outputs), to * outputs);
  });
}

/** The first examples, `most` at most, without a copy. */
export function firstExamples(
  { x, y, count }: Examples,
  { inputs, outputs }: Architecture,
  most: number,
): Examples {
  const kept = Math.min(count, most);
  return { x: x.subarray(0, kept * inputs), y: y.subarray(0, kept * outputs), count: kept };
}

/** The row of a table that holds a number that is none, else the one with the largest number. */
export function mostExtremeRow(x: Float32Array, rows: number): number {
  let at = 0;
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i])) {
      at = i;
      break;
    }
    if (Math.abs(x[i]) > Math.abs(x[at])) at = i;
  }
  return Math.floor(at / (x.length / rows));
}
