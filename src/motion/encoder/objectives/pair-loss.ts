import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs';
import type { Problem } from '../engine/gradients.js';
import { forward } from '../forward.js';
import { type Architecture, parametersOf, survivals } from '../layers.js';

/** How much the distance to a query's own future counts beside its soft answer. */
const ANCHOR = 0.2;

export interface PairShape {
  readonly batch: number;
  /** Answers a query may choose from. */
  readonly candidates: number;
}

/**
 * Motion-distance metric learning: how far, on the mean, the answers of queries go on from what follows the query, where
 * answers are chosen softly by their distance to what the network says; small where the near answers are alike.
 *
 * Inputs: x [batch, inputs], candidates [batch, candidates · outputs], their motion distances [batch, candidates], own
 * futures [batch, outputs], the shortcut [inputs, outputs], which residual blocks take part, and 1 / softness [1].
 *
 * @see J. Goldberger et al., "Neighbourhood Components Analysis" (2004), whose expectation this is, over distances
 *   instead of labels.
 */
export function pairProblem(architecture: Architecture, { batch, candidates }: PairShape): Problem {
  const { inputs, outputs, trunk } = architecture;
  return {
    parameters: parametersOf(architecture).map(({ shape }) => shape),
    inputs: [
      [batch, inputs],
      [batch, candidates * outputs],
      [batch, candidates],
      [batch, outputs],
      [inputs, outputs],
      [Math.max(1, survivals(trunk).length)],
      [1],
    ],
    loss(tf, parameters, [x, offered, distances, own, shortcut, keep, hardness]) {
      const { answer } = forward(tf, architecture, parameters, x as Tensor2D, keep as Tensor1D);
      const said = tf.add<Tensor2D>(answer, tf.matMul(x as Tensor2D, shortcut as Tensor2D));
      const rows = tf.reshape(offered, [batch, candidates, outputs]) as Tensor3D;
      // Not `squaredDifference`: its gradient does not shrink back to the shape that was spread.
      const apart = tf.sub(rows, tf.expandDims(said, 1));
      const gaps = tf.sum(tf.mul(apart, apart), 2);
      const chosen = tf.softmax(tf.neg(tf.mul(gaps, hardness)));
      const mean = (sum: Tensor): Scalar => tf.mul<Scalar>(sum, 1 / batch);
      return tf.add(
        mean(tf.sum(tf.mul(chosen, distances))),
        tf.mul(mean(tf.sum(tf.squaredDifference(said, own))), ANCHOR),
      );
    },
  };
}
