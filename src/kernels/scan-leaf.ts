import type { Reach } from './reach.js';
import { GROUP_ROWS, LEAF_GROUPS, LEAF_ROWS, type RowTree } from './row-tree.js';
import { distanceRounding } from './squared-distance.js';

const { fround } = Math;
/** Columns between two looks at what is within reach. */
const STEP = 4;

/** A leaf as a search comes to it. */
export interface LeafVisit {
  readonly leaf: number;
  /** The least bias of its rows. */
  readonly leastBias: number;
  /** How far the query is from the pivot above the leaf; NaN where that says nothing. */
  readonly pivotDistance: number;
}

/** Offers every row of a leaf that may be within reach. */
export function scanLeaf(tree: RowTree, visit: LeafVisit, weighted: boolean, reach: Reach): void {
  const { leaf, leastBias, pivotDistance } = visit;
  const { rowCount, columnCount, shells } = tree;
  const rounding = distanceRounding(columnCount);
  const most = fround(pivotDistance * fround(1 + rounding));
  const least = fround(pivotDistance * fround(1 - rounding));
  const first = leaf * LEAF_ROWS;
  const end = Math.min(first + LEAF_ROWS, rowCount);
  for (let group = first; group < end; group += GROUP_ROWS) {
    const shell = leaf * 2 * LEAF_GROUPS + (group - first) / GROUP_ROWS;
    const gap = Math.max(fround(shells[shell] - most), fround(least - shells[shell + LEAF_GROUPS]));
    if (gap > 0 && fround(gap * gap) > reach.within(leastBias)) continue;
    for (let row = group; row < Math.min(group + GROUP_ROWS, end); row++) {
      const limit = reach.within(leastBias);
      if (!(distanceWithin(tree, row, weighted, limit) > limit)) reach.offer(tree.ids[row]);
    }
  }
}

/** Squared distance of a row from the query in float32, or some of it where that is above the limit. */
function distanceWithin(tree: RowTree, row: number, weighted: boolean, limit: number): number {
  const { columnCount, values, query, weights } = tree;
  const leaf = Math.floor(row / LEAF_ROWS);
  let at = leaf * columnCount * LEAF_ROWS + (row % LEAF_ROWS);
  let sum = 0;
  for (let column = 0; column < columnCount && !(sum > limit); ) {
    for (const end = column + STEP; column < end; column++) {
      const difference = fround(values[at] - query[column]);
      const square = fround(difference * difference);
      sum = fround(sum + (weighted ? fround(square * weights[column]) : square));
      at += LEAF_ROWS;
    }
  }
  return sum;
}

/** Offers every row of the tree that may be within reach, leaf by leaf. */
export function scan(tree: RowTree, weighted: boolean, reach: Reach): void {
  const { leastBias } = tree;
  for (let leaf = 0; leaf < tree.leafCount; leaf++) {
    scanLeaf(tree, { leaf, leastBias, pivotDistance: Number.NaN }, weighted, reach);
  }
}
