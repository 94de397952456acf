import { fromFloat16, toFloat16 } from '../../math/float16.js';
import type { MotionDatabase, RowStorage } from './database.js';

export const ROW_PRECISIONS = ['f32', 'f16', 'int8'] as const;
export type RowPrecision = (typeof ROW_PRECISIONS)[number];

const MOST_STEPS = 127;
/** A range below this share of its middle is none: float32 would not tell its steps apart. */
const LEAST_RANGE = 1e-4;

/**
 * The database with rows that fit a storage: each number is the nearest that it has. Searches see the loss at once, and
 * a file gives the same rows back to the bit.
 *
 * The range of `int8` is that of the rows that may be answered with or played on to; others are clamped to it.
 */
export function storeRowsAs(database: MotionDatabase, precision: RowPrecision): MotionDatabase {
  const { storage: _, ...rest } = database;
  if (precision === 'f32') return rest;
  const storage: RowStorage = precision === 'f16' ? { kind: 'f16' } : { kind: 'int8', ...rangesOf(database) };
  const { rows, dimension } = database;
  return { ...rest, storage, rows: unpackRows(packRows(rows, dimension, storage), dimension, storage) };
}

/** Rows as a file holds them: bits of float16, or steps. */
export function packRows(
  rows: Float32Array,
  dimension: number,
  storage: RowStorage,
): Uint16Array | Int8Array {
  if (storage.kind === 'f16') return Uint16Array.from(rows, toFloat16);
  const { offset, step } = storage;
  return Int8Array.from(rows, (value, i) => {
    const k = i % dimension;
    if (step[k] === 0) return 0;
    return Math.max(-MOST_STEPS, Math.min(MOST_STEPS, Math.round((value - offset[k]) / step[k])));
  });
}

/** The rows that `packRows` packed. */
export function unpackRows(
  packed: Uint16Array | Int8Array,
  dimension: number,
  storage: RowStorage,
): Float32Array {
  if (storage.kind === 'f16') return Float32Array.from(packed, fromFloat16);
  const { offset, step } = storage;
  return Float32Array.from(packed, (q, i) => offset[i % dimension] + step[i % dimension] * q);
}

function rangesOf({ rows, valid, dimension }: MotionDatabase): { offset: Float32Array; step: Float32Array } {
  const least = new Float32Array(dimension).fill(Infinity);
  const most = new Float32Array(dimension).fill(-Infinity);
  valid.forEach((value, f) => {
    if (value === 0) return;
    for (let k = 0; k < dimension; k++) {
      least[k] = Math.min(least[k], rows[f * dimension + k]);
      most[k] = Math.max(most[k], rows[f * dimension + k]);
    }
  });
  const offset = least.map((low, k) => (low + most[k]) / 2);
  const step = least.map((low, k) => {
    const half = (most[k] - low) / 2;
    return half > LEAST_RANGE * Math.abs(offset[k]) ? half / MOST_STEPS : 0;
  });
  return { offset, step };
}
