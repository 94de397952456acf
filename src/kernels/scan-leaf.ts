import type { Reach } from './reach.js';
import { LEAF_ROWS, type RowTree } from './row-tree.js';

const { fround } = Math;
/** Columns between two looks at what is within reach. */
const STEP = 4;

/** Offers every row of a leaf that may be within reach; `leastBias` is the least bias of its rows. */
export function scanLeaf(
  tree: RowTree,
  leaf: number,
  weighted: boolean,
  leastBias: number,
  reach: Reach,
): void {
  const { rowCount, columnCount, values, ids, query, weights } = tree;
  const count = Math.min(LEAF_ROWS, rowCount - leaf * LEAF_ROWS);
  for (let row = 0; row < count; row++) {
    const limit = reach.within(leastBias);
    let at = leaf * columnCount * LEAF_ROWS + row;
    let sum = 0;
    for (let column = 0; column < columnCount && !(sum > limit); ) {
      for (const end = column + STEP; column < end; column++) {
        const difference = fround(values[at] - query[column]);
        const square = fround(difference * difference);
        sum = fround(sum + (weighted ? fround(square * weights[column]) : square));
        at += LEAF_ROWS;
      }
    }
    if (!(sum > limit)) reach.offer(ids[leaf * LEAF_ROWS + row]);
  }
}

/** Offers every row of the tree that may be within reach, leaf by leaf. */
export function scan(tree: RowTree, weighted: boolean, leastBias: number, reach: Reach): void {
  for (let leaf = 0; leaf < tree.leafCount; leaf++) scanLeaf(tree, leaf, weighted, leastBias, reach);
}
