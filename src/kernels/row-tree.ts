/** Rows of a leaf. */
export const LEAF_ROWS = 128;
/** Rows of a leaf that are looked at together. */
export const GROUP_ROWS = 16;
export const LEAF_GROUPS = LEAF_ROWS / GROUP_ROWS;
/** Columns that boxes bound: the first ones vary most, and more gain nothing. */
const MOST_BOXED = 16;
/** Rows of more numbers are kept as they are: to turn them costs more than it saves. */
export const MOST_TURNED = 256;
/** Numbers of raw rows that are turned at a time, at least one row. */
const CHUNK = 2 ** 15;
/** Numbers of `work` that a search needs, whatever the tree's size. */
const LEAST_WORK = 1024;

/**
 * Rows in the order of a vantage-point tree: neighbours in space are neighbours in memory.
 *
 * Leaves hold `LEAF_ROWS` rows each, the last one what is left. Node m, 0 < m < leaves, splits some run of leaves
 * a … b − 1 in the middle, m = ⌊(a + b) / 2⌋: its inner rows, in leaves a … m − 1, lie no farther from its pivot than its
 * outer rows, in leaves m … b − 1. So the tree is laid out by its size alone.
 *
 * | array     | shape                      | meaning                                                                |
 * | --------- | -------------------------- | ---------------------------------------------------------------------- |
 * | `raw`     | [chunk, dimension]         | rows as they come, to be turned                                         |
 * | `matrix`  | [dimension, columns]       | what turns them; nothing where they have more than `MOST_TURNED` numbers |
 * | `values`  | [leaves, columns, leaf]    | the turned rows; [rows, columns] until they are arranged                |
 * | `ids`     | [leaves · leaf]            | which row it is                                                         |
 * | `nodes`   | [leaves, columns + 4]      | pivot; least and largest distance from it of its inner, its outer rows  |
 * | `shells`  | [leaves, 2, groups]        | least and largest distance of each group's rows from the pivot above the leaf |
 * | `boxes`   | [leaves, 2, 2, boxed]      | least and largest value in its inner, its outer rows                    |
 * | `marks`   | [leaves, 2, 4]             | of inner and outer rows: any tag, every tag, least bias (float32), –    |
 * | `query`   | [columns]                  | what is searched for, turned                                            |
 * | `weights` | [columns]                  | of squared differences                                                  |
 * | `work`    | [2 · rows, at least 1024]  | nothing that lasts                                                      |
 */
export interface RowTree {
  readonly rowCount: number;
  readonly dimension: number;
  /** The dimension, rounded up to a multiple of four; columns beyond it hold zeros. */
  readonly columnCount: number;
  readonly leafCount: number;
  readonly boxedCount: number;
  /** Rows have tags or biases, and `marks` say so. */
  readonly isMarked: boolean;
  /** Of all rows; 0 where they are not marked. */
  readonly leastBias: number;
  readonly raw: Float32Array;
  readonly matrix: Float32Array;
  readonly values: Float32Array;
  readonly ids: Uint32Array;
  readonly nodes: Float32Array;
  readonly shells: Float32Array;
  readonly boxes: Float32Array;
  readonly marks: Uint32Array;
  readonly query: Float32Array;
  readonly weights: Float32Array;
  readonly work: Float32Array;
}

interface Shape {
  readonly columnCount: number;
  readonly leafCount: number;
  readonly boxedCount: number;
  /** Numbers of each array, four bytes each. */
  readonly lengths: Readonly<Record<ArrayName, number>>;
}

type ArrayName =
  | 'raw'
  | 'matrix'
  | 'values'
  | 'ids'
  | 'nodes'
  | 'shells'
  | 'boxes'
  | 'marks'
  | 'query'
  | 'weights'
  | 'work';

/** Arrays begin at multiples of a cache line. */
const aligned = (bytes: number): number => Math.ceil(bytes / 64) * 64;

function shapeOf(rowCount: number, dimension: number): Shape {
  const columnCount = Math.ceil(dimension / 4) * 4;
  const boxedCount = Math.min(columnCount, MOST_BOXED);
  const leafCount = Math.ceil(rowCount / LEAF_ROWS);
  return {
    columnCount,
    leafCount,
    boxedCount,
    lengths: {
      raw: Math.max(1, Math.floor(CHUNK / dimension)) * dimension,
      matrix: dimension > MOST_TURNED ? 0 : dimension * columnCount,
      values: leafCount * LEAF_ROWS * columnCount,
      ids: leafCount * LEAF_ROWS,
      nodes: leafCount * (columnCount + 4),
      shells: leafCount * 2 * LEAF_GROUPS,
      boxes: leafCount * 4 * boxedCount,
      marks: leafCount * 8,
      query: columnCount,
      weights: columnCount,
      work: Math.max(2 * rowCount, LEAF_ROWS * columnCount, LEAST_WORK),
    },
  };
}

/** What rows there will be in a tree. */
export interface RowTreeSize {
  readonly rowCount: number;
  readonly dimension: number;
  /** The least bias of the rows, where they have tags or biases. */
  readonly leastBias?: number | undefined;
}

/** Bytes that a tree takes. */
export function rowTreeBytes({ rowCount, dimension }: RowTreeSize): number {
  const lengths = Object.values(shapeOf(rowCount, dimension).lengths);
  return lengths.reduce((sum, length) => sum + aligned(4 * length), 0);
}

/** Lays an empty tree out in a buffer of at least `rowTreeBytes`; every weight is 1. */
export function layOutRowTree(buffer: ArrayBuffer, { rowCount, dimension, leastBias }: RowTreeSize): RowTree {
  const { lengths, ...counts } = shapeOf(rowCount, dimension);
  let end = 0;
  const place = (name: ArrayName): [ArrayBuffer, number, number] => {
    const at = end;
    end += aligned(4 * lengths[name]);
    return [buffer, at, lengths[name]];
  };
  const tree: RowTree = {
    rowCount,
    dimension,
    ...counts,
    isMarked: leastBias !== undefined,
    leastBias: leastBias ?? 0,
    query: new Float32Array(...place('query')),
    weights: new Float32Array(...place('weights')).fill(1),
    matrix: new Float32Array(...place('matrix')),
    raw: new Float32Array(...place('raw')),
    nodes: new Float32Array(...place('nodes')),
    shells: new Float32Array(...place('shells')),
    boxes: new Float32Array(...place('boxes')),
    marks: new Uint32Array(...place('marks')),
    ids: new Uint32Array(...place('ids')),
    values: new Float32Array(...place('values')),
    work: new Float32Array(...place('work')),
  };
  return tree;
}
