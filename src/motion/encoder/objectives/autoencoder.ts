import type { Scalar, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs';
import type { Tensorflow } from '../engine/engine.js';
import type { Problem } from '../engine/gradients.js';
import { forward } from '../forward.js';
import { type Architecture, parametersOf, survivals, type TableShape } from '../layers.js';
import { freshParameters, initialParameters, type Parameter } from '../parameters.js';
import { type DecoderKind, makeDecoder } from './decoder.js';

/**
 * What a network learns before it learns to predict: to give back its window from a few numbers; the same from a
 * window that was spoiled; the same from numbers that are drawn around what it says (`vae`).
 */
export const PRETRAININGS = ['autoencoder', 'denoising', 'vae'] as const;
export type Pretraining = (typeof PRETRAININGS)[number];

/** Numbers that the window goes through. */
export const CODE = 32;

export interface Autoencoder {
  /** The network of a family whose last layer gives a code instead of a future. */
  readonly encoder: Architecture;
  readonly problem: Problem;
  /** The shape of what is given back: the window in time, or the whole row where there is none. */
  readonly window: TableShape;
  readonly freshParameters: (seed: number) => Parameter[];
  /** What is to be given back. */
  readonly given: (tf: Tensorflow, x: Tensor2D) => Tensor3D;
  /** The parameters' answer to x [rows, inputs], without noise. */
  readonly giveBack: (tf: Tensorflow, parameters: readonly Tensor2D[], x: Tensor2D) => Tensor3D;
}

/**
 * An autoencoder around a family's network. Its inputs: what is seen and what is to be given back, both
 * [batch, inputs], and the noise of the code [batch, 32] (read by `vae` alone).
 *
 * The loss is the squared distance to what is to be given back, a row; `vae` adds the divergence of its code from the
 * normal distribution.
 *
 * @see D. Kingma, M. Welling, "Auto-Encoding Variational Bayes" (2014), appendix B.
 * @see P. Vincent et al., "Extracting and Composing Robust Features with Denoising Autoencoders" (2008).
 */
export function makeAutoencoder(
  architecture: Architecture,
  kind: Pretraining,
  decoderKind: DecoderKind,
  batch: number,
): Autoencoder {
  const outputs = kind === 'vae' ? 2 * CODE : CODE;
  const { inputs, frames, channels } = architecture;
  const encoder: Architecture = {
    ...architecture,
    outputs,
    head: [...architecture.head.slice(0, -1), { op: 'dense', outputs }],
    auxiliary: [],
  };
  const window: TableShape =
    frames.length > 0 ? { time: frames.length, channels } : { time: 1, channels: inputs };
  const decoder = makeDecoder(decoderKind, CODE, window);
  const own = parametersOf(encoder);
  const keep = Math.max(1, survivals(encoder.trunk).length);
  const codeOf = (tf: Tensorflow, parameters: readonly Tensor2D[], x: Tensor2D): Tensor2D =>
    forward(tf, encoder, parameters.slice(0, own.length), x, tf.ones([keep]) as Tensor1D).answer;
  const decode = (tf: Tensorflow, parameters: readonly Tensor2D[], code: Tensor2D): Tensor3D =>
    decoder.decode(tf, parameters.slice(own.length), code);
  const given = (tf: Tensorflow, x: Tensor2D): Tensor3D => {
    const rows = x.shape[0];
    const parts = frames.map((from) => tf.slice(x, [0, from], [rows, channels]));
    return tf.reshape(parts.length > 0 ? tf.concat(parts, 1) : x, [rows, window.time, window.channels]);
  };
  const half = (tf: Tensorflow, table: Tensor2D, from: number): Tensor2D =>
    tf.slice(table, [0, from], [table.shape[0], CODE]);

  return {
    encoder,
    window,
    given,
    freshParameters: (seed) => [
      ...initialParameters(encoder, seed),
      ...freshParameters(decoder.parameters, seed + 1),
    ],
    giveBack(tf, parameters, x) {
      const code = codeOf(tf, parameters, x);
      return decode(tf, parameters, kind === 'vae' ? half(tf, code, 0) : code);
    },
    problem: {
      parameters: [...own, ...decoder.parameters].map(({ shape }) => shape),
      inputs: [
        [batch, inputs],
        [batch, inputs],
        [batch, CODE],
      ],
      loss(tf, tensors, [seen, wanted, noise]) {
        const parameters = tensors as readonly Tensor2D[];
        const said = codeOf(tf, parameters, seen as Tensor2D);
        if (kind !== 'vae') return distance(tf, decode(tf, parameters, said), given(tf, wanted as Tensor2D));
        const mean = half(tf, said, 0);
        const logVariance = half(tf, said, CODE);
        const spread = tf.exp(tf.mul(logVariance, 0.5));
        const drawn = tf.add<Tensor2D>(mean, tf.mul(spread, noise));
        return tf.add(
          distance(tf, decode(tf, parameters, drawn), given(tf, wanted as Tensor2D)),
          divergence(tf, mean, logVariance),
        );
      },
    },
  };
}

/** Half the squared distance of two tables, a row: what a normal distribution of unit spread costs. */
function distance(tf: Tensorflow, a: Tensor3D, b: Tensor3D): Scalar {
  return tf.mul(tf.sum(tf.squaredDifference(a, b)), 0.5 / a.shape[0]);
}

/** Of normal distributions from the standard one, a row. */
function divergence(tf: Tensorflow, mean: Tensor2D, logVariance: Tensor2D): Scalar {
  const terms = tf.sub(tf.add(tf.mul(mean, mean), tf.exp(logVariance)), tf.add(logVariance, 1));
  return tf.mul(tf.sum(terms), 0.5 / mean.shape[0]);
}
