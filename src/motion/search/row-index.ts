import type { Visit } from '../../kernels/reach.js';
import { LEAF_ROWS, rowTreeBytes } from '../../kernels/row-tree.js';
import type { MakeRowTree, RowTreeKernels } from '../../kernels/row-tree-kernels.js';
import type { SearchWay } from '../../kernels/search.js';
import { fitColumns } from './columns.js';
import { fillMarks } from './fill-marks.js';

/** Just below what one WebAssembly memory can hold. */
export const MOST_PART_BYTES = 2 ** 32 - 2 ** 16;

/** How a tree is searched where nothing is said. */
export const BY_PIVOTS: SearchWay = {
  everyRow: false,
  byBoxes: false,
  weighted: false,
  required: 0,
  forbidden: 0,
};

/** Rows that can be searched, and how they are to be kept. */
export interface IndexedRows {
  /** [n, dimension]. */
  readonly rows: Float32Array;
  readonly dimension: number;
  readonly blocks: readonly { readonly offset: number; readonly size: number }[];
  /** Numbers of the rows that can be found, rising; all of them finite. */
  readonly candidates: Uint32Array;
  /** [n]; where they are left out no row has a tag or a bias. */
  readonly tagMask?: Uint32Array;
  readonly costBias?: Float32Array;
}

/** Rows in trees, each in a memory of its own. */
export interface RowIndex {
  /**
   * Offers to the visitor every row whose squared distance from the query plus its bias may be within the limit, and some
   * that are not. `weights` [blocks] are there where the way is weighted.
   */
  search(query: Float32Array, way: SearchWay, limit: number, weights?: readonly number[]): void;
}

/** Builds an index of rows in as many trees as keep each within `partBytes`. */
export function makeRowIndex(
  indexed: IndexedRows,
  makeRowTree: MakeRowTree,
  partBytes: number,
  visit: Visit,
): RowIndex {
  const { rows, dimension, blocks, candidates, tagMask, costBias } = indexed;
  const columns = fitColumns(rows, dimension, blocks, candidates);
  let leastBias: number | undefined;
  if (costBias) {
    leastBias = 0;
    for (const row of candidates) leastBias = Math.min(leastBias, costBias[row]);
  }
  const perPart = rowsWithin(partBytes, dimension);
  const parts: RowTreeKernels[] = [];
  let longest = 0;
  for (let from = 0; from < candidates.length; from += perPart) {
    const own = candidates.subarray(from, Math.min(from + perPart, candidates.length));
    const part = makeRowTree({ rowCount: own.length, dimension, leastBias }, visit);
    part.tree.matrix.set(columns.matrix);
    longest = Math.max(longest, fillTree(part, rows, own));
    part.arrange();
    if (tagMask && costBias) fillMarks(part.tree, tagMask, costBias);
    parts.push(part);
  }

  return {
    search(query, way, limit, weights) {
      const stretch = weights ? Math.sqrt(Math.max(...weights)) : 1;
      const slack = columns.error * stretch * (longest + lengthOf(query, 0, dimension));
      let left = limit;
      for (const { tree, search } of parts) {
        for (let k = 0; k < dimension; k++) tree.raw[k] = query[k];
        if (weights) {
          for (let column = 0; column < dimension; column++) {
            tree.weights[column] = weights[columns.blocks[column]];
          }
        }
        left = search(way, left, slack);
      }
    },
  };
}

/** The most rows of this dimension that a tree within so many bytes holds; one leaf's at least. */
function rowsWithin(bytes: number, dimension: number): number {
  let count = Math.floor(bytes / (rowTreeBytes({ rowCount: 2 ** 20, dimension }) / 2 ** 20));
  while (count > LEAF_ROWS && rowTreeBytes({ rowCount: count, dimension }) > bytes) count -= LEAF_ROWS;
  return Math.max(count, LEAF_ROWS);
}

/** Turns the rows that are named in `own` into a tree's values; gives the length of the longest. */
function fillTree({ tree, turnRows }: RowTreeKernels, rows: Float32Array, own: Uint32Array): number {
  const { raw, values, ids, dimension, columnCount } = tree;
  const chunk = raw.length / dimension;
  let longest = 0;
  for (let from = 0; from < own.length; from += chunk) {
    const count = Math.min(chunk, own.length - from);
    for (let i = 0; i < count; i++) {
      const at = own[from + i] * dimension;
      for (let k = 0; k < dimension; k++) raw[i * dimension + k] = rows[at + k];
      longest = Math.max(longest, lengthOf(rows, at, dimension));
    }
    turnRows(count, values.subarray(from * columnCount, (from + count) * columnCount));
  }
  ids.set(own);
  return longest;
}

function lengthOf(numbers: Float32Array, at: number, count: number): number {
  let sum = 0;
  for (let k = at; k < at + count; k++) sum += numbers[k] * numbers[k];
  return Math.sqrt(sum);
}
