import { boxBytes, boxedCount, boxes, LEAF_ROWS, leafCount, rowBytes, rowCount, values, work } from './tree';

function boxOfLeaf(leaf: i32, out: usize): void {
  const count = min(LEAF_ROWS, rowCount - leaf * LEAF_ROWS);
  let at = values + <usize>leaf * rowBytes * LEAF_ROWS;
  for (let column = 0; column < boxedCount; column++) {
    let least: f32 = Infinity;
    let most: f32 = -Infinity;
    for (let row = 0; row < count; row++) {
      const value = load<f32>(at + ((<usize>row) << 2));
      least = min(least, value);
      most = max(most, value);
    }
    store<f32>(out + ((<usize>column) << 2), least);
    store<f32>(out + ((<usize>(boxedCount + column)) << 2), most);
    at += LEAF_ROWS << 2;
  }
}

/** Writes the box around leaves `a` … `b` − 1 to `out`, and those of all nodes among them to their places. */
function boxOf(a: i32, b: i32, out: usize): void {
  if (b - a < 2) {
    boxOfLeaf(a, out);
    return;
  }
  const middle = (a + b) >> 1;
  const inner = boxes + <usize>middle * 2 * boxBytes;
  const outer = inner + boxBytes;
  boxOf(a, middle, inner);
  boxOf(middle, b, outer);
  const half = (<usize>boxedCount) << 2;
  for (let k: usize = 0; k < half; k += 16) {
    v128.store(out + k, f32x4.min(v128.load(inner + k), v128.load(outer + k)));
    v128.store(out + half + k, f32x4.max(v128.load(inner + half + k), v128.load(outer + half + k)));
  }
}

/** Puts boxes around the rows below every node. */
export function fillBoxes(): void {
  boxOf(0, leafCount, work);
}
