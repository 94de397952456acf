import { columnCount, dimension, matrix, raw, rowBytes } from './tree';

const MOST_TURNED: i32 = 256;

function padRows(count: i32, out: usize): void {
  const bytes = (<usize>dimension) << 2;
  for (let row = 0; row < count; row++) {
    memory.copy(out, raw + <usize>row * bytes, bytes);
    memory.fill(out + bytes, 0, rowBytes - bytes);
    out += rowBytes;
  }
}

/** Turns the first `count` raw rows into rows of columns at `out`. */
export function turnRows(count: i32, out: usize): void {
  if (dimension > MOST_TURNED) {
    padRows(count, out);
    return;
  }
  for (let row = 0; row < count; row++) {
    const from = raw + ((<usize>(row * dimension)) << 2);
    for (let column = 0; column < columnCount; column += 4) {
      let sum = f32x4.splat(0);
      let at = matrix + ((<usize>column) << 2);
      for (let k = 0; k < dimension; k++) {
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(from + ((<usize>k) << 2)), v128.load(at)));
        at += rowBytes;
      }
      v128.store(out + ((<usize>column) << 2), sum);
    }
    out += rowBytes;
  }
}
