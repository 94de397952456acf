import { columnCount, LEAF_ROWS, leafCount, rowBytes, rowCount, values, work } from './tree';

/** Turns each leaf's rows [LEAF_ROWS, columns] into columns [columns, LEAF_ROWS]. */
export function fillLeaves(): void {
  const leafBytes = rowBytes * LEAF_ROWS;
  for (let leaf = 0; leaf < leafCount; leaf++) {
    const at = values + <usize>leaf * leafBytes;
    const count = min(LEAF_ROWS, rowCount - leaf * LEAF_ROWS);
    memory.copy(work, at, <usize>count * rowBytes);
    for (let column = 0; column < columnCount; column++) {
      const to = at + ((<usize>(column * LEAF_ROWS)) << 2);
      let from = work + ((<usize>column) << 2);
      for (let row = 0; row < count; row++) {
        store<f32>(to + ((<usize>row) << 2), load<f32>(from));
        from += rowBytes;
      }
      for (let row = count; row < LEAF_ROWS; row++) store<f32>(to + ((<usize>row) << 2), Infinity);
    }
  }
}
