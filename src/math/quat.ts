import { cross, dot, normalise, type Vec3 } from './vec3.js';

/** A rotation, unit quaternion [x, y, z, w]; q and −q are the same rotation. */
export type Quat = readonly [number, number, number, number];

export const IDENTITY: Quat = [0, 0, 0, 1];

/** The rotation that applies `b` first and `a` after it: `aFromC = aFromB · bFromC`. */
export const multiply = (a: Quat, b: Quat): Quat => [
  a[3] * b[0] + a[0] * b[3] + a[1] * b[2] - a[2] * b[1],
  a[3] * b[1] - a[0] * b[2] + a[1] * b[3] + a[2] * b[0],
  a[3] * b[2] + a[0] * b[1] - a[1] * b[0] + a[2] * b[3],
  a[3] * b[3] - a[0] * b[0] - a[1] * b[1] - a[2] * b[2],
];

/** The inverse of a unit quaternion. */
export const conjugate = (q: Quat): Quat => [-q[0], -q[1], -q[2], q[3]];

/** `v` turned by `q`. */
export function rotate(q: Quat, v: Vec3): Vec3 {
  const tx = 2 * (q[1] * v[2] - q[2] * v[1]);
  const ty = 2 * (q[2] * v[0] - q[0] * v[2]);
  const tz = 2 * (q[0] * v[1] - q[1] * v[0]);
  return [
    v[0] + q[3] * tx + q[1] * tz - q[2] * ty,
    v[1] + q[3] * ty + q[2] * tx - q[0] * tz,
    v[2] + q[3] * tz + q[0] * ty - q[1] * tx,
  ];
}

export const quatDot = (a: Quat, b: Quat): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];

export const negate = (q: Quat): Quat => [-q[0], -q[1], -q[2], -q[3]];

/** Unit quaternion along `q`; the identity where `q` has no length. */
export function normaliseQuat(q: Quat): Quat {
  const size = Math.hypot(q[0], q[1], q[2], q[3]);
  return size > 1e-12 ? [q[0] / size, q[1] / size, q[2] / size, q[3] / size] : IDENTITY;
}

/** Turn of `angle` radians about the unit vector `axis`, right-handed. */
export function fromAxisAngle(axis: Vec3, angle: number): Quat {
  const s = Math.sin(angle / 2);
  return [axis[0] * s, axis[1] * s, axis[2] * s, Math.cos(angle / 2)];
}

/** The shortest turn as axis · angle, radians; the zero vector for the identity. */
export function toRotationVector(q: Quat): Vec3 {
  const sign = q[3] < 0 ? -1 : 1;
  const s = Math.hypot(q[0], q[1], q[2]);
  const k = s < 1e-9 ? 2 * sign : (sign * 2 * Math.atan2(s, sign * q[3])) / s;
  return [q[0] * k, q[1] * k, q[2] * k];
}

/** Inverse of `toRotationVector`. */
export function fromRotationVector(v: Vec3): Quat {
  const angle = Math.hypot(v[0], v[1], v[2]);
  if (angle < 1e-9) return normaliseQuat([v[0] / 2, v[1] / 2, v[2] / 2, 1]);
  return fromAxisAngle([v[0] / angle, v[1] / angle, v[2] / angle], angle);
}

/** Angle of the turn from `a` to `b`, radians 0..π, exact for small angles. */
export function angleBetween(a: Quat, b: Quat): number {
  const d = multiply(conjugate(a), b);
  return 2 * Math.atan2(Math.hypot(d[0], d[1], d[2]), Math.abs(d[3]));
}

/** Constant-speed blend from `a` to `b` the shorter way round. */
export function slerp(a: Quat, b: Quat, t: number): Quat {
  let d = quatDot(a, b);
  const to = d < 0 ? negate(b) : b;
  d = Math.abs(d);
  let u = 1 - t;
  let v = t;
  if (d < 0.9999995) {
    const angle = Math.acos(d);
    const s = Math.sin(angle);
    u = Math.sin(u * angle) / s;
    v = Math.sin(v * angle) / s;
  }
  return normaliseQuat([
    a[0] * u + to[0] * v,
    a[1] * u + to[1] * v,
    a[2] * u + to[2] * v,
    a[3] * u + to[3] * v,
  ]);
}

/** The shortest turn that carries direction `from` onto `to`; opposite directions turn about any square axis. */
export function shortestArc(from: Vec3, to: Vec3): Quat {
  const a = normalise(from);
  const b = normalise(to);
  const w = 1 + dot(a, b);
  if (w > 1e-9) {
    const c = cross(a, b);
    return normaliseQuat([c[0], c[1], c[2], w]);
  }
  const square = Math.abs(a[0]) < 0.9 ? cross(a, [1, 0, 0]) : cross(a, [0, 1, 0]);
  const axis = normalise(square, [0, 0, 1]);
  return [axis[0], axis[1], axis[2], 0];
}

/** Splits `q` into `swing · twist`, twist about the unit vector `axis`; a half turn of swing has no twist. */
export function swingTwist(q: Quat, axis: Vec3): { swing: Quat; twist: Quat } {
  const p = q[0] * axis[0] + q[1] * axis[1] + q[2] * axis[2];
  const size = Math.hypot(p, q[3]);
  const twist: Quat =
    size < 1e-9 ? IDENTITY : [(axis[0] * p) / size, (axis[1] * p) / size, (axis[2] * p) / size, q[3] / size];
  return { swing: multiply(q, conjugate(twist)), twist };
}

/** The rotation whose x, y and z axes are the given orthonormal, right-handed directions. */
export function fromAxes(x: Vec3, y: Vec3, z: Vec3): Quat {
  const trace = x[0] + y[1] + z[2];
  if (trace > 0) {
    const s = 2 * Math.sqrt(trace + 1);
    return normaliseQuat([(y[2] - z[1]) / s, (z[0] - x[2]) / s, (x[1] - y[0]) / s, s / 4]);
  }
  if (x[0] > y[1] && x[0] > z[2]) {
    const s = 2 * Math.sqrt(1 + x[0] - y[1] - z[2]);
    return normaliseQuat([s / 4, (y[0] + x[1]) / s, (z[0] + x[2]) / s, (y[2] - z[1]) / s]);
  }
  if (y[1] > z[2]) {
    const s = 2 * Math.sqrt(1 + y[1] - x[0] - z[2]);
    return normaliseQuat([(y[0] + x[1]) / s, s / 4, (z[1] + y[2]) / s, (z[0] - x[2]) / s]);
  }
  const s = 2 * Math.sqrt(1 + z[2] - x[0] - y[1]);
  return normaliseQuat([(z[0] + x[2]) / s, (z[1] + y[2]) / s, s / 4, (x[1] - y[0]) / s]);
}

/** The turn about the vertical that carries +Z onto the horizontal part of `direction`, radians −π..π. */
export const yawOf = (direction: Vec3): number => Math.atan2(direction[0], direction[2]);

/** The rotation at index `i` of a flat [n, 4] array. */
export const quatAt = (values: ArrayLike<number>, i: number): Quat => [
  values[4 * i],
  values[4 * i + 1],
  values[4 * i + 2],
  values[4 * i + 3],
];

/** Writes `q` at index `i` of a flat [n, 4] array. */
export function setQuat(out: Float64Array | Float32Array, i: number, q: Quat): void {
  out[4 * i] = q[0];
  out[4 * i + 1] = q[1];
  out[4 * i + 2] = q[2];
  out[4 * i + 3] = q[3];
}
