import { type PrincipalPlane, principalPlane } from '../../math/principal-plane.js';
import type { MotionDatabase } from '../database/database.js';
import { rowOf } from './neighbours.js';

/** Rows of the database laid out on a plane. */
export interface RowMap extends PrincipalPlane {
  /** Rows of the database. */
  readonly rows: Int32Array;
}

/** Lays rows out on the plane in which they vary most. */
export function mapRows(database: MotionDatabase, rows: Int32Array): RowMap {
  const { dimension } = database;
  const values = new Float32Array(rows.length * dimension);
  rows.forEach((row, i) => {
    values.set(rowOf(database, row), i * dimension);
  });
  return { ...principalPlane(values, dimension), rows };
}
