import type { Scalar, Tensor } from '@tensorflow/tfjs';
import type { Program, Shape, Tensorflow } from './engine.js';

/** A loss to be made small by changing parameters. */
export interface Problem {
  readonly parameters: readonly Shape[];
  /** What the loss is taken of: examples, noise. */
  readonly inputs: readonly Shape[];
  readonly loss: (tf: Tensorflow, parameters: readonly Tensor[], inputs: readonly Tensor[]) => Scalar;
}

/** The program whose inputs are the parameters and then the inputs, and whose outputs are the loss and each gradient. */
export function gradientProgram({ parameters, inputs, loss }: Problem): Program {
  return {
    inputs: [...parameters, ...inputs],
    outputs: (tf, tensors) => {
      const changing = tensors.slice(0, parameters.length);
      const fixed = tensors.slice(parameters.length);
      const lossOf = (...some: Tensor[]): Scalar => loss(tf, some, fixed);
      const { value, grads } = tf.valueAndGrads(lossOf as Parameters<typeof tf.valueAndGrads>[0])(changing);
      return [value, ...grads];
    },
  };
}
