import { cholesky } from '../../math/cholesky.js';
import type { Encoder } from '../encoder/encoder.js';
import { inputBlocks, writeInput } from '../encoder/inputs.js';
import { gramMatrix } from '../encoder/products.js';
import { type Rows, scaledRows, sizeOfBlocks } from '../encoder/rows.js';
import type { Moments } from './moments.js';

/** How unusual an encoder's inputs are, measured on real moments: Mahalanobis distance, 1 on average. */
export interface UsualInputs {
  /** Farther than most real moments. */
  readonly edge: number;
  /** Of scaled inputs. */
  readonly mean: Float64Array;
  /** Of scaled inputs from the mean. */
  distance(x: ArrayLike<number>): number;
  /** The usual change that most follows a gradient, as long as is usual: the covariance times the gradient. */
  usualChange(gradient: ArrayLike<number>): Float64Array;
}

const MOST_ROWS = 4000;
/** Of real moments, so many lie beyond the edge. */
const BEYOND = 0.05;
/** Variance that every direction is given on top, as a share of the mean one: bones do not stretch in real clips. */
const RIDGE = 1e-2;

/** Learns what inputs are usual from moments drawn evenly. */
export function usualInputs({ plan, scaling }: Encoder, { tracks, trackOf, frameOf }: Moments): UsualInputs {
  const size = sizeOfBlocks(inputBlocks(plan));
  const stride = Math.max(1, Math.ceil(trackOf.length / MOST_ROWS));
  const rows: Rows = scaledRows(
    {
      count: Math.ceil(trackOf.length / stride),
      size,
      read: (index, out) => writeInput(tracks[trackOf[index * stride]], frameOf[index * stride], plan, out),
    },
    scaling,
  );
  const mean = new Float64Array(size);
  const row = new Float64Array(size);
  for (let i = 0; i < rows.count; i++) {
    rows.read(i, row);
    for (let k = 0; k < size; k++) mean[k] += row[k] / rows.count;
  }
  const centred: Rows = {
    ...rows,
    read(index, out) {
      rows.read(index, out);
      for (let k = 0; k < size; k++) out[k] -= mean[k];
    },
  };
  const covariance = gramMatrix(centred).map((sum) => sum / rows.count);
  let trace = 0;
  for (let k = 0; k < size; k++) trace += covariance[k * size + k];
  for (let k = 0; k < size; k++) covariance[k * size + k] += (RIDGE * trace) / size + Number.EPSILON;
  const triangle = cholesky(covariance, size);
  const distance = (x: ArrayLike<number>): number => {
    // |L⁻¹ (x − mean)|, by substitution.
    const y = new Float64Array(size);
    let square = 0;
    for (let j = 0; j < size; j++) {
      let sum = x[j] - mean[j];
      for (let k = 0, at = j * size; k < j; k++, at++) sum -= triangle[at] * y[k];
      y[j] = sum / triangle[j * size + j];
      square += y[j] ** 2;
    }
    return Math.sqrt(square / size);
  };
  const distances = Float64Array.from({ length: rows.count }, (_, i) => {
    rows.read(i, row);
    return distance(row);
  }).sort();
  return {
    edge: distances[Math.ceil((1 - BEYOND) * (rows.count - 1))],
    mean,
    distance,
    usualChange(gradient) {
      const out = new Float64Array(size);
      for (let j = 0; j < size; j++)
        for (let k = 0, at = j * size; k < size; k++, at++) out[j] += covariance[at] * gradient[k];
      return out;
    },
  };
}
