import {
  AUTO,
  CLAMP,
  CLAMP_PROGRESSIVE,
  CONSTANT,
  type KeyAttributes,
  LINEAR,
  TCB,
  TIME_INDEPENDENT,
  WEIGHTED_NEXT_LEFT,
  WEIGHTED_RIGHT,
} from './key-attributes.js';
import type { NumberArray } from './node.js';

export const DEFAULT_WEIGHT = 1 / 3;
/** Weights are stored as whole ten-thousandths. */
const WEIGHT_UNIT = 1e-4;
/** Neighbours nearer than this make a clamped key flat. */
const CLAMP_NEAR = 1e-4;

/** The keys that tangents are worked out from. */
export interface Keys {
  /** Seconds. */
  readonly times: Float64Array;
  readonly values: NumberArray;
  readonly attributes: KeyAttributes;
}

const isCubic = (flags: number): boolean => (flags & (CONSTANT | LINEAR)) === 0;

/** Slope of the straight line from key `i` to the next. */
const chord = ({ times, values }: Keys, i: number): number =>
  (values[i + 1] - values[i]) / (times[i + 1] - times[i] || 1);

/** Slope (value per second) with which the curve leaves key `i`. */
export function slopeRight(keys: Keys, i: number): number {
  const { times, attributes } = keys;
  const flags = attributes.flagsOf(i);
  if (isCubic(flags)) {
    if (flags & TCB) return tcbSlope(keys, i, 1);
    return flags & AUTO ? autoSlope(keys, i, flags) : attributes.dataOf(i, 0);
  }
  return i + 1 < times.length ? chord(keys, i) : 0;
}

/**
 * Slope with which the curve arrives at key `i`.
 *
 * That of a user key was stored with the key before. After cubic automatic keys a key of another kind is
 * arrived at straight (Autodesk's rule; others take 0 there).
 */
export function slopeLeft(keys: Keys, i: number): number {
  const { attributes } = keys;
  const flags = attributes.flagsOf(i);
  const cubic = isCubic(flags);
  if (cubic && flags & TCB) return tcbSlope(keys, i, -1);
  if (cubic && flags & AUTO) return autoSlope(keys, i, flags);
  if (i === 0) return 0;
  const before = attributes.flagsOf(i - 1);
  const isStored = isCubic(before) && !(before & TCB) && (cubic || !(before & AUTO));
  return isStored ? attributes.dataOf(i - 1, 1) : chord(keys, i - 1);
}

/** How far the Bézier handle reaches from key `i` towards the next, as a share of the way. */
export const weightRight = ({ attributes }: Keys, i: number): number =>
  attributes.flagsOf(i) & WEIGHTED_RIGHT
    ? (attributes.weightBitsOf(i) & 0xffff) * WEIGHT_UNIT
    : DEFAULT_WEIGHT;

/** The same from key `i + 1` back towards key `i`. */
export const weightNextLeft = ({ attributes }: Keys, i: number): number =>
  attributes.flagsOf(i) & WEIGHTED_NEXT_LEFT
    ? ((attributes.weightBitsOf(i) >>> 16) & 0xffff) * WEIGHT_UNIT
    : DEFAULT_WEIGHT;

/**
 * The slope of an automatic key. At an end of the curve it is that of the only segment, or 0 under
 * progressive clamping.
 */
function autoSlope(keys: Keys, i: number, flags: number): number {
  const { times, values, attributes } = keys;
  const isFirst = i === 0;
  const isLast = i + 1 >= times.length;
  if (isFirst || isLast) {
    if (flags & CLAMP_PROGRESSIVE || (isFirst && isLast)) return 0;
    return isFirst ? chord(keys, i) : chord(keys, i - 1);
  }
  if (flags & CLAMP) {
    const near = Math.min(Math.abs(values[i] - values[i - 1]), Math.abs(values[i + 1] - values[i]));
    if (near <= CLAMP_NEAR) return 0;
  }
  const previous = chord(keys, i - 1);
  const next = chord(keys, i);
  const span = times[i + 1] - times[i - 1];
  let slope = (values[i + 1] - values[i - 1]) / span;
  if (!(flags & TIME_INDEPENDENT)) {
    const share = (times[i] - times[i - 1]) / span;
    slope = 0.5 * slope + 0.5 * (previous * (1 - share) + next * share);
  }
  const bias = attributes.dataOf(i, 0);
  const pull = Math.abs(bias) / 100;
  if (pull > 1e-4) {
    const goal = bias > 0 ? next : previous;
    slope += (goal - slope) * pull;
    // Beyond 500 the bias adds an absolute amount, growing with its square.
    const excess = pull - 5;
    if (excess > 0) slope += 40 * excess * excess * Math.sign(Math.abs(goal) > 1e-5 ? goal : bias);
  }
  if (flags & CLAMP_PROGRESSIVE) {
    // Neither Bézier handle may reach beyond its neighbour's value.
    const sign = slope >= 0 ? 1 : -1;
    const most = Math.min(
      Math.max(0, (sign * previous) / DEFAULT_WEIGHT || 0),
      Math.max(0, (sign * next) / DEFAULT_WEIGHT || 0),
    );
    slope = sign * Math.min(sign * slope, most);
  }
  return slope;
}

/**
 * Slope of a TCB key, arriving (`side` −1) or leaving (1).
 *
 * @see D. Kochanek, R. Bartels, "Interpolating splines with local tension, continuity, and bias control" (1984).
 */
function tcbSlope(keys: Keys, i: number, side: -1 | 1): number {
  const last = keys.times.length - 1;
  const previous = i > 0 ? chord(keys, i - 1) : i < last ? chord(keys, i) : 0;
  const next = i < last ? chord(keys, i) : previous;
  const t = keys.attributes.dataOf(i, 0);
  const c = side * keys.attributes.dataOf(i, 1);
  const b = keys.attributes.dataOf(i, 2);
  return 0.5 * (1 - t) * ((1 + b) * (1 + c) * previous + (1 - b) * (1 - c) * next);
}
