import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs';
import type { Tensorflow } from '../engine/engine.js';
import { conv, convRelu, relu } from '../families/blocks.js';
import { applyLayers } from '../forward.js';
import { type Layer, type LayerParameters, parametersOfLayers, type TableShape } from '../layers.js';

/**
 * How a decoder makes a table twice as long: `resize` repeats every moment, `transposed` puts zeros between them; a
 * convolution of width 3 follows. The second is a transposed convolution with stride 2: its filter meets even and
 * odd moments with other taps, which shows as a checkerboard.
 *
 * @see A. Odena et al., "Deconvolution and Checkerboard Artifacts" (2016).
 */
export const DECODERS = ['resize', 'transposed'] as const;
export type DecoderKind = (typeof DECODERS)[number];

const WIDTH = 64;
const HIDDEN = 256;
const MOST_DOUBLINGS = 2;

/** Layers on a table of a shape, which may be twice as long as what it is made of. */
interface Stage {
  readonly input: TableShape;
  readonly doubles: boolean;
  readonly layers: readonly Layer[];
}

/** A way from a code [rows, code] to a table [rows, time, channels]. */
export interface Decoder {
  readonly parameters: readonly LayerParameters[];
  readonly decode: (tf: Tensorflow, parameters: readonly Tensor[], code: Tensor2D) => Tensor3D;
}

/**
 * A decoder whose table begins at a fourth of its length where that is whole and is doubled twice; a flat row
 * (`time` 1) is made by two dense layers.
 */
export function makeDecoder(kind: DecoderKind, code: number, { time, channels }: TableShape): Decoder {
  const doublings = doublingsOf(time);
  const short = time / 2 ** doublings;
  const last: Layer = time === 1 ? { op: 'dense', outputs: channels } : conv(3, channels);
  const stages: Stage[] = [
    {
      input: { time: 1, channels: code },
      doubles: false,
      layers: [{ op: 'dense', outputs: time === 1 ? HIDDEN : short * WIDTH }, relu],
    },
    ...Array.from({ length: doublings }, (_, n) => ({
      input: { time: short * 2 ** (n + 1), channels: WIDTH },
      doubles: true,
      layers: convRelu(3, WIDTH),
    })),
    { input: { time, channels: time === 1 ? HIDDEN : WIDTH }, doubles: false, layers: [last] },
  ];
  const counts = stages.map(({ layers, input }) => parametersOfLayers(layers, input));

  return {
    parameters: counts.flat(),
    decode(tf, parameters, given) {
      let next = 0;
      return stages.reduce<Tensor3D>(
        (before, { input, doubles, layers }, n) => {
          const own = parameters.slice(next, next + counts[n].length);
          next += own.length;
          return applyLayers(tf, layers, own, shaped(tf, before, input, doubles ? kind : undefined));
        },
        tf.expandDims(given, 1),
      );
    },
  };
}

/** A table of the wanted shape: as it is, or of half the length and doubled. */
function shaped(
  tf: Tensorflow,
  before: Tensor3D,
  { time, channels }: TableShape,
  doubled: DecoderKind | undefined,
): Tensor3D {
  const rows = before.shape[0];
  if (!doubled) return tf.reshape(before, [rows, time, channels]);
  const half = tf.reshape(before, [rows, time / 2, channels]);
  const beside = doubled === 'resize' ? half : tf.zerosLike(half);
  return tf.reshape(tf.concat([half, beside], 2), [rows, time, channels]);
}

function doublingsOf(time: number): number {
  let doublings = 0;
  while (doublings < MOST_DOUBLINGS && time % 2 ** (doublings + 1) === 0) doublings++;
  return doublings;
}
