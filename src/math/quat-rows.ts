/**
 * Quaternion arithmetic on rows of flat arrays, for loops that may not allocate.
 *
 * Offsets count numbers, not rows; `out` may be the memory of an input.
 */
type Row = Float64Array;

/** out = a · b: `b` is applied first. */
export function multiplyRows(a: Row, ai: number, b: Row, bi: number, out: Row, oi: number): void {
  const ax = a[ai];
  const ay = a[ai + 1];
  const az = a[ai + 2];
  const aw = a[ai + 3];
  const bx = b[bi];
  const by = b[bi + 1];
  const bz = b[bi + 2];
  const bw = b[bi + 3];
  out[oi] = aw * bx + ax * bw + ay * bz - az * by;
  out[oi + 1] = aw * by - ax * bz + ay * bw + az * bx;
  out[oi + 2] = aw * bz + ax * by - ay * bx + az * bw;
  out[oi + 3] = aw * bw - ax * bx - ay * by - az * bz;
}

/** out = a⁻¹ · b. */
export function divideRows(a: Row, ai: number, b: Row, bi: number, out: Row, oi: number): void {
  const ax = -a[ai];
  const ay = -a[ai + 1];
  const az = -a[ai + 2];
  const aw = a[ai + 3];
  const bx = b[bi];
  const by = b[bi + 1];
  const bz = b[bi + 2];
  const bw = b[bi + 3];
  out[oi] = aw * bx + ax * bw + ay * bz - az * by;
  out[oi + 1] = aw * by - ax * bz + ay * bw + az * bx;
  out[oi + 2] = aw * bz + ax * by - ay * bx + az * bw;
  out[oi + 3] = aw * bw - ax * bx - ay * by - az * bz;
}

/** q = q · (the turn by `angle`, radians, about axis 0, 1 or 2). */
export function turnRow(q: Row, at: number, axis: 0 | 1 | 2, angle: number): void {
  const s = Math.sin(angle / 2);
  const c = Math.cos(angle / 2);
  const x = q[at];
  const y = q[at + 1];
  const z = q[at + 2];
  const w = q[at + 3];
  if (axis === 0) {
    q[at] = x * c + w * s;
    q[at + 1] = y * c + z * s;
    q[at + 2] = z * c - y * s;
    q[at + 3] = w * c - x * s;
  } else if (axis === 1) {
    q[at] = x * c - z * s;
    q[at + 1] = y * c + w * s;
    q[at + 2] = z * c + x * s;
    q[at + 3] = w * c - y * s;
  } else {
    q[at] = x * c + y * s;
    q[at + 1] = y * c - x * s;
    q[at + 2] = z * c + w * s;
    q[at + 3] = w * c - z * s;
  }
}

/** out = v turned by q. */
export function rotateRow(q: Row, qi: number, v: Row, vi: number, out: Row, oi: number): void {
  rotateBy(q[qi], q[qi + 1], q[qi + 2], q[qi + 3], v, vi, out, oi);
}

/** out = v turned by q⁻¹. */
export function rotateRowBack(q: Row, qi: number, v: Row, vi: number, out: Row, oi: number): void {
  rotateBy(-q[qi], -q[qi + 1], -q[qi + 2], q[qi + 3], v, vi, out, oi);
}

function rotateBy(
  qx: number,
  qy: number,
  qz: number,
  qw: number,
  v: Row,
  vi: number,
  out: Row,
  oi: number,
): void {
  const x = v[vi];
  const y = v[vi + 1];
  const z = v[vi + 2];
  const tx = 2 * (qy * z - qz * y);
  const ty = 2 * (qz * x - qx * z);
  const tz = 2 * (qx * y - qy * x);
  out[oi] = x + qw * tx + qy * tz - qz * ty;
  out[oi + 1] = y + qw * ty + qz * tx - qx * tz;
  out[oi + 2] = z + qw * tz + qx * ty - qy * tx;
}

/** out = the blend from a (t = 0) to b (t = 1) at constant speed, the shorter way round. */
export function slerpRows(a: Row, ai: number, b: Row, bi: number, t: number, out: Row, oi: number): void {
  let inner = a[ai] * b[bi] + a[ai + 1] * b[bi + 1] + a[ai + 2] * b[bi + 2] + a[ai + 3] * b[bi + 3];
  const sign = inner < 0 ? -1 : 1;
  inner = Math.min(1, inner * sign);
  let u = 1 - t;
  let v = t;
  if (inner < 0.9999995) {
    const angle = Math.acos(inner);
    const s = Math.sin(angle);
    u = Math.sin(u * angle) / s;
    v = Math.sin(v * angle) / s;
  }
  v *= sign;
  const x = a[ai] * u + b[bi] * v;
  const y = a[ai + 1] * u + b[bi + 1] * v;
  const z = a[ai + 2] * u + b[bi + 2] * v;
  const w = a[ai + 3] * u + b[bi + 3] * v;
  const size = Math.sqrt(x * x + y * y + z * z + w * w) || 1;
  out[oi] = x / size;
  out[oi + 1] = y / size;
  out[oi + 2] = z / size;
  out[oi + 3] = w / size;
}

/** out [3] = the shortest turn as axis · angle, radians, see `toRotationVector`. */
export function rotationVectorOfRow(q: Row, qi: number, out: Row, oi: number): void {
  const sign = q[qi + 3] < 0 ? -1 : 1;
  const x = q[qi];
  const y = q[qi + 1];
  const z = q[qi + 2];
  const s = Math.sqrt(x * x + y * y + z * z);
  const k = s < 1e-9 ? 2 * sign : (sign * 2 * Math.atan2(s, sign * q[qi + 3])) / s;
  out[oi] = x * k;
  out[oi + 1] = y * k;
  out[oi + 2] = z * k;
}

/** out [4] = the turn by axis · angle at `v`, the inverse of `rotationVectorOfRow`. */
export function rowOfRotationVector(v: Row, vi: number, out: Row, oi: number): void {
  const x = v[vi];
  const y = v[vi + 1];
  const z = v[vi + 2];
  const angle = Math.sqrt(x * x + y * y + z * z);
  const k = angle < 1e-9 ? 0.5 : Math.sin(angle / 2) / angle;
  out[oi] = x * k;
  out[oi + 1] = y * k;
  out[oi + 2] = z * k;
  out[oi + 3] = Math.cos(angle / 2);
}
