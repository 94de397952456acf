import type { TensorInfo } from '@tensorflow/tfjs';
import type { Tensorflow } from './engine.js';

/**
 * Teaches the wasm backend to transpose before it multiplies.
 *
 * Its fast path takes no transposed operands, and every gradient of a product has one: ten times slower without.
 */
export function multiplyUntransposed(tf: Tensorflow): void {
  const kernel = tf.getKernel('BatchMatMul', 'wasm');
  const multiply = kernel.kernelFunc;
  if (multiply.name === 'multiplyTransposedFirst') return;
  const transpose = tf.getKernel('Transpose', 'wasm').kernelFunc;

  const multiplyTransposedFirst: typeof multiply = ({ inputs, attrs, backend }) => {
    const made: TensorInfo[] = [];
    const upright = (tensor: TensorInfo, turned: unknown): TensorInfo => {
      if (turned !== true) return tensor;
      const last = tensor.shape.length - 1;
      const perm = tensor.shape.map((_, axis) =>
        axis === last ? last - 1 : axis === last - 1 ? last : axis,
      );
      const result = transpose({ inputs: { x: tensor }, attrs: { perm }, backend });
      const one = Array.isArray(result) ? result[0] : result;
      made.push(one);
      return one;
    };
    const a = upright(inputs.a as TensorInfo, attrs?.transposeA);
    const b = upright(inputs.b as TensorInfo, attrs?.transposeB);
    const out = multiply({ inputs: { a, b }, attrs: { transposeA: false, transposeB: false }, backend });
    for (const { dataId } of made) (backend as { disposeData(id: object): boolean }).disposeData(dataId);
    return out;
  };
  tf.unregisterKernel('BatchMatMul', 'wasm');
  tf.registerKernel({ ...kernel, kernelFunc: multiplyTransposedFirst });
}
