/** A table of `count` rows of `size` numbers that is made row by row, so that it need not be held. */
export interface Rows {
  readonly count: number;
  readonly size: number;
  /** Writes row `index` to `out[0 … size)`. */
  read(index: number, out: Float64Array): void;
}

/** Columns that belong together and share one scale. */
export interface Block {
  readonly name: string;
  readonly size: number;
  /** How much the block counts against the others once all are scaled to unit spread. */
  readonly weight: number;
}

/** `(value − mean) · scale` brings a row's numbers to unit spread; both have one entry a column. */
export interface Scaling {
  readonly mean: Float64Array;
  readonly scale: Float64Array;
}

/** A block that hardly moves tells nothing; its scale is 0, so that rounding is not blown up. */
const LEAST_SPREAD = 1e-6;

export const sizeOfBlocks = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, { size }) => sum + size, 0);

/**
 * Mean of every column and one scale per block: the block's weight over its mean standard deviation.
 *
 * Sums run in float64, in two passes. A block that stands still gets the scale 0.
 *
 * @see D. Holden et al., "Learned Motion Matching" (2020), whose features share one scale a block too.
 */
export function fitScaling(rows: Rows, blocks: readonly Block[]): Scaling {
  const { count, size } = rows;
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  const row = new Float64Array(size);
  for (let i = 0; i < count; i++) {
    rows.read(i, row);
    for (let k = 0; k < size; k++) mean[k] += row[k];
  }
  for (let k = 0; k < size; k++) mean[k] /= count;
  for (let i = 0; i < count; i++) {
    rows.read(i, row);
    for (let k = 0; k < size; k++) square[k] += (row[k] - mean[k]) ** 2;
  }
  const scale = new Float64Array(size);
  let at = 0;
  for (const block of blocks) {
    let sum = 0;
    for (let k = at; k < at + block.size; k++) sum += Math.sqrt(square[k] / count);
    const spread = sum / block.size;
    scale.fill(spread > LEAST_SPREAD ? block.weight / spread : 0, at, at + block.size);
    at += block.size;
  }
  return { mean, scale };
}

/** The same rows, scaled. */
export function scaledRows(rows: Rows, { mean, scale }: Scaling): Rows {
  return {
    count: rows.count,
    size: rows.size,
    read(index, out) {
      rows.read(index, out);
      for (let k = 0; k < rows.size; k++) out[k] = (out[k] - mean[k]) * scale[k];
    },
  };
}

/** All rows as one float32 table [count, size]. */
export function toTable(rows: Rows): Float32Array {
  const table = new Float32Array(rows.count * rows.size);
  const row = new Float64Array(rows.size);
  for (let i = 0; i < rows.count; i++) {
    rows.read(i, row);
    table.set(row, i * rows.size);
  }
  return table;
}

/** Rows out of a table [count, size] that is held. */
export function fromTable(table: Float32Array | Float64Array, size: number): Rows {
  return {
    count: table.length / size,
    size,
    read(index, out) {
      for (let k = 0, at = index * size; k < size; k++, at++) out[k] = table[at];
    },
  };
}
