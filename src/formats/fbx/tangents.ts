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
  if (!isCubic(flags)) return i + 1 < times.length ? chord(keys, i) : 0;
  if (flags & TCB) return tcbSlope(keys, i, 1);
  const stored = attributes.dataOf(i, 0);
  return flags & AUTO ? autoSlope(keys, i, flags, stored) : stored;
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
  const flags = isCubic(own) ? own : before;
  const stored = i > 0 && isCubic(before) && !(before & TCB) ? attributes.dataOf(i - 1, 1) : 0;
  if (!isCubic(flags)) return i > 0 ? chord(keys, i - 1) : 0;
  if (flags & TCB) return isCubic(own) ? tcbSlope(keys, i, -1) : chord(keys, i - 1);
  // A bias on this side pulls towards the key before where it is positive.
  return flags & AUTO ? autoSlope(keys, i, flags, -stored) : stored;
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
 * The slope of an automatic key, on the side whose `bias` is given (percent; towards the next key where it is
 * positive). At an end of the curve it is that of the only segment, or 0 under progressive clamping.
 *
 * Without a bias a time-independent slope is that of the line between both neighbours; else it is the mean of
 * the slopes of both segments. Progressive clamping holds for time-independent keys only. Measured with
 * Autodesk's SDK 2019.2.
 */
function autoSlope(keys: Keys, i: number, flags: number, bias: number): number {
  const { times, values } = keys;
  const isFirst = i === 0;
  const isLast = i + 1 >= times.length;
  const isProgressive = (flags & CLAMP_PROGRESSIVE) !== 0 && (flags & TIME_INDEPENDENT) !== 0;
  if (isFirst || isLast) {
    if (isProgressive || (isFirst && isLast)) return 0;
    return isFirst ? chord(keys, i) : chord(keys, i - 1);
  }
  if (flags & CLAMP) {
    const near = Math.min(Math.abs(values[i] - values[i - 1]), Math.abs(values[i + 1] - values[i]));
    if (near <= CLAMP_NEAR) return 0;
  }
  const previous = chord(keys, i - 1);
  const next = chord(keys, i);
  const pull = Math.abs(bias) / 100;
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
 * Slope of a TCB key, arriving (`side` −1) or leaving (1); at an end of the curve the only segment counts twice.
 *
 * @see D. Kochanek, R. Bartels, "Interpolating splines with local tension, continuity, and bias control" (1984).
 */
function tcbSlope(keys: Keys, i: number, side: -1 | 1): number {
  const isFirst = i === 0;
  const isLast = i + 1 >= keys.times.length;
  if (isFirst && isLast) return 0;
  const t = keys.attributes.dataOf(i, 0);
  const c = side * keys.attributes.dataOf(i, 1);
  const b = keys.attributes.dataOf(i, 2);
  const previous = isFirst ? 0 : (1 + b) * (1 + c) * chord(keys, i - 1);
  const next = isLast ? 0 : (1 - b) * (1 - c) * chord(keys, i);
  return (isFirst || isLast ? 1 : 0.5) * (1 - t) * (previous + next);
}
