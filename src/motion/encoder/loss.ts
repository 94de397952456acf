import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import type { Tensorflow } from './engine/engine.js';
import type { Problem } from './engine/gradients.js';
import { forward } from './forward.js';
import { type Architecture, parametersOf, survivals } from './layers.js';

/** How much an auxiliary head counts beside the answer itself. */
const AUXILIARY_SHARE = 0.3;

/**
 * The mean over rows of the squared distance between answers and what should come out.
 *
 * Inputs: x [batch, inputs], y [batch, outputs], the shortcut [inputs, outputs], and which residual blocks take part.
 */
export function trainingProblem(architecture: Architecture, batch: number): Problem {
  const { inputs, outputs, trunk } = architecture;
  return {
    parameters: parametersOf(architecture).map(({ shape }) => shape),
    inputs: [[batch, inputs], [batch, outputs], [inputs, outputs], [Math.max(1, survivals(trunk).length)]],
    loss: (tf, parameters, [x, y, shortcut, keep]) => {
      const linear = tf.matMul(x as Tensor2D, shortcut as Tensor2D);
      const left = tf.sub<Tensor2D>(y, linear);
      const { answer, auxiliary } = forward(tf, architecture, parameters, x as Tensor2D, keep as Tensor1D);
      return auxiliary.reduce(
        (sum, aside) => tf.add(sum, tf.mul(squaredDistance(tf, aside, left), AUXILIARY_SHARE)),
        squaredDistance(tf, answer, left),
      );
    },
  };
}

function squaredDistance(tf: Tensorflow, a: Tensor, b: Tensor): Scalar {
  return tf.mul<Scalar>(tf.sum(tf.squaredDifference(a, b)), 1 / a.shape[0]);
}
