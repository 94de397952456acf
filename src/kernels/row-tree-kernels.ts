import { arrangeRows } from './arrange-rows.js';
import { fillBoxes } from './fill-boxes.js';
import { fillLeaves } from './fill-leaves.js';
import { makeReach, type Visit } from './reach.js';
import { layOutRowTree, type RowTree, type RowTreeSize, rowTreeBytes } from './row-tree.js';
import { type SearchWay, search } from './search.js';
import { turnRows } from './turn-rows.js';

/** What is done with one tree of rows. */
export interface RowTreeKernels {
  readonly tree: RowTree;
  /** Turns the first `count` raw rows into rows of columns, `out` [count, columns], an array of the tree. */
  turnRows(count: number, out: Float32Array): void;
  /** Makes a tree of the turned rows in `values`, whose numbers are in `ids`. Marks are left alone. */
  arrange(): void;
  /**
   * Takes the first raw row for the query and offers every row within `limit` and `slack` of it, as in `makeReach`, to
   * the visitor that the tree was made with. Gives what is left of the limit.
   */
  search(way: SearchWay, limit: number, slack: number): number;
}

/** Makes an empty tree and what works on it. */
export type MakeRowTree = (size: RowTreeSize, visit: Visit) => RowTreeKernels;

/** The readable ones, in plain TypeScript. */
export const makePlainRowTree: MakeRowTree = (size, visit) => {
  const tree = layOutRowTree(new ArrayBuffer(rowTreeBytes(size)), size);
  return {
    tree,
    turnRows: (count, out) => turnRows(tree, count, out),
    arrange: () => {
      arrangeRows(tree);
      fillLeaves(tree);
      fillBoxes(tree);
    },
    search: (way, limit, slack) => {
      turnRows(tree, 1, tree.query);
      const reach = makeReach(tree.columnCount, limit, slack, visit);
      search(tree, way, reach);
      return reach.limit();
    },
  };
};
