import { ranked } from '../math/middle.js';
import { GROUP_ROWS, LEAF_GROUPS, LEAF_ROWS, type RowTree } from './row-tree.js';
import { distanceRounding, squaredDistance } from './squared-distance.js';

const { fround, sqrt } = Math;
const CANDIDATES = 5;
const SAMPLE = 50;
const SEED = 0x9e3779b9;

/**
 * Brings the turned rows of a tree, `values` [rows, columns], into the order of a vantage-point tree, and writes
 * `ids` in that order, `nodes` and `shells`.
 *
 * Every run of leaves is split at the median distance from a pivot. The pivot is that one of five random rows from
 * which fifty others lie at the most different distances. The rows of a leaf are sorted by their distance from the
 * pivot above it. Equal rows give equal bytes.
 *
 * @see P. N. Yianilos, "Data structures and algorithms for nearest neighbor search in general metric spaces" (1993).
 */
export function arrangeRows(tree: RowTree): void {
  const { rowCount, columnCount, leafCount, values, ids, nodes, shells, work } = tree;
  const rounding = distanceRounding(columnCount);
  const random = xorshift(SEED);
  arrange(0, leafCount);

  function arrange(a: number, b: number): void {
    if (b - a < 2) return;
    const middle = (a + b) >> 1;
    split(a * LEAF_ROWS, middle, Math.min(b * LEAF_ROWS, rowCount));
    arrange(a, middle);
    arrange(middle, b);
  }

  /** Puts those of rows `from` … `to` − 1 that are nearer to a pivot before leaf `middle`, the others from there on. */
  function split(from: number, middle: number, to: number): void {
    const at = middle * LEAF_ROWS;
    const node = middle * (columnCount + 4);
    const pivot = choosePivot(from, to - from) * columnCount;
    nodes.set(values.subarray(pivot, pivot + columnCount), node);
    for (let i = from; i < to; i++) {
      work[i] = squaredDistance(nodes, node, values, i * columnCount, columnCount);
    }
    const scratch = work.subarray(rowCount, rowCount + to - from);
    scratch.set(work.subarray(from, to));
    const median = ranked(scratch, at - from) as number;

    let ties = at - from;
    for (let i = from; i < to; i++) if (work[i] < median) ties--;
    const isInner = (square: number): boolean => square < median || (square === median && ties-- > 0);
    let j = at;
    for (let i = from; i < at; i++) {
      if (isInner(work[i])) continue;
      while (!isInner(work[j])) j++;
      const outer = work[i];
      work[i] = work[j];
      work[j] = outer;
      swapRows(i, j++);
    }
    storeRadii(node + columnCount, from, at);
    storeRadii(node + columnCount + 2, at, to);
    if (at - from <= LEAF_ROWS) sortLeaf(middle - 1);
    if (to - at <= LEAF_ROWS) sortLeaf(middle);
  }

  function choosePivot(from: number, count: number): number {
    let best = from;
    let bestSpread = -1;
    for (let c = 0; c < CANDIDATES; c++) {
      const candidate = from + random(count);
      let sum = 0;
      let squares = 0;
      for (let i = 0; i < SAMPLE; i++) {
        const other = (from + random(count)) * columnCount;
        const square = squaredDistance(values, candidate * columnCount, values, other, columnCount);
        sum = fround(sum + fround(sqrt(square)));
        squares = fround(squares + square);
      }
      const spread = fround(squares - fround(fround(sum * sum) / SAMPLE));
      if (spread > bestSpread) {
        bestSpread = spread;
        best = candidate;
      }
    }
    return best;
  }

  function swapRows(a: number, b: number): void {
    const row = values.slice(a * columnCount, (a + 1) * columnCount);
    values.copyWithin(a * columnCount, b * columnCount, (b + 1) * columnCount);
    values.set(row, b * columnCount);
    const id = ids[a];
    ids[a] = ids[b];
    ids[b] = id;
  }

  function sortLeaf(leaf: number): void {
    const from = leaf * LEAF_ROWS;
    const to = Math.min(from + LEAF_ROWS, rowCount);
    for (let i = from; i < to; i++) {
      let nearest = i;
      for (let j = i + 1; j < to; j++) if (work[j] < work[nearest]) nearest = j;
      if (nearest === i) continue;
      const square = work[i];
      work[i] = work[nearest];
      work[nearest] = square;
      swapRows(i, nearest);
    }
    let shell = leaf * 2 * LEAF_GROUPS;
    for (let first = from; first < to; first += GROUP_ROWS, shell++) {
      const last = Math.min(first + GROUP_ROWS, to) - 1;
      shells[shell] = fround(sqrt(work[first])) * fround(1 - rounding);
      shells[shell + LEAF_GROUPS] = fround(sqrt(work[last])) * fround(1 + rounding);
    }
  }

  /** Least and largest of the distances of rows `from` … `to` − 1, rounded outwards. */
  function storeRadii(at: number, from: number, to: number): void {
    let least = Infinity;
    let most = 0;
    for (let i = from; i < to; i++) {
      least = Math.min(least, work[i]);
      most = Math.max(most, work[i]);
    }
    nodes[at] = fround(sqrt(least)) * fround(1 - rounding);
    nodes[at + 1] = fround(sqrt(most)) * fround(1 + rounding);
  }
}

/**
 * Random whole numbers below a count, the same from the same seed.
 *
 * @see G. Marsaglia, "Xorshift RNGs" (2003).
 */
function xorshift(seed: number): (count: number) => number {
  let state = seed;
  return (count) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor((state >>> 8) * count * 2 ** -24);
  };
}
