import { size3 } from './size.js';

/** A point or direction, [x, y, z]. */
export type Vec3 = readonly [number, number, number];

export const ZERO: Vec3 = [0, 0, 0];
export const UP: Vec3 = [0, 1, 0];
export const FORWARD: Vec3 = [0, 0, 1];
export const LEFT: Vec3 = [1, 0, 0];

export const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const subtract = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a: Vec3, s: number): Vec3 => [a[0] * s, a[1] * s, a[2] * s];
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const length = (a: Vec3): number => size3(a[0], a[1], a[2]);
export const distance = (a: Vec3, b: Vec3): number => size3(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

export const mix = (a: Vec3, b: Vec3, t: number): Vec3 => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];

/** Unit vector along `a`, or `otherwise` where `a` is shorter than 1e-12. */
export function normalise(a: Vec3, otherwise: Vec3 = ZERO): Vec3 {
  const size = length(a);
  return size > 1e-12 ? scale(a, 1 / size) : otherwise;
}

/** The part of `a` that is square to the unit vector `axis`. */
export const reject = (a: Vec3, axis: Vec3): Vec3 => subtract(a, scale(axis, dot(a, axis)));

/** Angle between two directions, radians 0..π; 0 where either has no length. */
export function angleBetweenVectors(a: Vec3, b: Vec3): number {
  const c = length(cross(a, b));
  const d = dot(a, b);
  return c === 0 && d === 0 ? 0 : Math.atan2(c, d);
}

/** The three numbers at index `i` of a flat [n, 3] array. */
export const vec3At = (values: ArrayLike<number>, i: number): Vec3 => [
  values[3 * i],
  values[3 * i + 1],
  values[3 * i + 2],
];

/** Writes `v` at index `i` of a flat [n, 3] array. */
export function setVec3(out: Float64Array | Float32Array, i: number, v: Vec3): void {
  out[3 * i] = v[0];
  out[3 * i + 1] = v[1];
  out[3 * i + 2] = v[2];
}
