import type { Encoder } from '../encoder/encoder.js';
import type { Engine } from '../encoder/engine/engine.js';
import { inputBlocks, writeInput } from '../encoder/inputs.js';
import { sizeOfBlocks } from '../encoder/rows.js';
import { makeLatentGradients } from './latent-gradients.js';
import type { Moments } from './moments.js';

/** How much one thing that an encoder sees moves its latents. */
export interface SeenPart {
  /** A body part, or `root`. */
  readonly part: string;
  readonly what: 'place' | 'velocity' | 'facing';
  /** From the present; below 0 it is past. */
  readonly seconds: number;
  /** Standard deviations that the latents move by, all together, while the input moves by its usual spread. */
  readonly weight: number;
}

const ROWS = 64;
const BATCHES = 4;

/**
 * How strongly latents react to every body part at every time that the encoder sees: the root mean square of the
 * network's derivatives over moments drawn evenly.
 *
 * @param directions Rows of weights [dim] over latents, all of which count; every latent in units of its spread by default.
 * @see K. Simonyan et al., "Deep Inside Convolutional Networks" (2014), section 3, for saliency as a derivative.
 */
export async function saliency(
  engine: Engine,
  encoder: Encoder,
  moments: Moments,
  directions: readonly Float64Array[] = eachLatent(moments),
): Promise<SeenPart[]> {
  const { plan, scaling, network, dim } = encoder;
  const { tracks, trackOf, frameOf } = moments;
  const inputs = sizeOfBlocks(inputBlocks(plan));
  const square = new Float64Array(inputs);
  const gradients = await makeLatentGradients(engine, network, ROWS);
  const x = new Float32Array(ROWS * inputs);
  const row = new Float64Array(inputs);
  const total = ROWS * BATCHES;
  try {
    for (let batch = 0; batch < BATCHES; batch++) {
      for (let n = 0; n < ROWS; n++) {
        const i = Math.floor(((batch * ROWS + n) * trackOf.length) / total);
        writeInput(tracks[trackOf[i]], frameOf[i], plan, row);
        for (let k = 0; k < inputs; k++) x[n * inputs + k] = (row[k] - scaling.mean[k]) * scaling.scale[k];
      }
      for (const direction of directions) {
        const rows = new Float32Array(ROWS * dim);
        for (let n = 0; n < ROWS; n++) rows.set(direction, n * dim);
        const gradient = await gradients.of(x, rows);
        for (let at = 0; at < gradient.length; at++) square[at % inputs] += gradient[at] ** 2 / total;
      }
    }
  } finally {
    await gradients.dispose();
  }
  return partsOf(encoder, square);
}

const eachLatent = ({ spread }: Moments): Float64Array[] =>
  Array.from(spread, (sigma, k) => {
    const weights = new Float64Array(spread.length);
    weights[k] = 1 / sigma;
    return weights;
  });

/** Sums the columns of `inputBlocks` that belong to one part at one time. */
function partsOf({ plan }: Encoder, square: Float64Array): SeenPart[] {
  const { roles, pathAhead, pathBehind, poseBehind } = plan;
  let at = 0;
  const next = (width: number): number => {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += square[at++];
    return Math.sqrt(sum);
  };
  const pose = (what: SeenPart['what'], seconds: number): SeenPart[] =>
    roles.map((part) => ({ part, what, seconds, weight: next(3) }));
  const path = (times: readonly number[], sign: 1 | -1): SeenPart[] =>
    (['place', 'facing'] as const).flatMap((what) =>
      times.map((seconds) => ({ part: 'root', what, seconds: sign * seconds, weight: next(2) })),
    );
  return [
    ...pose('place', 0),
    ...pose('velocity', 0),
    ...path(pathAhead, 1),
    ...path(pathBehind, -1),
    ...poseBehind.flatMap((seconds) => pose('place', -seconds)),
  ];
}
