import { LEAF_ROWS, type RowTree } from './row-tree.js';

/** Puts boxes around the inner and the outer rows of every node. */
export function fillBoxes({ rowCount, columnCount, leafCount, boxedCount, values, boxes }: RowTree): void {
  boxOf(0, leafCount);

  /** The box around leaves `a` … `b` − 1, [2, boxed]. */
  function boxOf(a: number, b: number): Float32Array {
    if (b - a < 2) return boxOfLeaf(a);
    const middle = (a + b) >> 1;
    const inner = boxOf(a, middle);
    const outer = boxOf(middle, b);
    boxes.set(inner, middle * 4 * boxedCount);
    boxes.set(outer, middle * 4 * boxedCount + 2 * boxedCount);
    return inner.map((value, k) => (k < boxedCount ? Math.min(value, outer[k]) : Math.max(value, outer[k])));
  }

  function boxOfLeaf(leaf: number): Float32Array {
    const box = new Float32Array(2 * boxedCount);
    const count = Math.min(LEAF_ROWS, rowCount - leaf * LEAF_ROWS);
    for (let column = 0; column < boxedCount; column++) {
      const at = (leaf * columnCount + column) * LEAF_ROWS;
      const held = values.subarray(at, at + count);
      box[column] = held.reduce((least, value) => Math.min(least, value), Infinity);
      box[boxedCount + column] = held.reduce((most, value) => Math.max(most, value), -Infinity);
    }
    return box;
  }
}
