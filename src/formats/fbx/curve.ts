import type { Extrapolation } from './extrapolation.js';
import { AUTO, CONSTANT, CONSTANT_NEXT, type KeyAttributes, LINEAR } from './key-attributes.js';
import type { NumberArray } from './node.js';
import { DEFAULT_WEIGHT, type Keys, slopeLeft, slopeRight, weightNextLeft, weightRight } from './tangents.js';

/** Beyond this bias an automatic key slopes even between equal values. */
const STRONG_BIAS = 500;
/** Seconds: half a tick of the finer clock. Times are whole ticks, so periods are told apart by no less. */
const HALF_TICK = 1e-11;

/** A curve; it remembers the segment that was asked for last, so that walking along it searches nothing. */
export class FbxCurve implements Keys {
  /** All keys stand at one value, and so does everything between and beyond them. */
  readonly isConstant: boolean;
  private readonly last: number;
  private segment = -1;
  private kind: 'constant' | 'constant-next' | 'linear' | 'cubic' | 'weighted' = 'constant';
  private begin = 0;
  private span = 1;
  /** Values at the segment's ends. */
  private p0 = 0;
  private p3 = 0;
  /** The Bézier segment as a polynomial: p0 + c1 s + c2 s² + c3 s³. */
  private c1 = 0;
  private c2 = 0;
  private c3 = 0;
  /** How far the inner Bézier points lie from the ends, as shares of the segment's time. */
  private a = 0;
  private b = 0;

  constructor(
    /** Seconds on the file's time line, rising. */
    readonly times: Float64Array,
    readonly values: NumberArray,
    readonly attributes: KeyAttributes,
    private readonly before: Extrapolation,
    private readonly after: Extrapolation,
  ) {
    this.last = times.length - 1;
    let isLevel = true;
    for (let i = 1; i <= this.last && isLevel; i++) isLevel = values[i] === values[0];
    this.isConstant =
      isLevel &&
      attributes.every(
        (flags, bias) => (flags & (CONSTANT | LINEAR)) !== 0 || ((flags & AUTO) !== 0 && bias < STRONG_BIAS),
      );
  }

  /** The value at `time` seconds. */
  valueAt(time: number): number {
    const { times, values, last } = this;
    if (this.isConstant) return values[0];
    if (time < times[0]) return this.beyond(time, this.before, -1);
    if (time >= times[last]) return time === times[last] ? values[last] : this.beyond(time, this.after, 1);
    const i = this.segment;
    if (i < 0 || time < times[i] || time >= times[i + 1]) this.enter(this.segmentAt(time));
    switch (this.kind) {
      case 'constant':
        return this.p0;
      case 'constant-next':
        return time > this.begin ? this.p3 : this.p0;
      case 'linear':
        return this.p0 + ((this.p3 - this.p0) * (time - this.begin)) / this.span;
      default:
        return this.cubicAt((time - this.begin) / this.span);
    }
  }

  /** The last key at or before `time`, which lies inside the keys. */
  private segmentAt(time: number): number {
    const { times } = this;
    const next = this.segment + 1;
    if (next < this.last && time >= times[next] && time < times[next + 1]) return next;
    let low = 0;
    let high = this.last;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (times[middle] <= time) low = middle;
      else high = middle;
    }
    return low;
  }

  private enter(i: number): void {
    const flags = this.attributes.flagsOf(i);
    this.segment = i;
    this.begin = this.times[i];
    this.span = this.times[i + 1] - this.times[i];
    this.p0 = this.values[i];
    this.p3 = this.values[i + 1];
    if (flags & CONSTANT) {
      this.kind = flags & CONSTANT_NEXT ? 'constant-next' : 'constant';
    } else if (flags & LINEAR) {
      this.kind = 'linear';
    } else {
      this.a = weightRight(this, i);
      this.b = weightNextLeft(this, i);
      const handle = slopeRight(this, i) * this.a * this.span;
      const p2 = this.p3 - slopeLeft(this, i + 1) * this.b * this.span;
      this.c1 = 3 * handle;
      this.c2 = 3 * (p2 - this.p0 - 2 * handle);
      this.c3 = this.p3 - this.p0 + 3 * (this.p0 + handle - p2);
      const isEven = Math.abs(this.a - DEFAULT_WEIGHT) < 1e-9 && Math.abs(this.b - DEFAULT_WEIGHT) < 1e-9;
      this.kind = isEven ? 'cubic' : 'weighted';
    }
  }

  /** With weights other than a third, time is a cubic too and is solved for by Newton's method. */
  private cubicAt(u: number): number {
    let s = u;
    if (this.kind === 'weighted') {
      const { a, b } = this;
      for (let round = 0; round < 16; round++) {
        const r = 1 - s;
        const x = 3 * r * r * s * a + 3 * r * s * s * (1 - b) + s * s * s - u;
        const slope = 3 * r * r * a + 6 * r * s * (1 - b - a) + 3 * s * s * b;
        if (Math.abs(x) < 1e-13 || slope < 1e-9) break;
        s = Math.min(1, Math.max(0, s - x / slope));
      }
    }
    return ((this.c3 * s + this.c2) * s + this.c1) * s + this.p0;
  }

  /** Outside the keys: `side` −1 before the first, 1 after the last. */
  private beyond(time: number, { mode, count }: Extrapolation, side: -1 | 1): number {
    const { times, values, last } = this;
    const edge = side < 0 ? 0 : last;
    const first = times[0];
    const span = times[last] - first;
    if (mode === 'constant' || !(span > 0)) return values[edge];
    // Autodesk's SDK lets a slope with a count stand.
    if (mode === 'slope' && count >= 0) return values[edge];
    if (mode === 'slope') return values[edge] + this.edgeSlope(edge, side) * (time - times[edge]);
    // Whole periods between the keys and the time; one on which a period ends is its end before the keys and the
    // next one's beginning after them.
    const away = side < 0 ? first - time : time - times[last];
    const passed = Math.floor((away + HALF_TICK) / span);
    if (count >= 0 && passed >= count) {
      // Where the repetitions end, a mirrored curve goes back to its edge; others stay where they are.
      if (mode === 'mirror') return values[edge];
      const end = side < 0 ? values[0] : values[last];
      return mode === 'relative' ? end + side * count * (values[last] - values[0]) : end;
    }
    const rest = Math.min(Math.max(away - passed * span, 0), span);
    const isMirrored = mode === 'mirror' && passed % 2 === 0;
    const inner = this.valueAt(isMirrored === side < 0 ? first + rest : times[last] - rest);
    return mode === 'relative' ? inner + side * (passed + 1) * (values[last] - values[0]) : inner;
  }

  private edgeSlope(edge: number, side: -1 | 1): number {
    const segment = side < 0 ? 0 : this.last - 1;
    const flags = this.attributes.flagsOf(segment);
    if (flags & CONSTANT) return 0;
    if (!(flags & LINEAR)) return side < 0 ? slopeRight(this, edge) : slopeLeft(this, edge);
    return (
      (this.values[segment + 1] - this.values[segment]) / (this.times[segment + 1] - this.times[segment])
    );
  }
}
