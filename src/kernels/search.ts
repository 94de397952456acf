import type { Reach } from './reach.js';
import type { RowTree } from './row-tree.js';
import { scan, scanLeaf } from './scan-leaf.js';
import { distanceRounding, squaredDistance } from './squared-distance.js';

const { fround } = Math;

/** How a tree is searched. */
export interface SearchWay {
  /** Looks at every row, whatever its tags. */
  readonly everyRow: boolean;
  /** Passes over sides by boxes around their rows; else by distances from pivots, which know no weights. */
  readonly byBoxes: boolean;
  readonly weighted: boolean;
  /** Bits that a row's tags must have, and must not have. Sides where no or every row has them are passed over. */
  readonly required: number;
  readonly forbidden: number;
}

/** Squared distances from the query that the rows on either side of a node have at least, in float32. */
interface Bounds {
  readonly inner: number;
  readonly outer: number;
  readonly innerFirst: boolean;
  /** Of the query from the pivot; NaN where boxes bound. */
  readonly pivotDistance: number;
}

interface Side {
  readonly a: number;
  readonly b: number;
  readonly bound: number;
  readonly leastBias: number;
  readonly pivotDistance: number;
}

/**
 * Offers every row of a tree that may be within reach and whose side of each node may hold the tags that are asked for.
 *
 * The nearer side of a node comes first, so that the limit falls soon.
 */
export function search(tree: RowTree, way: SearchWay, reach: Reach): void {
  const { leafCount, marks, isMarked } = tree;
  if (way.everyRow) {
    scan(tree, way.weighted, reach);
    return;
  }
  const biases = new Float32Array(marks.buffer, marks.byteOffset, marks.length);
  const isTagged = (at: number): boolean =>
    (~marks[at] & way.required) === 0 && (marks[at + 1] & way.forbidden) === 0;
  const waiting: Side[] = [
    { a: 0, b: leafCount, bound: 0, leastBias: tree.leastBias, pivotDistance: Number.NaN },
  ];
  for (let side = waiting.pop(); side; side = waiting.pop()) {
    const { a, b, bound, leastBias, pivotDistance } = side;
    if (bound > reach.within(leastBias)) continue;
    if (b - a < 2) {
      scanLeaf(tree, { leaf: a, leastBias, pivotDistance }, way.weighted, reach);
      continue;
    }
    const middle = (a + b) >> 1;
    const { innerFirst, ...bounds } = way.byBoxes
      ? boundByBoxes(tree, middle, way.weighted)
      : boundByPivot(tree, middle);
    const mark = middle * 8;
    const sides = [
      { a, b: middle, bound: bounds.inner, mark },
      { a: middle, b, bound: bounds.outer, mark: mark + 4 },
    ];
    if (innerFirst) sides.reverse(); // the last one is taken first
    for (const { mark, ...next } of sides) {
      if (isMarked && !isTagged(mark)) continue;
      const leastBias = isMarked ? biases[mark + 2] : 0;
      waiting.push({ ...next, leastBias, pivotDistance: bounds.pivotDistance });
    }
  }
}

function boundByPivot({ nodes, query, columnCount }: RowTree, node: number): Bounds {
  const at = node * (columnCount + 4);
  const rounding = distanceRounding(columnCount);
  const distance = fround(Math.sqrt(squaredDistance(query, 0, nodes, at, columnCount)));
  const most = fround(distance * fround(1 + rounding));
  const least = fround(distance * fround(1 - rounding));
  const [innerLeast, innerMost, outerLeast, outerMost] = nodes.subarray(
    at + columnCount,
    at + columnCount + 4,
  );
  const square = (gap: number): number => (gap > 0 ? fround(gap * gap) : 0);
  return {
    inner: square(Math.max(fround(innerLeast - most), fround(least - innerMost))),
    outer: square(Math.max(fround(outerLeast - most), fround(least - outerMost))),
    innerFirst: fround(distance + distance) < fround(innerMost + outerLeast),
    pivotDistance: distance,
  };
}

function boundByBoxes(
  { boxes, boxedCount, query, weights }: RowTree,
  node: number,
  weighted: boolean,
): Bounds {
  const boundOf = (at: number): number => {
    const lanes = [0, 0, 0, 0];
    for (let k = 0; k < boxedCount; k++) {
      const below = fround(boxes[at + k] - query[k]);
      const above = fround(query[k] - boxes[at + boxedCount + k]);
      const gap = Math.max(below, above, 0);
      const square = fround(gap * gap);
      lanes[k & 3] = fround(lanes[k & 3] + (weighted ? fround(square * weights[k]) : square));
    }
    return fround(fround(lanes[0] + lanes[2]) + fround(lanes[1] + lanes[3]));
  };
  const inner = boundOf(node * 4 * boxedCount);
  const outer = boundOf(node * 4 * boxedCount + 2 * boxedCount);
  return { inner, outer, innerFirst: inner <= outer, pivotDistance: Number.NaN };
}
