import type { Quat } from '../math/quat.js';
import type { Vec3 } from '../math/vec3.js';

/**
 * The border between the canonical space and Unreal's component space.
 *
 * Canonical is right-handed, Y up, facing +Z, metres. Unreal's is left-handed, Z up, meshes face +Y,
 * centimetres. One map, the exchange of the second and third axis, leads both ways; because it is linear and
 * the same for every joint, joint-to-parent transforms convert as world transforms do.
 *
 * @see docs/conventions.md
 */
export const CM_PER_METRE = 100;

/** Canonical point or translation (metres) → Unreal (centimetres). */
export const positionToUe = (v: Vec3): Vec3 => [
  CM_PER_METRE * v[0],
  CM_PER_METRE * v[2],
  CM_PER_METRE * v[1],
];

/** Unreal point or translation (centimetres) → canonical (metres). */
export const positionFromUe = (v: Vec3): Vec3 => [
  v[0] / CM_PER_METRE,
  v[2] / CM_PER_METRE,
  v[1] / CM_PER_METRE,
];

/** Canonical rotation → Unreal; the map is its own inverse. */
export const rotationToUe = (q: Quat): Quat => [-q[0], -q[2], -q[1], q[3]];

/** Unreal rotation → canonical. */
export const rotationFromUe = rotationToUe;

/** Scale along the joint's axes, either way. */
export const scaleToUe = (s: Vec3): Vec3 => [s[0], s[2], s[1]];

type Numbers = Float64Array | Float32Array;

/** Canonical translations [n, 3] in metres → Unreal's in centimetres, into `out`. */
export function positionsToUe(values: Numbers, out: Numbers): void {
  exchange(values, CM_PER_METRE, out);
}

/** Unreal translations [n, 3] in centimetres → canonical ones in metres, into `out`. */
export function positionsFromUe(values: Numbers, out: Numbers): void {
  exchange(values, 1 / CM_PER_METRE, out);
}

/** Scales [n, 3], either way, into `out`. */
export function scalesToUe(values: Numbers, out: Numbers): void {
  exchange(values, 1, out);
}

/** Rotations [n, 4], either way, into `out`. */
export function rotationsToUe(values: Numbers, out: Numbers): void {
  for (let i = 0; i < values.length; i += 4) {
    const y = values[i + 1];
    out[i] = -values[i];
    out[i + 1] = -values[i + 2];
    out[i + 2] = -y;
    out[i + 3] = values[i + 3];
  }
}

function exchange(values: Numbers, factor: number, out: Numbers): void {
  for (let i = 0; i < values.length; i += 3) {
    const y = values[i + 1];
    out[i] = factor * values[i];
    out[i + 1] = factor * values[i + 2];
    out[i + 2] = factor * y;
  }
}
