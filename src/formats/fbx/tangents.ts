import {
  AUTO,
  AUTO_BROKEN,
  CLAMP,
  CLAMP_PROGRESSIVE,
  CONSTANT,
  type KeyAttributes,
  LINEAR,
  TANGENTS,
  TCB,
  TIME_INDEPENDENT,
  USER,
  USER_BROKEN,
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

/** Slope (value per second) with which the curve leaves key `i`; 0 where the flags say nothing known of tangents. */
export function slopeRight(keys: Keys, i: number): number {
  const { times, attributes } = keys;
  const flags = attributes.flagsOf(i);
  if (!isCubic(flags)) return i + 1 < times.length ? chord(keys, i) : 0;
  switch (flags & TANGENTS) {
    case AUTO:
    case AUTO_BROKEN:
      return autoSlope(keys, i, flags, attributes.dataOf(i, 0));
    case TCB:
      return tcbSlope(keys, i, i, 1);
    case USER:
    case USER_BROKEN:
      return attributes.dataOf(i, 0);
    default:
      return 0;
  }
}

/**
 * Slope with which the curve arrives at key `i`.
 *
 * What a user or a bias says of it was stored with the key before, which also decides where key `i` itself
 * is not cubic: after an automatic key it is arrived at as if it were one (Autodesk's rule; others take 0).
 */
export function slopeLeft(keys: Keys, i: number): number {
  const { attributes } = keys;
  const own = attributes.flagsOf(i);
  const before = i > 0 ? attributes.flagsOf(i - 1) : own;
  if (isCubic(own) && (own & TANGENTS) === TCB) return tcbSlope(keys, i, i, -1);
  if (isCubic(before) && (before & TANGENTS) === TCB) return slopeAfterTcb(keys, i);
  const flags = isCubic(own) ? own : before;
  if (!isCubic(flags)) return i > 0 ? chord(keys, i - 1) : 0;
  const stored = i > 0 && isCubic(before) ? attributes.dataOf(i - 1, 1) : 0;
  switch (flags & TANGENTS) {
    case AUTO:
    case AUTO_BROKEN:
      // A bias on this side pulls towards the key before where it is positive.
      return autoSlope(keys, i, flags, -stored);
    case USER:
    case USER_BROKEN:
      return stored;
    default:
      return 0;
  }
}

/**
 * Slope with which the curve arrives at a key `i` that follows a TCB key and is none.
 *
 * The key before stores nothing of this one, so it is arrived at as it is left; a user's broken key by the
 * numbers of the key before, an automatic broken one along the straight line. Measured with Autodesk's SDK 2019.2.
 */
function slopeAfterTcb(keys: Keys, i: number): number {
  const { times, attributes } = keys;
  const flags = attributes.flagsOf(i);
  if (flags & CONSTANT) return 0;
  if (!isCubic(flags)) return slopeRight(keys, i);
  switch (flags & TANGENTS) {
    case AUTO_BROKEN:
      return chord(keys, i - 1);
    case USER_BROKEN:
      return tcbSlope(keys, i, i - 1, -1);
    case USER:
      return i + 1 < times.length ? slopeRight(keys, i) : 0;
    default:
      return slopeRight(keys, i);
  }
}

/**
 * How far the Bézier handle reaches from key `i` towards the next, as a share of the way.
 *
 * TCB keys have their bias where others have weights; a key that says nothing of tangents has no handle here.
 */
export function weightRight({ attributes }: Keys, i: number): number {
  const flags = attributes.flagsOf(i);
  const tangents = flags & TANGENTS;
  if ((flags & WEIGHTED_RIGHT) === 0 || tangents === TCB || tangents === 0) return DEFAULT_WEIGHT;
  return (attributes.weightBitsOf(i) & 0xffff) * WEIGHT_UNIT;
}

/** The same from key `i + 1` back towards key `i`. */
export function weightNextLeft({ attributes }: Keys, i: number): number {
  const flags = attributes.flagsOf(i);
  if ((flags & WEIGHTED_NEXT_LEFT) === 0 || (flags & TANGENTS) === TCB) return DEFAULT_WEIGHT;
  return ((attributes.weightBitsOf(i) >>> 16) & 0xffff) * WEIGHT_UNIT;
}

/**
 * The slope of an automatic key, on the side whose `bias` is given (percent; towards the next key where it is
 * positive). At an end of the curve it is that of the only segment, or 0 under progressive clamping.
 *
 * Without a bias a time-independent slope is that of the line between both neighbours; else it is the mean of
 * the slopes of both segments. Progressive clamping holds for time-independent keys only, and leaves out the
 * bias. Measured with Autodesk's SDK 2019.2.
 */
function autoSlope(keys: Keys, i: number, flags: number, bias: number): number {
  const { times, values, attributes } = keys;
  const isFirst = i === 0;
  const isLast = i + 1 >= times.length;
  const isProgressive = (flags & CLAMP_PROGRESSIVE) !== 0 && (flags & TIME_INDEPENDENT) !== 0;
  if (isFirst || isLast) {
    if (isProgressive || (isFirst && isLast)) return 0;
    return isFirst ? chord(keys, i) : chord(keys, i - 1);
  }
  if (flags & CLAMP && isCubic(attributes.flagsOf(i))) {
    // A neighbour before counts only where a cubic leads here from it.
    const near = (a: number, b: number): boolean => Math.abs(values[b] - values[a]) <= CLAMP_NEAR;
    if (near(i, i + 1) || (near(i - 1, i) && isCubic(attributes.flagsOf(i - 1)))) return 0;
  }
  const previous = chord(keys, i - 1);
  const next = chord(keys, i);
  const pull = isProgressive ? 0 : Math.abs(bias) / 100;
  const isBiased = pull > 1e-4;
  let slope =
    flags & TIME_INDEPENDENT && !isBiased
      ? (values[i + 1] - values[i - 1]) / (times[i + 1] - times[i - 1])
      : (previous + next) / 2;
  if (isBiased) {
    const goal = bias > 0 ? next : previous;
    slope += (goal - slope) * pull;
    // Beyond 500 the bias adds an absolute amount, growing with its square.
    const excess = pull - 5;
    if (excess > 0) slope += 40 * excess * excess * Math.sign(Math.abs(goal) > 1e-5 ? goal : bias);
  }
  if (isProgressive) {
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
 * Slope of key `i` by the TCB numbers of key `from`, arriving (`side` −1) or leaving (1); at an end of the curve the only segment counts twice.
 *
 * @see D. Kochanek, R. Bartels, "Interpolating splines with local tension, continuity, and bias control" (1984).
 */
function tcbSlope(keys: Keys, i: number, from: number, side: -1 | 1): number {
  const isFirst = i === 0;
  const isLast = i + 1 >= keys.times.length;
  if (isFirst && isLast) return 0;
  const t = keys.attributes.dataOf(from, 0);
  const c = side * keys.attributes.dataOf(from, 1);
  const b = keys.attributes.dataOf(from, 2);
  const previous = isFirst ? 0 : (1 + b) * (1 + c) * chord(keys, i - 1);
  const next = isLast ? 0 : (1 - b) * (1 - c) * chord(keys, i);
  return (isFirst || isLast ? 1 : 0.5) * (1 - t) * (previous + next);
}
