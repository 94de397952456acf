import { LEAF_ROWS, type RowTree } from '../../kernels/row-tree.js';

/** What the rows on one side of a node have in common. */
interface Mark {
  readonly any: number;
  readonly every: number;
  readonly leastBias: number;
}

/** Writes to every node of a tree which tags its inner and its outer rows have, and the least bias among them. */
export function fillMarks(
  { rowCount, leafCount, ids, marks }: RowTree,
  tagMask: Uint32Array,
  costBias: Float32Array,
): void {
  const biases = new Float32Array(marks.buffer, marks.byteOffset, marks.length);
  if (leafCount > 0) markOf(0, leafCount);

  function markOf(a: number, b: number): Mark {
    if (b - a < 2) return markOfLeaf(a);
    const middle = (a + b) >> 1;
    const inner = markOf(a, middle);
    const outer = markOf(middle, b);
    store(8 * middle, inner);
    store(8 * middle + 4, outer);
    return {
      any: inner.any | outer.any,
      every: inner.every & outer.every,
      leastBias: Math.min(inner.leastBias, outer.leastBias),
    };
  }

  function markOfLeaf(leaf: number): Mark {
    let any = 0;
    let every = -1;
    let leastBias = Infinity;
    const end = Math.min(rowCount, (leaf + 1) * LEAF_ROWS);
    for (let i = leaf * LEAF_ROWS; i < end; i++) {
      any |= tagMask[ids[i]];
      every &= tagMask[ids[i]];
      leastBias = Math.min(leastBias, costBias[ids[i]]);
    }
    return { any, every, leastBias };
  }

  function store(at: number, { any, every, leastBias }: Mark): void {
    marks[at] = any;
    marks[at + 1] = every;
    biases[at + 2] = leastBias;
  }
}
