import { childNamed, type FbxNode, integersOf, numbersOf } from './node.js';

/** Key times are whole ticks; snapping to them keeps stepped curves from flipping at key times by rounding. */
export type Ticks = number;

const CONSTANT = 0x2;
const LINEAR = 0x4;
const CONSTANT_NEXT = 0x100;
const AUTO = 0x100;
const TCB = 0x200;
const CLAMP = 0x1000;
const TIME_INDEPENDENT = 0x2000;
const CLAMP_PROGRESSIVE = 0x4000;
const WEIGHTED_RIGHT = 0x1000000;
const WEIGHTED_NEXT_LEFT = 0x2000000;

const DEFAULT_WEIGHT = 1 / 3;
/** Weights are stored as whole ten-thousandths. */
const WEIGHT_UNIT = 1e-4;
/** Neighbours nearer than this make a clamped key flat. */
const CLAMP_NEAR = 1e-4;

/** What follows key i, up to key i + 1. */
type Segment = 'constant' | 'constant-next' | 'linear' | 'cubic';

interface Extrapolation {
  readonly mode: 'constant' | 'slope' | 'repeat' | 'mirror' | 'relative';
  /** How often the curve is repeated; −1 for ever. */
  readonly count: number;
}

/** A curve with its tangents worked out; times are seconds from its first key's tick. */
export interface FbxCurve {
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly segments: readonly Segment[];
  /** Slope (value per second) that leaves key i, and that arrives at it. */
  readonly slopesRight: Float64Array;
  readonly slopesLeft: Float64Array;
  readonly weightsRight: Float64Array;
  readonly weightsLeft: Float64Array;
  readonly before: Extrapolation;
  readonly after: Extrapolation;
}

/**
 * Reads an `AnimationCurve` node and computes the tangents that files leave out.
 *
 * `ticksPerSecond` is the file's clock. A curve without keys gives nothing.
 */
export function readCurve(node: FbxNode, ticksPerSecond: number): FbxCurve | undefined {
  const ticks = integersOf(childNamed(node, 'KeyTime'));
  const stored = numbersOf(childNamed(node, 'KeyValueFloat'));
  const count = Math.min(ticks.length, stored.length);
  if (count === 0) return undefined;
  const times = Float64Array.from({ length: count }, (_, i) => Number(ticks[i]) / ticksPerSecond);
  const values = Float64Array.from({ length: count }, (_, i) => stored[i]);
  const flags = new Int32Array(count);
  const data = new Float32Array(4 * count);
  spreadAttributes(node, count, flags, data);
  return { times, values, ...workOutTangents(times, values, flags, data), ...readExtrapolation(node) };
}

/** Key attributes are run-length coded: one set serves as many keys as its count says. */
function spreadAttributes(node: FbxNode, count: number, flags: Int32Array, data: Float32Array): void {
  const flagRuns = numbersOf(childNamed(node, 'KeyAttrFlags'));
  const dataRuns = tangentData(node);
  const counts = numbersOf(childNamed(node, 'KeyAttrRefCount'));
  let key = 0;
  for (let run = 0; run < flagRuns.length && key < count; run++) {
    const until = Math.min(count, key + Math.max(0, counts[run] ?? 0));
    for (; key < until; key++) {
      flags[key] = flagRuns[run];
      for (let k = 0; k < 4; k++) data[4 * key + k] = dataRuns[4 * run + k] ?? 0;
    }
  }
  // Keys that no run reaches are linear.
  for (; key < count; key++) flags[key] = LINEAR;
}

/** Tangent data as float32; ASCII files print the four bytes of each number as an integer. */
function tangentData(node: FbxNode): ArrayLike<number> {
  const stored = numbersOf(childNamed(node, 'KeyAttrDataFloat'));
  if (stored instanceof Float32Array) return stored;
  const bits = new Int32Array(1);
  const asFloat = new Float32Array(bits.buffer);
  return Float32Array.from(stored, (value) => {
    if (!Number.isInteger(value)) return value;
    bits[0] = value;
    return asFloat[0];
  });
}

type Tangents = Pick<FbxCurve, 'segments' | 'slopesRight' | 'slopesLeft' | 'weightsRight' | 'weightsLeft'>;

function workOutTangents(
  times: Float64Array,
  values: Float64Array,
  flags: Int32Array,
  data: Float32Array,
): Tangents {
  const count = times.length;
  const bits = new Int32Array(data.buffer, data.byteOffset, data.length);
  const segments: Segment[] = [];
  const [slopesRight, slopesLeft, weightsRight, weightsLeft] = [0, 1, 2, 3].map(
    () => new Float64Array(count),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  weightsRight.fill(DEFAULT_WEIGHT);
  weightsLeft.fill(DEFAULT_WEIGHT);
  for (let i = 0; i < count; i++) {
    const f = flags[i];
    segments.push(
      f & CONSTANT ? (f & CONSTANT_NEXT ? 'constant-next' : 'constant') : f & LINEAR ? 'linear' : 'cubic',
    );
    const packed = bits[4 * i + 2];
    if (f & WEIGHTED_RIGHT) weightsRight[i] = (packed & 0xffff) * WEIGHT_UNIT;
    if (f & WEIGHTED_NEXT_LEFT && i + 1 < count)
      weightsLeft[i + 1] = ((packed >>> 16) & 0xffff) * WEIGHT_UNIT;
  }
  for (let i = 0; i < count; i++) {
    const previous = i > 0 ? (values[i] - values[i - 1]) / (times[i] - times[i - 1] || 1) : undefined;
    const next = i + 1 < count ? (values[i + 1] - values[i]) / (times[i + 1] - times[i] || 1) : undefined;
    const f = flags[i];
    const cubic = (f & (CONSTANT | LINEAR)) === 0;
    if (cubic && f & TCB) {
      const [left, right] = tcbSlopes(previous, next, data[4 * i], data[4 * i + 1], data[4 * i + 2]);
      slopesLeft[i] = left;
      slopesRight[i] = right;
    } else if (cubic && f & AUTO) {
      const slope = autoSlope(times, values, i, previous, next, f, data[4 * i]);
      slopesLeft[i] = slope;
      slopesRight[i] = slope;
    } else {
      slopesRight[i] = cubic ? data[4 * i] : (next ?? 0);
      // The slope that arrives here was stored with the key before; a key of another kind arrives straight.
      const before = i > 0 ? flags[i - 1] : 0;
      const stored = i > 0 && (before & (CONSTANT | LINEAR)) === 0 && !(before & TCB);
      slopesLeft[i] =
        stored && cubic
          ? data[4 * (i - 1) + 1]
          : stored && !(before & AUTO)
            ? data[4 * (i - 1) + 1]
            : (previous ?? 0);
    }
  }
  return { segments, slopesRight, slopesLeft, weightsRight, weightsLeft };
}

/**
 * The slope of an automatic key. At an end of the curve it is that of the only segment, or 0 under
 * progressive clamping.
 */
function autoSlope(
  times: Float64Array,
  values: Float64Array,
  i: number,
  previous: number | undefined,
  next: number | undefined,
  flags: number,
  bias: number,
): number {
  if (previous === undefined || next === undefined)
    return flags & CLAMP_PROGRESSIVE ? 0 : (next ?? previous ?? 0);
  if (flags & CLAMP) {
    const near = Math.min(Math.abs(values[i] - values[i - 1]), Math.abs(values[i + 1] - values[i]));
    if (near <= CLAMP_NEAR) return 0;
  }
  const span = times[i + 1] - times[i - 1];
  let slope = (values[i + 1] - values[i - 1]) / span;
  if (!(flags & TIME_INDEPENDENT)) {
    const share = (times[i] - times[i - 1]) / span;
    slope = 0.5 * slope + 0.5 * (previous * (1 - share) + next * share);
  }
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
      ...[previous, next].map((side) => Math.max(0, (sign * side) / DEFAULT_WEIGHT || 0)),
    );
    slope = sign * Math.min(sign * slope, most);
  }
  return slope;
}

/** @see D. Kochanek, R. Bartels, "Interpolating splines with local tension, continuity, and bias control" (1984). */
function tcbSlopes(
  previous: number | undefined,
  next: number | undefined,
  t: number,
  c: number,
  b: number,
): [number, number] {
  const [p, n] = [previous ?? next ?? 0, next ?? previous ?? 0];
  const arriving = 0.5 * (1 - t) * ((1 + b) * (1 - c) * p + (1 - b) * (1 + c) * n);
  const leaving = 0.5 * (1 - t) * ((1 + b) * (1 + c) * p + (1 - b) * (1 - c) * n);
  return [arriving, leaving];
}

const MODES = { C: 'constant', K: 'slope', R: 'repeat', M: 'mirror', A: 'relative' } as const;

function readExtrapolation(node: FbxNode): Pick<FbxCurve, 'before' | 'after'> {
  const read = (name: string): Extrapolation => {
    const side = childNamed(node, name);
    const type = childNamed(side, 'Type')?.values[0];
    const letter =
      typeof type === 'number' ? String.fromCharCode(type) : typeof type === 'string' ? type : 'C';
    const mode = MODES[letter as keyof typeof MODES] ?? 'constant';
    const count = Number(childNamed(side, 'Repetition')?.values[0] ?? -1);
    return { mode, count };
  };
  return { before: read('Pre-Extrapolation'), after: read('Post-Extrapolation') };
}

/** The curve's value at `time` seconds. */
export function evaluateCurve(curve: FbxCurve, time: number): number {
  const { times, values } = curve;
  const last = times.length - 1;
  if (last === 0) return values[0];
  if (time < times[0]) return beyond(curve, time, curve.before, -1);
  if (time >= times[last]) return time === times[last] ? values[last] : beyond(curve, time, curve.after, 1);
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle] <= time) low = middle;
    else high = middle;
  }
  return insideSegment(curve, low, time);
}

function insideSegment(curve: FbxCurve, i: number, time: number): number {
  const { times, values } = curve;
  const span = times[i + 1] - times[i];
  const u = (time - times[i]) / span;
  switch (curve.segments[i]) {
    case 'constant':
      return values[i];
    case 'constant-next':
      return u > 0 ? values[i + 1] : values[i];
    case 'linear':
      return values[i] + (values[i + 1] - values[i]) * u;
    default:
      return cubic(curve, i, span, u);
  }
}

/** A Bézier segment; with weights other than a third, time is a cubic too and is solved for by Newton's method. */
function cubic(curve: FbxCurve, i: number, span: number, u: number): number {
  const { values, slopesRight, slopesLeft, weightsRight, weightsLeft } = curve;
  const [a, b] = [weightsRight[i], weightsLeft[i + 1]];
  let s = u;
  if (Math.abs(a - DEFAULT_WEIGHT) > 1e-9 || Math.abs(b - DEFAULT_WEIGHT) > 1e-9) {
    for (let round = 0; round < 16; round++) {
      const r = 1 - s;
      const x = 3 * r * r * s * a + 3 * r * s * s * (1 - b) + s * s * s - u;
      const slope = 3 * r * r * a + 6 * r * s * (1 - b - a) + 3 * s * s * b;
      if (Math.abs(x) < 1e-13 || slope < 1e-9) break;
      s = Math.min(1, Math.max(0, s - x / slope));
    }
  }
  const r = 1 - s;
  const [p0, p3] = [values[i], values[i + 1]];
  const p1 = p0 + slopesRight[i] * a * span;
  const p2 = p3 - slopesLeft[i + 1] * b * span;
  return r * r * r * p0 + 3 * r * r * s * p1 + 3 * r * s * s * p2 + s * s * s * p3;
}

/** Outside the keys: `side` −1 before the first, 1 after the last. */
function beyond(curve: FbxCurve, time: number, { mode, count }: Extrapolation, side: -1 | 1): number {
  const { times, values } = curve;
  const last = times.length - 1;
  const [first, span, rise] = [times[0], times[last] - times[0], values[last] - values[0]];
  const edge = side < 0 ? 0 : last;
  if (mode === 'constant' || !(span > 0)) return values[edge];
  if (mode === 'slope') {
    const slope = side < 0 ? edgeSlope(curve, 0, 1) : edgeSlope(curve, last, -1);
    return values[edge] + slope * (time - times[edge]);
  }
  // Periods passed: 0 inside the keys, −1 just before them, 1 just after.
  let period = Math.floor((time - first) / span);
  if (count >= 0) period = Math.min(Math.max(period, -count), count);
  const within = Math.min(Math.max(time - first - period * span, 0), span);
  const mirrored = mode === 'mirror' && period % 2 !== 0;
  const inner = evaluateCurve(curve, first + (mirrored ? span - within : within));
  return mode === 'relative' ? inner + period * rise : inner;
}

function edgeSlope(curve: FbxCurve, key: number, towards: 1 | -1): number {
  const segment = curve.segments[towards > 0 ? key : key - 1];
  if (segment === 'constant' || segment === 'constant-next') return 0;
  if (segment === 'cubic') return towards > 0 ? curve.slopesRight[key] : curve.slopesLeft[key];
  const other = key + towards;
  return (curve.values[other] - curve.values[key]) / (curve.times[other] - curve.times[key]);
}
