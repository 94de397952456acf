import { arrangeRows } from './arrange-rows.js';
import { fillBoxes } from './fill-boxes.js';
import { fillLeaves } from './fill-leaves.js';
import { makeReach, type Visit } from './reach.js';
import { layOutRowTree, type RowTree, rowTreeBytes } from './row-tree.js';
import { scan } from './scan-leaf.js';
import { type SearchWay, search } from './search.js';
import { turnRows } from './turn-rows.js';

/** What is done with one tree of rows. Searches offer rows to the `Visit` that the tree was made with. */
export interface RowTreeKernels {
  readonly tree: RowTree;
  /** Turns the first `count` raw rows into rows of columns, `out` [count, columns], an array of the tree. */
  turnRows(count: number, out: Float32Array): void;
  /** Makes a tree of the turned rows in `values`, whose numbers are in `ids`. Marks are left alone. */
  arrange(): void;
  /** Offers every row within `limit` and `slack` of `query`, as in `makeReach`; sides are passed over as a whole. */
  search(way: SearchWay, limit: number, slack: number): void;
  /** The same, but looks at every row. */
  scan(way: SearchWay, limit: number, slack: number): void;
}

/** Makes an empty tree and what works on it. */
export type MakeRowTree = (rowCount: number, dimension: number, visit: Visit) => RowTreeKernels;

/** The readable ones, in plain TypeScript. */
export const makePlainRowTree: MakeRowTree = (rowCount, dimension, visit) => {
  const tree = layOutRowTree(new ArrayBuffer(rowTreeBytes(rowCount, dimension)), rowCount, dimension);
  const reach = (limit: number, slack: number) => makeReach(tree.columnCount, limit, slack, visit);
  return {
    tree,
    turnRows: (count, out) => turnRows(tree, count, out),
    arrange: () => {
      arrangeRows(tree);
      fillLeaves(tree);
      fillBoxes(tree);
    },
    search: (way, limit, slack) => search(tree, way, reach(limit, slack)),
    scan: (way, limit, slack) => scan(tree, way.weighted, way.leastBias, reach(limit, slack)),
  };
};
