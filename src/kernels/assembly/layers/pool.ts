import { bytesOf } from './tables';

/** Maxima or means over neighbouring moments; the last vector of a moment reaches into the next, which comes later. */
export function pool(
  input: i32,
  time: i32,
  channels: i32,
  width: i32,
  stride: i32,
  before: i32,
  isMax: i32,
  outTime: i32,
  out: i32,
): void {
  const rowBytes = bytesOf(channels);
  const divisor = f32x4.splat(<f32>width);
  for (let t = 0; t < outTime; t++) {
    const to = bytesOf(out) + <usize>t * rowBytes;
    for (let at: usize = 0; at < rowBytes; at += 16) {
      let most = f32x4.splat(-Infinity);
      let sum = f32x4.splat(0);
      for (let k = 0; k < width; k++) {
        const moment = t * stride + k - before;
        const value =
          moment < 0 || moment >= time
            ? f32x4.splat(0)
            : v128.load(bytesOf(input) + <usize>moment * rowBytes + at);
        most = f32x4.max(most, value);
        sum = f32x4.add(sum, value);
      }
      v128.store(to + at, isMax ? most : f32x4.div(sum, divisor));
    }
  }
}
