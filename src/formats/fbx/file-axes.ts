import { toEuler } from '../../math/euler.js';
import type { Quat } from '../../math/quat.js';
import type { Vec3 } from '../../math/vec3.js';

/** `unreal`: as Unreal's own exports, Z up, facing −Y. */
export type FileAxes = 'unreal' | 'y-up';

const CM = 100;
const DEG = 180 / Math.PI;

/** A canonical direction or rotation axis in the file's axes: Unreal's exports turn Y up into Z up about X. */
export const turnAxes = (axes: FileAxes, v: Vec3): Vec3 => (axes === 'unreal' ? [v[0], -v[2], v[1]] : v);

export function turnRotation(axes: FileAxes, q: Quat): Quat {
  const [x, y, z] = turnAxes(axes, [q[0], q[1], q[2]]);
  return [x, y, z, q[3]];
}

export function fileTranslation(axes: FileAxes, metres: Vec3): Vec3 {
  const [x, y, z] = turnAxes(axes, metres);
  return [x * CM, y * CM, z * CM];
}

/** Degrees about x, y and z, applied in that order. */
export function fileEuler(q: Quat): Vec3 {
  const [z, y, x] = toEuler('ZYX', q);
  return [x * DEG, y * DEG, z * DEG];
}
