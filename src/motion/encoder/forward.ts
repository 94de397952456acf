import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs';
import type { Tensorflow } from './engine/engine.js';
import { type Architecture, type Layer, tapsOf } from './layers.js';

/** What the operations of one pass draw from, in the order in which they need it. */
interface Pass {
  readonly tf: Tensorflow;
  readonly parameter: () => Tensor2D;
  /** 0 or 1 for a residual block in training, its survival otherwise; [1]. */
  readonly keep: () => Tensor1D;
}

/** What a pass gives: the outputs [rows, outputs], and in training those of the auxiliary heads. */
export interface Answers {
  readonly answer: Tensor2D;
  readonly auxiliary: readonly Tensor2D[];
}

/**
 * The network's answers to `x` [rows, inputs], in TensorFlow.js operations that every engine has.
 *
 * Convolutions are made of slices and one matrix product, for engines lack the gradients of whole ones.
 *
 * @param parameters As `parametersOf` lists them.
 * @param keep [residual blocks], see `survivals`.
 */
export function forward(
  tf: Tensorflow,
  architecture: Architecture,
  parameters: readonly Tensor[],
  x: Tensor2D,
  keep: Tensor1D,
): Answers {
  const { frames, channels, rest, trunk, head, auxiliary, outputs } = architecture;
  const rows = x.shape[0];
  let nextParameter = 0;
  let nextBlock = 0;
  const pass: Pass = {
    tf,
    parameter: () => parameters[nextParameter++] as Tensor2D,
    keep: () => tf.slice(keep, nextBlock++, 1),
  };
  const columns = (from: number, count: number): Tensor2D =>
    from === 0 && count === architecture.inputs ? x : tf.slice(x, [0, from], [rows, count]);

  const parts: Tensor2D[] = rest[1] > rest[0] ? [columns(rest[0], rest[1] - rest[0])] : [];
  const asides: Tensor3D[] = [];
  if (frames.length > 0) {
    const window = tf.concat(
      frames.map((from) => columns(from, channels)),
      1,
    );
    let table = tf.reshape(window, [rows, frames.length, channels]) as Tensor3D;
    trunk.forEach((layer, n) => {
      table = applyLayer(pass, layer, table);
      for (const { after } of auxiliary) if (after === n + 1) asides.push(table);
    });
    parts.unshift(flat(tf, table));
  }
  const joined = parts.length === 1 ? parts[0] : tf.concat(parts, 1);
  const answer = flat(tf, applyAll(pass, head, tf.reshape(joined, [rows, 1, -1])));
  return {
    answer: tf.reshape(answer, [rows, outputs]),
    auxiliary: auxiliary.map(({ head: aside }, n) => flat(tf, applyAll(pass, aside, asides[n]))),
  };
}

const flat = (tf: Tensorflow, table: Tensor3D): Tensor2D =>
  tf.reshape(table, [table.shape[0], table.shape[1] * table.shape[2]]);

/** Layers applied to a table [rows, time, channels]; residual blocks take part as a whole. */
export function applyLayers(
  tf: Tensorflow,
  layers: readonly Layer[],
  parameters: readonly Tensor[],
  table: Tensor3D,
): Tensor3D {
  let next = 0;
  const pass: Pass = { tf, parameter: () => parameters[next++] as Tensor2D, keep: () => tf.ones([1]) };
  return applyAll(pass, layers, table);
}

function applyAll(pass: Pass, layers: readonly Layer[], table: Tensor3D): Tensor3D {
  return layers.reduce((before, layer) => applyLayer(pass, layer, before), table);
}

function applyLayer(pass: Pass, layer: Layer, x: Tensor3D): Tensor3D {
  const { tf } = pass;
  switch (layer.op) {
    case 'relu':
      return tf.relu(x);
    case 'dense':
      return tf.reshape(tf.add(tf.matMul(flat(tf, x), pass.parameter()), pass.parameter()), [
        x.shape[0],
        1,
        layer.outputs,
      ]);
    case 'conv':
      return convolve(pass, layer, x);
    case 'pool': {
      const taps = slicesOfTaps(tf, x, layer.width, layer.stride);
      if (layer.kind === 'max') return taps.reduce((most, tap) => tf.maximum(most, tap));
      return tf.mul(
        taps.reduce((sum, tap) => tf.add(sum, tap)),
        1 / layer.width,
      );
    }
    case 'residual': {
      const skip = applyAll(pass, layer.skip, x);
      const share = pass.keep();
      const body = applyAll(pass, layer.body, x);
      return tf.add(skip, layer.survival < 1 ? tf.mul(body, share) : body);
    }
    case 'branches':
      return tf.concat(
        layer.branches.map((branch) => applyAll(pass, branch, x)),
        2,
      );
  }
}

function convolve(
  { tf, parameter }: Pass,
  { width, stride, groups, outputs }: Extract<Layer, { op: 'conv' }>,
  x: Tensor3D,
): Tensor3D {
  const weights = parameter();
  const bias = parameter();
  const [rows, , channels] = x.shape;
  const taps = slicesOfTaps(tf, x, width, stride);
  const [, time] = taps[0].shape;
  const each = channels / groups;
  const parts = Array.from({ length: groups }, (_, g) => {
    const seen = groups === 1 ? taps : taps.map((tap) => tf.slice(tap, [0, 0, g * each], [rows, time, each]));
    const table = tf.reshape(seen.length === 1 ? seen[0] : tf.concat(seen, 2), [rows * time, width * each]);
    const own =
      groups === 1 ? weights : tf.slice(weights, [g * width * each, 0], [width * each, outputs / groups]);
    return tf.matMul(table as Tensor2D, own);
  });
  const sums = parts.length === 1 ? parts[0] : tf.concat(parts, 1);
  return tf.reshape(tf.add(sums, bias), [rows, time, outputs]);
}

/**
 * The table as each tap of a filter sees it: [rows, time / stride, channels], once for each moment of its width.
 *
 * Strides are cut out by folding neighbouring moments into channels: slices with a stride have no gradient.
 */
function slicesOfTaps(tf: Tensorflow, x: Tensor3D, width: number, stride: number): Tensor3D[] {
  const [rows, time, channels] = x.shape;
  if (width === 1 && stride === 1) return [x];
  const { time: out, before } = tapsOf(time, width, stride);
  const length = stride * (out + Math.floor((width - 1) / stride));
  const after = length - time - before;
  const padded =
    before === 0 && after === 0
      ? x
      : tf.pad(x, [
          [0, 0],
          [before, after],
          [0, 0],
        ]);
  const folded =
    stride === 1 ? padded : tf.reshape(padded, [rows, padded.shape[1] / stride, stride * channels]);
  return Array.from({ length: width }, (_, k) =>
    tf.slice(folded as Tensor3D, [0, Math.floor(k / stride), (k % stride) * channels], [rows, out, channels]),
  );
}
