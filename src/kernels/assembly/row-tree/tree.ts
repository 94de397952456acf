// The row tree that lies in this instance's memory. Shapes and meaning are those of ../../row-tree.ts.

export const LEAF_ROWS: i32 = 128;
export const GROUP_ROWS: i32 = 16;
/** Bytes of the least distances of a leaf's groups; the largest follow. */
export const SHELL_BYTES: usize = ((LEAF_ROWS / GROUP_ROWS) as usize) << 2;

export let rowCount: i32 = 0;
export let dimension: i32 = 0;
export let columnCount: i32 = 0;
export let leafCount: i32 = 0;
export let boxedCount: i32 = 0;
export let isMarked: bool = false;
export let leastBias: f32 = 0;
export let raw: usize = 0;
export let matrix: usize = 0;
export let values: usize = 0;
export let ids: usize = 0;
export let nodes: usize = 0;
export let shells: usize = 0;
export let boxes: usize = 0;
export let marks: usize = 0;
export let query: usize = 0;
export let weights: usize = 0;
export let work: usize = 0;
/** Bytes of a row, and of a node with its four radii. */
export let rowBytes: usize = 0;
export let nodeBytes: usize = 0;
/** Bytes of the box around one child. */
export let boxBytes: usize = 0;
/** Relative error of a distance, generously. */
export let rounding: f32 = 0;

export function attach(
  rowCount_: i32,
  dimension_: i32,
  columnCount_: i32,
  leafCount_: i32,
  boxedCount_: i32,
  isMarked_: bool,
  leastBias_: f32,
  raw_: usize,
  matrix_: usize,
  values_: usize,
  ids_: usize,
  nodes_: usize,
  shells_: usize,
  boxes_: usize,
  marks_: usize,
  query_: usize,
  weights_: usize,
  work_: usize,
): void {
  rowCount = rowCount_;
  dimension = dimension_;
  columnCount = columnCount_;
  leafCount = leafCount_;
  boxedCount = boxedCount_;
  isMarked = isMarked_;
  leastBias = leastBias_;
  raw = raw_;
  matrix = matrix_;
  values = values_;
  ids = ids_;
  nodes = nodes_;
  shells = shells_;
  boxes = boxes_;
  marks = marks_;
  query = query_;
  weights = weights_;
  work = work_;
  rowBytes = (<usize>columnCount) << 2;
  nodeBytes = rowBytes + 16;
  boxBytes = (<usize>boxedCount) << 3;
  rounding = f32(columnCount + 16) * 1.1920928955078125e-7;
}
