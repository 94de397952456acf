import { fromAxes, type Quat } from './quat.js';
import { cross, dot, normalise, reject, type Vec3 } from './vec3.js';

/**
 * Affine maps as 12 numbers: columns x, y, z and then the translation, each [x, y, z].
 *
 * `out` may not be the same memory as an input. Offsets count numbers, not matrices.
 */
export type Affine = Float64Array;

export const AFFINE_SIZE = 12;

/** Writes the map that scales, then turns, then moves: x ↦ t + R (s ∘ x). */
export function composeAffine(t: Vec3, q: Quat, s: Vec3, out: Affine, at = 0): void {
  writeAffine(t[0], t[1], t[2], q[0], q[1], q[2], q[3], s[0], s[1], s[2], out, at);
}

/** The same of a row of ten numbers from `from` on: translation, rotation, scale. */
export function composeAffineRow(row: Float64Array, from: number, out: Affine, at: number): void {
  const t = from;
  const q = from + 3;
  const s = from + 7;
  writeAffine(
    row[t],
    row[t + 1],
    row[t + 2],
    row[q],
    row[q + 1],
    row[q + 2],
    row[q + 3],
    row[s],
    row[s + 1],
    row[s + 2],
    out,
    at,
  );
}

/** By numbers, so that loops need not make arrays of them. */
function writeAffine(
  tx: number,
  ty: number,
  tz: number,
  x: number,
  y: number,
  z: number,
  w: number,
  sx: number,
  sy: number,
  sz: number,
  out: Affine,
  at: number,
): void {
  out[at] = (1 - 2 * (y * y + z * z)) * sx;
  out[at + 1] = 2 * (x * y + z * w) * sx;
  out[at + 2] = 2 * (x * z - y * w) * sx;
  out[at + 3] = 2 * (x * y - z * w) * sy;
  out[at + 4] = (1 - 2 * (x * x + z * z)) * sy;
  out[at + 5] = 2 * (y * z + x * w) * sy;
  out[at + 6] = 2 * (x * z + y * w) * sz;
  out[at + 7] = 2 * (y * z - x * w) * sz;
  out[at + 8] = (1 - 2 * (x * x + y * y)) * sz;
  out[at + 9] = tx;
  out[at + 10] = ty;
  out[at + 11] = tz;
}

/** Writes the map that applies `b` first and `a` after it. */
export function multiplyAffine(a: Affine, ai: number, b: Affine, bi: number, out: Affine, at = 0): void {
  const xx = a[ai];
  const xy = a[ai + 1];
  const xz = a[ai + 2];
  const yx = a[ai + 3];
  const yy = a[ai + 4];
  const yz = a[ai + 5];
  const zx = a[ai + 6];
  const zy = a[ai + 7];
  const zz = a[ai + 8];
  for (let column = 0; column < AFFINE_SIZE; column += 3) {
    const x = b[bi + column];
    const y = b[bi + column + 1];
    const z = b[bi + column + 2];
    out[at + column] = xx * x + yx * y + zx * z;
    out[at + column + 1] = xy * x + yy * y + zy * z;
    out[at + column + 2] = xz * x + yz * y + zz * z;
  }
  out[at + 9] += a[ai + 9];
  out[at + 10] += a[ai + 10];
  out[at + 11] += a[ai + 11];
}

/** How a map turns, with what it does besides. */
export interface AffineRotation {
  readonly rotation: Quat;
  /** The map turns a right hand into a left one; its x axis was flipped before the rotation was read. */
  readonly mirrored: boolean;
  /** Largest cosine between two axes; above about 1e-4 the map shears. */
  readonly shear: number;
}

/**
 * The rotation of a map: its axes made square to each other, z kept first, then y.
 *
 * An axis without length takes the direction that the other two leave it.
 */
export function rotationOfAffine(m: Affine, at = 0): AffineRotation {
  const column = (c: number): Vec3 => [m[at + 3 * c], m[at + 3 * c + 1], m[at + 3 * c + 2]];
  const x = normalise(column(0));
  const y = normalise(column(1));
  const z = normalise(column(2));
  const mirrored = dot(cross(x, y), z) < 0;
  const shear = Math.max(Math.abs(dot(x, y)), Math.abs(dot(y, z)), Math.abs(dot(z, x)));
  const zz = normalise(z, normalise(cross(x, y), [0, 0, 1]));
  const yy = normalise(reject(y, zz), normalise(cross(zz, x), normalise(cross(zz, [1, 0, 0]), [0, 1, 0])));
  return { rotation: fromAxes(cross(yy, zz), yy, zz), mirrored, shear };
}

export const translationOfAffine = (m: Affine, at = 0): Vec3 => [m[at + 9], m[at + 10], m[at + 11]];
