import { type Convolution, convolve } from './convolve.js';
import { type Pool, pool } from './pool.js';
import { addTables, maxWithZero, placeColumns } from './tables.js';

/**
 * What a network's layers are computed with, in float32, on tables that lie in one memory.
 *
 * A place is an index into `floats`. The vector unit takes `LANES` numbers at a time, so up to that many behind a table
 * are written to as well: they must be left free, and hold nothing to rely on.
 */
export interface LayerKernels {
  readonly floats: Float32Array;
  convolve(convolution: Convolution): void;
  pool(of: Pool): void;
  /** `out[i] = max(input[i], 0)` for `count` numbers. */
  maxWithZero(input: number, count: number, out: number): void;
  /** `out[i] = a[i] + share · b[i]` for `count` numbers; `out` may be `a`. */
  addTables(a: number, b: number, share: number, count: number, out: number): void;
  /** Copies a table [rows, columns] into a wider one, whose rows begin `stride` numbers apart. */
  placeColumns(input: number, rows: number, columns: number, out: number, stride: number): void;
}

/** Makes kernels with a memory of at least so many numbers, all zero. */
export type MakeLayerKernels = (count: number) => LayerKernels;

/** The readable kernels, in plain TypeScript. */
export const makePlainLayers: MakeLayerKernels = (count) => {
  const floats = new Float32Array(count);
  return {
    floats,
    convolve: (convolution) => convolve(floats, convolution),
    pool: (of) => pool(floats, of),
    maxWithZero: (...of) => maxWithZero(floats, ...of),
    addTables: (...of) => addTables(floats, ...of),
    placeColumns: (...of) => placeColumns(floats, ...of),
  };
};
