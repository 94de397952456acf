const { fround } = Math;

/** Numbers that the vector unit takes at a time. */
export const LANES = 8;

/** Numbers that a row of weights takes: it is padded with zeros. */
export const paddedRow = (columns: number): number => Math.ceil(columns / LANES) * LANES;

/**
 * A table [time, channels] to one [outTime, outputs]; a dense layer is one moment and a filter of width 1.
 *
 * | array     | shape                                                    |
 * | --------- | -------------------------------------------------------- |
 * | `input`   | [time, channels]                                         |
 * | `weights` | [groups, width, channels / groups, `paddedRow(outputs / groups)`] |
 * | `bias`    | [outputs]                                                |
 * | `out`     | [outTime, outputs]                                       |
 * | `work`    | [time · (groups + 2 · channels)]: nothing that lasts      |
 */
export interface Convolution {
  readonly input: number;
  readonly time: number;
  readonly channels: number;
  readonly width: number;
  readonly stride: number;
  /** Zeros before the first moment. */
  readonly before: number;
  /** Channels are cut into as many groups, each of which sees its own inputs alone. */
  readonly groups: number;
  readonly outTime: number;
  readonly outputs: number;
  readonly weights: number;
  readonly bias: number;
  readonly out: number;
  readonly work: number;
}

/**
 * Computes a convolution in float32: to each bias are added, in this order, the products of every tap and channel.
 *
 * Inputs that are zero are passed over, as half of them are after a rectifier.
 */
export function convolve(floats: Float32Array, convolution: Convolution): void {
  const { input, time, channels, width, stride, before, groups, outTime, outputs } = convolution;
  const { weights, bias, out } = convolution;
  const seen = channels / groups;
  const made = outputs / groups;
  const row = paddedRow(made);
  for (let t = 0; t < outTime; t++) {
    floats.copyWithin(out + t * outputs, bias, bias + outputs);
    for (let k = 0; k < width; k++) {
      const moment = t * stride + k - before;
      if (moment < 0 || moment >= time) continue;
      for (let c = 0; c < channels; c++) {
        const value = floats[input + moment * channels + c];
        if (value === 0) continue;
        const group = Math.floor(c / seen);
        const from = weights + ((group * width + k) * seen + (c % seen)) * row;
        const to = out + t * outputs + group * made;
        for (let j = 0; j < made; j++) floats[to + j] = floats[to + j] + fround(value * floats[from + j]);
      }
    }
  }
}
