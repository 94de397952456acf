import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import type { Engine } from '../encoder/engine/engine.js';
import { gradientProgram } from '../encoder/engine/gradients.js';
import { forward } from '../encoder/forward.js';
import { parametersOf, survivals } from '../encoder/layers.js';
import type { Network } from '../encoder/network.js';

/** How latents follow from a network's inputs, row by row. */
export interface LatentGradients {
  /**
   * ∂(direction · z) / ∂x of every row: [rows, inputs], valid until it is asked again.
   *
   * @param x [rows, inputs]
   * @param directions [rows, outputs]
   */
  of(x: Float32Array, directions: Float32Array): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** Differentiates a network by its inputs, for a fixed number of rows at a time. */
export async function makeLatentGradients(
  engine: Engine,
  { architecture, arrays, shortcut }: Network,
  rows: number,
): Promise<LatentGradients> {
  const { inputs, outputs, trunk, head } = architecture;
  const shares = survivals(trunk);
  const keep = Float32Array.from(shares.length > 0 ? shares : [1]);
  const shapes = parametersOf(architecture).map(({ shape }) => shape);
  const straight = shortcut ?? new Float32Array(inputs * outputs);
  const compiled = await engine.compile(
    gradientProgram({
      parameters: [[rows, inputs]],
      inputs: [...shapes, [inputs, outputs], [keep.length], [rows, outputs]],
      loss: (tf, [x], fixed) => {
        const [linear, share, directions] = fixed.slice(shapes.length);
        let z = tf.matMul(x as Tensor2D, linear as Tensor2D);
        if (head.length > 0) {
          const weights = fixed.slice(0, shapes.length);
          const { answer } = forward(tf, architecture, weights, x as Tensor2D, share as Tensor1D);
          z = tf.add(z, answer);
        }
        return tf.sum(tf.mul(z, directions));
      },
    }),
  );
  return {
    async of(x, directions) {
      const [, gradient] = await compiled.run([x, ...arrays, straight, keep, directions]);
      return gradient;
    },
    dispose: () => compiled.dispose(),
  };
}
