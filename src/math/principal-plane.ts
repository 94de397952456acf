import { principalComponents, projectRows } from './principal-components.js';

/** Rows laid out on a plane: their first two principal components. */
export interface PrincipalPlane {
  /** Share of all variance that the plane shows. */
  readonly shownShare: number;
  /** [rows, 2] */
  readonly points: Float32Array;
}

/** Lays rows [rows, dimension] out on the plane in which they vary most; rows of one number lie on a line. */
export function principalPlane(rows: Float32Array, dimension: number): PrincipalPlane {
  const count = rows.length / dimension;
  const mean = new Float64Array(dimension);
  for (let i = 0; i < count; i++)
    for (let k = 0; k < dimension; k++) mean[k] += rows[i * dimension + k] / count;
  const centred = rows.map((value, at) => value - mean[at % dimension]);
  const plane = principalComponents(centred, dimension, 2);
  const flat = projectRows(centred, dimension, plane.matrix, plane.count);
  const points = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    points[2 * i] = flat[i * plane.count];
    points[2 * i + 1] = plane.count > 1 ? flat[i * plane.count + 1] : 0;
  }
  const square = (values: Float32Array): number => values.reduce((sum, value) => sum + value * value, 0);
  const all = square(centred);
  return { shownShare: all > 0 ? square(flat) / all : 1, points };
}
