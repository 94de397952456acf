import { MOST_TURNED, type RowTree } from './row-tree.js';

const { fround } = Math;

/** Turns the first `count` raw rows into rows of columns, `out` [count, columns], in float32; long ones are only padded. */
export function turnRows(
  { raw, matrix, dimension, columnCount }: RowTree,
  count: number,
  out: Float32Array,
): void {
  if (dimension > MOST_TURNED) {
    for (let row = 0; row < count; row++) {
      out.set(raw.subarray(row * dimension, (row + 1) * dimension), row * columnCount);
      out.fill(0, row * columnCount + dimension, (row + 1) * columnCount);
    }
    return;
  }
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < columnCount; column++) {
      let sum = 0;
      for (let k = 0; k < dimension; k++) {
        sum = fround(sum + fround(raw[row * dimension + k] * matrix[k * columnCount + column]));
      }
      out[row * columnCount + column] = sum;
    }
  }
}
