import { principalComponents, projectRows } from '../../math/principal-components.js';
import type { MotionDatabase } from '../database/database.js';
import { rowOf } from './neighbours.js';

/** Rows laid out on a plane: their first two principal components. */
export interface RowMap {
  /** Share of all variance that the plane shows. */
  readonly shownShare: number;
  /** Rows of the database. */
  readonly rows: Int32Array;
  /** [rows, 2] */
  readonly points: Float32Array;
}

/** Lays rows out on the plane in which they vary most. */
export function mapRows(database: MotionDatabase, rows: Int32Array): RowMap {
  const { dimension } = database;
  const mean = new Float64Array(dimension);
  for (const row of rows) {
    rowOf(database, row).forEach((value, k) => {
      mean[k] += value / rows.length;
    });
  }
  const centred = new Float32Array(rows.length * dimension);
  rows.forEach((row, i) => {
    rowOf(database, row).forEach((value, k) => {
      centred[i * dimension + k] = value - mean[k];
    });
  });
  const plane = principalComponents(centred, dimension, 2);
  const flat = projectRows(centred, dimension, plane.matrix, plane.count);
  const points = new Float32Array(2 * rows.length);
  rows.forEach((_, i) => {
    points[2 * i] = flat[i * plane.count];
    points[2 * i + 1] = plane.count > 1 ? flat[i * plane.count + 1] : 0;
  });
  const square = (values: Float32Array): number => values.reduce((sum, value) => sum + value * value, 0);
  const all = square(centred);
  return { shownShare: all > 0 ? square(flat) / all : 1, rows, points };
}
