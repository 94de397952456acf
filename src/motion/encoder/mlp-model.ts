import type { Tensor2D } from '@tensorflow/tfjs';
import { type Random, seededRandom } from '../../math/random.js';
import type { Tensorflow } from './backend.js';

/** A named array that training changes. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly [number, number];
  readonly values: Float32Array;
  /** Weights are drawn towards zero a little; biases are not. */
  readonly decays: boolean;
}

/** Input, hidden and output widths of a dense network. */
export type Widths = readonly number[];

/** The last layer starts small, so that training sets out from the straight path beside it. */
const LAST_LAYER_SHARE = 0.1;

/** Fresh weights (He, normal) and zero biases, layer by layer: `w0, b0, w1, b1, …`. */
export function initialParameters(widths: Widths, seed: number): Parameter[] {
  const random: Random = seededRandom(seed);
  const parameters: Parameter[] = [];
  for (let n = 0; n + 1 < widths.length; n++) {
    const [inputs, outputs] = [widths[n], widths[n + 1]];
    const isLast = n + 2 === widths.length;
    const spread = Math.sqrt(2 / inputs) * (isLast ? LAST_LAYER_SHARE : 1);
    parameters.push(
      {
        name: `w${n}`,
        shape: [inputs, outputs],
        values: Float32Array.from({ length: inputs * outputs }, () => spread * random.normal()),
        decays: true,
      },
      { name: `b${n}`, shape: [1, outputs], values: new Float32Array(outputs), decays: false },
    );
  }
  return parameters;
}

/**
 * The network's answer [rows, outputs] to `x` [rows, inputs]: dense layers with rectifiers between them, and
 * `x · shortcut` [inputs, outputs], which is not trained.
 */
export function forward(
  tf: Tensorflow,
  parameters: readonly Tensor2D[],
  shortcut: Tensor2D,
  x: Tensor2D,
): Tensor2D {
  let hidden = x;
  for (let n = 0; n < parameters.length; n += 2) {
    hidden = tf.add(tf.matMul(hidden, parameters[n]), parameters[n + 1]);
    if (n + 2 < parameters.length) hidden = tf.relu(hidden);
  }
  return tf.add(hidden, tf.matMul(x, shortcut));
}
