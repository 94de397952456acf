import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import type { Tensorflow } from '../encoder/engine/engine.js';
import type { Problem } from '../encoder/engine/gradients.js';
import { forward } from '../encoder/forward.js';
import { type Architecture, parametersOf, survivals } from '../encoder/layers.js';
import { classCount, type TagGroup } from './tag-groups.js';

/** The two parts of a tagger's network: on each frame alone, and along time. */
export interface TaggerArchitecture {
  readonly body: Architecture;
  readonly overTime: Architecture;
}

/** Parameters of the body, then of what works along time. */
export const taggerParameters = ({ body, overTime }: TaggerArchitecture) => [
  ...parametersOf(body),
  ...parametersOf(overTime),
];

/**
 * The mean surprise (nats) at the labels, over what is labelled.
 *
 * Inputs: x [windows · frames, inputs] and the share of every class [windows · frames, classes]: 1 / labels in the batch at
 * the class that holds, 0 elsewhere and where nothing is known.
 */
export function taggingProblem(
  architecture: TaggerArchitecture,
  groups: readonly TagGroup[],
  windows: number,
): Problem {
  const { body, overTime } = architecture;
  const rows = windows * overTime.frames.length;
  const classes = overTime.outputs / overTime.frames.length;
  return {
    parameters: taggerParameters(architecture).map(({ shape }) => shape),
    inputs: [
      [rows, body.inputs],
      [rows, classes],
    ],
    loss: (tf, parameters, [x, y]) => {
      const logits = scores(tf, architecture, parameters, x as Tensor2D, windows);
      return tf.neg(tf.sum<Scalar>(tf.mul(y as Tensor2D, logShares(tf, logits, groups))));
    },
  };
}

/** Logits [windows · frames, classes]. */
export function scores(
  tf: Tensorflow,
  { body, overTime }: TaggerArchitecture,
  parameters: readonly Tensor[],
  x: Tensor2D,
  windows: number,
): Tensor2D {
  const own = parametersOf(body).length;
  const frames = overTime.frames.length;
  const keep = (of: Architecture): Tensor1D => {
    const shares = survivals(of.trunk);
    return tf.tensor1d(shares.length > 0 ? shares : [1]);
  };
  const hidden = forward(tf, body, parameters.slice(0, own), x, keep(body)).answer;
  const table = tf.reshape(hidden, [windows, frames * body.outputs]) as Tensor2D;
  const { answer } = forward(tf, overTime, parameters.slice(own), table, keep(overTime));
  return tf.reshape(answer, [windows * frames, overTime.outputs / frames]);
}

/** Logarithm of the share that each class has of its group. */
function logShares(tf: Tensorflow, logits: Tensor2D, groups: readonly TagGroup[]): Tensor2D {
  const [rows] = logits.shape;
  let at = 0;
  const parts = groups.map((group) => {
    const count = classCount(group);
    const own = tf.slice(logits, [0, at], [rows, count]);
    at += count;
    const columns = Array.from({ length: count }, (_, k) => tf.slice(own, [0, k], [rows, 1]));
    const most = columns.reduce((a, b) => tf.maximum(a, b));
    const shifted = tf.sub<Tensor2D>(own, most);
    return tf.sub<Tensor2D>(shifted, tf.log(tf.sum(tf.exp(shifted), 1, true)));
  });
  return parts.length === 1 ? parts[0] : tf.concat(parts, 1);
}
