import { LEAF_ROWS, type RowTree } from './row-tree.js';

/** Turns the values of each leaf from rows [leaf, columns] into columns [columns, leaf]; places without a row hold ∞. */
export function fillLeaves({ rowCount, columnCount, leafCount, values }: RowTree): void {
  const size = LEAF_ROWS * columnCount;
  for (let leaf = 0; leaf < leafCount; leaf++) {
    const count = Math.min(LEAF_ROWS, rowCount - leaf * LEAF_ROWS);
    const rows = values.slice(leaf * size, leaf * size + count * columnCount);
    const columns = values.subarray(leaf * size, (leaf + 1) * size).fill(Infinity);
    for (let column = 0; column < columnCount; column++) {
      for (let row = 0; row < count; row++) {
        columns[column * LEAF_ROWS + row] = rows[row * columnCount + column];
      }
    }
  }
}
