import { bytesOf } from './tables';

/** Bytes of what is kept of one input: its value, and how far from the first its row of weights lies. */
const ENTRY: usize = 8;

/** Lists those of `count` inputs that are not zero; gives the end of the list. */
function list(input: usize, count: i32, rowBytes: usize, to: usize): usize {
  const end = input + bytesOf(count);
  let row: usize = 0;
  for (; input < end; input += 4, row += rowBytes) {
    const value = load<f32>(input);
    store<f32>(to, value);
    store<u32>(to, <u32>row, 4);
    // No jump: which inputs are zero cannot be foreseen.
    to += value !== 0 ? ENTRY : 0;
  }
  return to;
}

/** Adds to `out` each listed value times its row of weights, in order; four rows at a time pass through registers. */
function addProducts(entry: usize, end: usize, weights: usize, rowBytes: usize, out: usize): void {
  const outEnd = out + rowBytes;
  for (; entry + 4 * ENTRY <= end; entry += 4 * ENTRY) {
    const v0 = v128.load32_splat(entry);
    const v1 = v128.load32_splat(entry, 8);
    const v2 = v128.load32_splat(entry, 16);
    const v3 = v128.load32_splat(entry, 24);
    let w0 = weights + load<u32>(entry, 4);
    let w1 = weights + load<u32>(entry, 12);
    let w2 = weights + load<u32>(entry, 20);
    let w3 = weights + load<u32>(entry, 28);
    for (let to = out; to < outEnd; to += 32) {
      let a = v128.load(to);
      let b = v128.load(to, 16);
      a = f32x4.add(a, f32x4.mul(v0, v128.load(w0)));
      b = f32x4.add(b, f32x4.mul(v0, v128.load(w0, 16)));
      a = f32x4.add(a, f32x4.mul(v1, v128.load(w1)));
      b = f32x4.add(b, f32x4.mul(v1, v128.load(w1, 16)));
      a = f32x4.add(a, f32x4.mul(v2, v128.load(w2)));
      b = f32x4.add(b, f32x4.mul(v2, v128.load(w2, 16)));
      a = f32x4.add(a, f32x4.mul(v3, v128.load(w3)));
      b = f32x4.add(b, f32x4.mul(v3, v128.load(w3, 16)));
      v128.store(to, a);
      v128.store(to, b, 16);
      w0 += 32;
      w1 += 32;
      w2 += 32;
      w3 += 32;
    }
  }
  for (; entry < end; entry += ENTRY) {
    const value = v128.load32_splat(entry);
    let row = weights + load<u32>(entry, 4);
    for (let to = out; to < outEnd; to += 32, row += 32) {
      v128.store(to, f32x4.add(v128.load(to), f32x4.mul(value, v128.load(row))));
      v128.store(to, f32x4.add(v128.load(to, 16), f32x4.mul(value, v128.load(row, 16))), 16);
    }
  }
}

/**
 * A convolution. The zeros that pad a row of weights are added to what lies behind: the next group's sums, which stay
 * as they are, or the next moment's, which are not begun.
 */
export function convolve(
  input: i32,
  time: i32,
  channels: i32,
  width: i32,
  stride: i32,
  before: i32,
  groups: i32,
  outTime: i32,
  outputs: i32,
  weights: i32,
  bias: i32,
  out: i32,
  work: i32,
): void {
  const seen = channels / groups;
  const made = outputs / groups;
  const rowBytes = bytesOf((made + 7) & ~7);
  // Where the list of each moment and group ends; then the lists.
  const ends = bytesOf(work);
  const lists = ends + bytesOf(time * groups);
  const listBytes = <usize>seen * ENTRY;
  for (let n = 0; n < time * groups; n++) {
    const entries = lists + <usize>n * listBytes;
    store<usize>(ends + bytesOf(n), list(bytesOf(input + n * seen), seen, rowBytes, entries));
  }
  for (let t = 0; t < outTime; t++) {
    const to = bytesOf(out + t * outputs);
    memory.copy(to, bytesOf(bias), bytesOf(outputs));
    for (let k = 0; k < width; k++) {
      const moment = t * stride + k - before;
      if (moment < 0 || moment >= time) continue;
      for (let g = 0; g < groups; g++) {
        const n = moment * groups + g;
        addProducts(
          lists + <usize>n * listBytes,
          load<usize>(ends + bytesOf(n)),
          bytesOf(weights) + <usize>((g * width + k) * seen) * rowBytes,
          rowBytes,
          to + bytesOf(g * made),
        );
      }
    }
  }
}
