/** A table [time, channels] to one [outTime, channels] of maxima, or of means, over neighbouring moments. */
export interface Pool {
  readonly input: number;
  readonly time: number;
  readonly channels: number;
  readonly width: number;
  readonly stride: number;
  /** Zeros before the first moment; they count, as do those after the last. */
  readonly before: number;
  readonly isMax: boolean;
  readonly outTime: number;
  readonly out: number;
}

const { fround } = Math;

/** Pools a table in float32; of a mean the sum is taken first, moment by moment. */
export function pool(
  floats: Float32Array,
  { input, time, channels, width, stride, before, isMax, outTime, out }: Pool,
): void {
  for (let t = 0; t < outTime; t++) {
    for (let c = 0; c < channels; c++) {
      let most = Number.NEGATIVE_INFINITY;
      let sum = 0;
      for (let k = 0; k < width; k++) {
        const moment = t * stride + k - before;
        const value = moment < 0 || moment >= time ? 0 : floats[input + moment * channels + c];
        most = Math.max(most, value);
        sum = fround(sum + value);
      }
      floats[out + t * channels + c] = isMax ? most : sum / width;
    }
  }
}
