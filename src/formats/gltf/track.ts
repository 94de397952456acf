import { slerpRows } from '../../math/quat-rows.js';

export type Interpolation = 'LINEAR' | 'STEP' | 'CUBICSPLINE';

/** Keys of one property: rows of numbers on a time line. */
export interface Keys {
  readonly interpolation: Interpolation;
  /** [keys], seconds, rising */
  readonly times: Float64Array;
  /** [keys, size]; with CUBICSPLINE [keys, 3, size]: tangent in, value, tangent out */
  readonly values: Float64Array;
  /** Numbers in a row. */
  readonly size: number;
  /** The key that was found last, where the next search begins. */
  last: number;
}

/** The keys of one property of a node. */
export interface Track extends Keys {
  readonly node: number;
  readonly path: 'translation' | 'rotation' | 'scale';
}

/** Keys that a search looks at one by one, as a walk forward in time needs, before it halves. */
const STEPS = 3;

/** The last key at or before a time, at least 0. */
function keyBefore(keys: Keys, time: number): number {
  const { times } = keys;
  const end = times.length - 1;
  let low = keys.last;
  let high = end;
  if (times[low] <= time) {
    for (let step = 0; step < STEPS; step++) {
      if (low === end || times[low + 1] > time) {
        keys.last = low;
        return low;
      }
      low++;
    }
  } else {
    high = low;
    low = 0;
  }
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (times[middle] <= time) low = middle;
    else high = middle - 1;
  }
  keys.last = low;
  return low;
}

/** How far a time is from key `k` to the next, 0..1; 0 before the first key, after the last, and with STEP. */
function shareAfter({ times, interpolation }: Keys, k: number, time: number): number {
  if (interpolation === 'STEP' || k + 1 >= times.length) return 0;
  const step = times[k + 1] - times[k];
  return step > 0 ? Math.min(Math.max((time - times[k]) / step, 0), 1) : 0;
}

/**
 * Writes a row of `size` numbers at a time; outside the keys the first or last one holds.
 *
 * Splines are those of glTF 2.0, appendix C.4. Nothing is allocated.
 */
export function sampleNumbers(keys: Keys, time: number, out: Float64Array, at: number): void {
  const { values, size, times } = keys;
  const k = keyBefore(keys, time);
  const t = shareAfter(keys, k, time);
  if (keys.interpolation === 'CUBICSPLINE') {
    const value = size * (3 * k + 1);
    if (t === 0) {
      for (let i = 0; i < size; i++) out[at + i] = values[value + i];
      return;
    }
    const step = times[k + 1] - times[k];
    const t2 = t * t;
    const t3 = t2 * t;
    const here = 2 * t3 - 3 * t2 + 1;
    const leaving = (t3 - 2 * t2 + t) * step;
    const arriving = (t3 - t2) * step;
    for (let i = value; i < value + size; i++) {
      out[at + i - value] =
        here * values[i] +
        leaving * values[i + size] +
        arriving * values[i + 2 * size] +
        (1 - here) * values[i + 3 * size];
    }
    return;
  }
  const value = size * k;
  if (t === 0) for (let i = 0; i < size; i++) out[at + i] = values[value + i];
  else
    for (let i = value; i < value + size; i++)
      out[at + i - value] = values[i] + (values[i + size] - values[i]) * t;
}

/**
 * Writes a unit quaternion at a time, the shorter way round between keys of either sign.
 *
 * Keys that are not splines must be unit quaternions already. Nothing is allocated.
 */
export function sampleRotation(keys: Keys, time: number, out: Float64Array, at: number): void {
  if (keys.interpolation === 'LINEAR') {
    const k = keyBefore(keys, time);
    const t = shareAfter(keys, k, time);
    if (t > 0) {
      slerpRows(keys.values, 4 * k, keys.values, 4 * k + 4, t, out, at);
      return;
    }
  }
  sampleNumbers(keys, time, out, at);
  if (keys.interpolation === 'CUBICSPLINE') normaliseRow(out, at);
}

/** Makes a quaternion unit in place; zeros become no turn. */
export function normaliseRow(row: Float64Array, at: number): void {
  const x = row[at];
  const y = row[at + 1];
  const z = row[at + 2];
  const w = row[at + 3];
  const size = Math.sqrt(x * x + y * y + z * z + w * w);
  if (!(size > 0)) {
    row[at] = 0;
    row[at + 1] = 0;
    row[at + 2] = 0;
    row[at + 3] = 1;
    return;
  }
  row[at] = x / size;
  row[at + 1] = y / size;
  row[at + 2] = z / size;
  row[at + 3] = w / size;
}
