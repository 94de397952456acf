import { normaliseQuat, type Quat, quatAt, slerp } from '../../math/quat.js';
import { mix, type Vec3, vec3At } from '../../math/vec3.js';

export type Interpolation = 'LINEAR' | 'STEP' | 'CUBICSPLINE';

/** The keys of one property of a node. */
export interface Track {
  readonly node: number;
  readonly path: 'translation' | 'rotation' | 'scale';
  readonly interpolation: Interpolation;
  /** [keys], seconds, rising */
  readonly times: Float64Array;
  /** [keys, 3 or 4]; with CUBICSPLINE [keys, 3, 3 or 4]: tangent in, value, tangent out */
  readonly values: Float64Array;
}

/** The last key at or before a time, at least 0. */
function keyBefore(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (times[middle] <= time) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where a time falls: between key `k` and the next at share `t`, or on key `k` alone. */
function placeOf(track: Track, time: number): { k: number; t: number; step: number } {
  const { times } = track;
  const k = keyBefore(times, time);
  const step = (times[k + 1] ?? times[k]) - times[k];
  const t = step > 0 ? Math.min(Math.max((time - times[k]) / step, 0), 1) : 0;
  return { k, t: track.interpolation === 'STEP' ? 0 : t, step };
}

/** A number of a CUBICSPLINE track (glTF 2.0, appendix C.4). */
function hermite(track: Track, size: number, axis: number, k: number, t: number, step: number): number {
  const { values } = track;
  const at = 3 * size * k + axis;
  const next = at + 3 * size;
  const t2 = t * t;
  const t3 = t2 * t;
  return (
    (2 * t3 - 3 * t2 + 1) * values[at + size] +
    (t3 - 2 * t2 + t) * step * values[at + 2 * size] +
    (3 * t2 - 2 * t3) * values[next + size] +
    (t3 - t2) * step * values[next]
  );
}

/** A translation or scale at a time; outside the keys the first or last one holds. */
export function vectorAt(track: Track, time: number): Vec3 {
  const { k, t, step } = placeOf(track, time);
  if (track.interpolation === 'CUBICSPLINE') {
    if (t === 0) return vec3At(track.values, 3 * k + 1);
    return [
      hermite(track, 3, 0, k, t, step),
      hermite(track, 3, 1, k, t, step),
      hermite(track, 3, 2, k, t, step),
    ];
  }
  return t === 0 ? vec3At(track.values, k) : mix(vec3At(track.values, k), vec3At(track.values, k + 1), t);
}

/** A rotation at a time, the shorter way round between keys of either sign. */
export function rotationAt(track: Track, time: number): Quat {
  const { k, t, step } = placeOf(track, time);
  if (track.interpolation === 'CUBICSPLINE') {
    if (t === 0) return normaliseQuat(quatAt(track.values, 3 * k + 1));
    return normaliseQuat([
      hermite(track, 4, 0, k, t, step),
      hermite(track, 4, 1, k, t, step),
      hermite(track, 4, 2, k, t, step),
      hermite(track, 4, 3, k, t, step),
    ]);
  }
  const a = normaliseQuat(quatAt(track.values, k));
  return t === 0 ? a : slerp(a, normaliseQuat(quatAt(track.values, k + 1)), t);
}
