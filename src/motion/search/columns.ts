import { MOST_TURNED } from '../../kernels/row-tree.js';
import { symmetricEigen } from '../../math/symmetric-eigen.js';
import { momentsOf, type NumberRange } from './moments.js';

/** About this many rows say how the numbers vary. */
const ENOUGH_ROWS = 8000;

/**
 * The axes along which rows are compared: the principal axes of each block, so that a block's share of a squared
 * distance stays what it is, and those along which rows vary most first, so that a few numbers tell most rows apart.
 */
export interface Columns {
  /** [dimension, columns], columns padded with zeros to a multiple of four; empty: rows are kept as they are. */
  readonly matrix: Float32Array;
  /** [dimension]: the block that a column belongs to. */
  readonly blocks: Int32Array;
  /** What float32 may add to the length of a row that is turned, as a share of that length. */
  readonly error: number;
}

/** Fits columns to the rows [n, dimension] that are named in `candidates`. */
export function fitColumns(
  rows: Float32Array,
  dimension: number,
  blocks: readonly NumberRange[],
  candidates: Uint32Array,
): Columns {
  if (dimension > MOST_TURNED) {
    const own = blocks.flatMap(({ size }, block) => new Array<number>(size).fill(block));
    return { matrix: new Float32Array(0), blocks: Int32Array.from(own), error: 0 };
  }
  const axes = blocks.flatMap(({ offset, size }, block) => {
    const { values, vectors } = symmetricEigen(
      momentsOf(rows, dimension, { offset, size }, candidates, ENOUGH_ROWS).moments,
      size,
    );
    return Array.from(values, (spread, axis) => ({
      block,
      offset,
      spread,
      vector: vectors.subarray(axis * size, (axis + 1) * size),
    }));
  });
  axes.sort((a, b) => b.spread - a.spread);
  const columnCount = Math.ceil(dimension / 4) * 4;
  const matrix = new Float32Array(dimension * columnCount);
  axes.forEach(({ offset, vector }, column) => {
    vector.forEach((value, k) => {
      matrix[(offset + k) * columnCount + column] = value;
    });
  });
  const largest = Math.max(...blocks.map(({ size }) => size));
  return {
    matrix,
    blocks: Int32Array.from(axes, ({ block }) => block),
    error: (largest + 2) * Math.sqrt(largest) * 2 ** -24,
  };
}
