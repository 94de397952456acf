import { IDENTITY, multiply, type Quat, rotate } from './quat.js';
import type { Vec3 } from './vec3.js';

export type Axis = 'X' | 'Y' | 'Z';

/** Three different axes in the order in which they are multiplied: 'ZXY' means R = Rz · Rx · Ry. */
export type EulerOrder = 'XYZ' | 'XZY' | 'YXZ' | 'YZX' | 'ZXY' | 'ZYX';

const INDEX: Readonly<Record<Axis, 0 | 1 | 2>> = { X: 0, Y: 1, Z: 2 };

function axisRotation(axis: Axis, angle: number): Quat {
  const s = Math.sin(angle / 2);
  const c = Math.cos(angle / 2);
  return axis === 'X' ? [s, 0, 0, c] : axis === 'Y' ? [0, s, 0, c] : [0, 0, s, c];
}

/** The product of turns about `axes`, left to right (column vectors), angles in radians; any number of axes. */
export function fromEuler(axes: readonly Axis[] | EulerOrder, angles: readonly number[]): Quat {
  let q: Quat = IDENTITY;
  for (let i = 0; i < axes.length; i++) q = multiply(q, axisRotation(axes[i] as Axis, angles[i]));
  return q;
}

/**
 * Angles, radians, with `fromEuler(order, angles) = q`; the middle one lies in −π/2..π/2.
 *
 * At gimbal lock (middle angle ±π/2) the last angle is 0.
 */
export function toEuler(order: EulerOrder, q: Quat): Vec3 {
  const [a, b, c] = [...order].map((axis) => INDEX[axis as Axis]) as [0 | 1 | 2, 0 | 1 | 2, 0 | 1 | 2];
  const sign = (b - a + 3) % 3 === 1 ? 1 : -1;
  const unit = (i: number): Vec3 => [i === 0 ? 1 : 0, i === 1 ? 1 : 0, i === 2 ? 1 : 0];
  const columns = [rotate(q, unit(0)), rotate(q, unit(1)), rotate(q, unit(2))];
  const m = (row: number, column: number): number => (columns[column] as Vec3)[row] as number;
  const s = sign * m(a, c);
  const middle = Math.asin(Math.max(-1, Math.min(1, s)));
  if (Math.abs(s) > 1 - 1e-12) return [Math.atan2(sign * m(c, b), m(b, b)), middle, 0];
  return [Math.atan2(-sign * m(b, c), m(c, c)), middle, Math.atan2(-sign * m(a, b), m(a, a))];
}

/**
 * The triple equal to `angles` (radians) that lies nearest to `previous`, so that curves do not jump by
 * 360° or flip to the other solution (a + π, π − b, c + π).
 */
export function unrollEuler(angles: Vec3, previous: Vec3): Vec3 {
  const near = (value: number, to: number): number =>
    value + 2 * Math.PI * Math.round((to - value) / (2 * Math.PI));
  const first: Vec3 = [
    near(angles[0], previous[0]),
    near(angles[1], previous[1]),
    near(angles[2], previous[2]),
  ];
  const second: Vec3 = [
    near(angles[0] + Math.PI, previous[0]),
    near(Math.PI - angles[1], previous[1]),
    near(angles[2] + Math.PI, previous[2]),
  ];
  const far = (v: Vec3): number => v.reduce((sum, x, i) => sum + Math.abs(x - previous[i]), 0);
  return far(second) < far(first) - 1e-9 ? second : first;
}
