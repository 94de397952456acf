import { type Affine, rotationOfAffine } from './affine.js';

/**
 * What a map is made of, as numbers in a row: rotation [x, y, z, w], mirrored (0 or 1), shear, and the lengths
 * of its three axes (scale x, y, z).
 */
export const AFFINE_PARTS = 9;
export const MIRRORED_AT = 4;
export const SHEAR_AT = 5;
export const SCALE_AT = 6;

/** Shorter axes have no direction. */
const NO_LENGTH = 1e-12;

/** Writes the parts of a map: the same numbers as `rotationOfAffine`, without allocating. */
export function splitAffine(m: Affine, at: number, out: Float64Array, outAt = 0): void {
  const sx = Math.sqrt(m[at] * m[at] + m[at + 1] * m[at + 1] + m[at + 2] * m[at + 2]);
  const sy = Math.sqrt(m[at + 3] * m[at + 3] + m[at + 4] * m[at + 4] + m[at + 5] * m[at + 5]);
  const sz = Math.sqrt(m[at + 6] * m[at + 6] + m[at + 7] * m[at + 7] + m[at + 8] * m[at + 8]);
  out[outAt + SCALE_AT] = sx;
  out[outAt + SCALE_AT + 1] = sy;
  out[outAt + SCALE_AT + 2] = sz;
  if (!(sx > NO_LENGTH && sy > NO_LENGTH && sz > NO_LENGTH)) {
    splitFlat(m, at, out, outAt);
    return;
  }
  const xx = m[at] / sx;
  const xy = m[at + 1] / sx;
  const xz = m[at + 2] / sx;
  let yx = m[at + 3] / sy;
  let yy = m[at + 4] / sy;
  let yz = m[at + 5] / sy;
  const zx = m[at + 6] / sz;
  const zy = m[at + 7] / sz;
  const zz = m[at + 8] / sz;
  const yDotZ = yx * zx + yy * zy + yz * zz;
  const triple = (xy * yz - xz * yy) * zx + (xz * yx - xx * yz) * zy + (xx * yy - xy * yx) * zz;
  out[outAt + MIRRORED_AT] = triple < 0 ? 1 : 0;
  out[outAt + SHEAR_AT] = Math.max(
    Math.abs(xx * yx + xy * yy + xz * yz),
    Math.abs(yDotZ),
    Math.abs(xx * zx + xy * zy + xz * zz),
  );
  yx -= zx * yDotZ;
  yy -= zy * yDotZ;
  yz -= zz * yDotZ;
  const rest = Math.sqrt(yx * yx + yy * yy + yz * yz);
  if (!(rest > NO_LENGTH)) {
    splitFlat(m, at, out, outAt);
    return;
  }
  yx /= rest;
  yy /= rest;
  yz /= rest;
  writeQuatOfAxes(
    yy * zz - yz * zy,
    yz * zx - yx * zz,
    yx * zy - yy * zx,
    yx,
    yy,
    yz,
    zx,
    zy,
    zz,
    out,
    outAt,
  );
}

/** A map that flattens space: rare, so it may allocate. */
function splitFlat(m: Affine, at: number, out: Float64Array, outAt: number): void {
  const { rotation, mirrored, shear } = rotationOfAffine(m, at);
  out.set(rotation, outAt);
  out[outAt + MIRRORED_AT] = mirrored ? 1 : 0;
  out[outAt + SHEAR_AT] = shear;
}

/** The unit quaternion whose turn carries x, y and z onto three unit axes square to each other. */
function writeQuatOfAxes(
  xx: number,
  xy: number,
  xz: number,
  yx: number,
  yy: number,
  yz: number,
  zx: number,
  zy: number,
  zz: number,
  out: Float64Array,
  at: number,
): void {
  const trace = xx + yy + zz;
  let x: number;
  let y: number;
  let z: number;
  let w: number;
  if (trace > 0) {
    w = trace + 1;
    x = yz - zy;
    y = zx - xz;
    z = xy - yx;
  } else if (xx > yy && xx > zz) {
    x = 1 + xx - yy - zz;
    y = yx + xy;
    z = zx + xz;
    w = yz - zy;
  } else if (yy > zz) {
    x = yx + xy;
    y = 1 + yy - xx - zz;
    z = zy + yz;
    w = zx - xz;
  } else {
    x = zx + xz;
    y = zy + yz;
    z = 1 + zz - xx - yy;
    w = xy - yx;
  }
  const size = Math.sqrt(x * x + y * y + z * z + w * w);
  out[at] = x / size;
  out[at + 1] = y / size;
  out[at + 2] = z / size;
  out[at + 3] = w / size;
}
