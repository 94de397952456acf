import type { Timeline } from './timeline.js';

/** Seconds to both sides over which a joint's displacement is its signal, and over which that is smoothed. */
const SIGNAL_SECONDS = 0.2;
const SMOOTH_SECONDS = 0.3;
/** By how much a swing of the signal of one metre lengthens the vector. */
const SWING_SHARE = 10;

/**
 * Phase of a joint: [frames, 2], sine and cosine of its phase, 1 + 10 · swing long.
 *
 * The signal is how far the joint moves in the root's frame within 0.4 s, smoothed over 0.6 s. Its phase is 0 where the
 * signal is least, ½ where it is greatest, and goes evenly between; the swing is the difference of both in metres.
 * Before the first and after the last turning point it goes on as between the nearest two.
 *
 * @see The phase channel of Unreal 5.4's PoseSearch, which is experimental there.
 */
export function phaseOf({ track, root, facing, joint, margin }: Timeline, key: string): Float64Array {
  const { frameCount, rateHz } = track;
  const { x, y, z } = joint(key);
  const own = [new Float64Array(frameCount), new Float64Array(frameCount), new Float64Array(frameCount)];
  for (let f = 0; f < frameCount; f++) {
    const at = margin + f;
    const [dx, dz] = [x[at] - root.x[at], z[at] - root.z[at]];
    own[0][f] = dx * facing.z[at] - dz * facing.x[at];
    own[1][f] = y[at];
    own[2][f] = dx * facing.x[at] + dz * facing.z[at];
  }
  const loops = track.loop !== undefined;
  const reach = Math.max(1, Math.ceil(SIGNAL_SECONDS * rateHz - 1e-9));
  const signal = new Float64Array(frameCount);
  for (let f = 0; f < frameCount; f++) {
    let square = 0;
    for (const values of own) {
      const step = beyond(values, f + reach, loops) - beyond(values, f - reach, loops);
      square += step * step;
    }
    signal[f] = Math.sqrt(square);
  }
  return onCircle(
    turningPoints(smoothed(signal, Math.ceil(SMOOTH_SECONDS * rateHz - 1e-9), loops), loops),
    frameCount,
  );
}

/** A value beyond the ends: around the loop, or on the straight line of the last step. */
function beyond(values: Float64Array, place: number, loops: boolean): number {
  const last = values.length - 1;
  if (loops) return values[((place % values.length) + values.length) % values.length];
  if (place < 0) return values[0] + place * (values[Math.min(1, last)] - values[0]);
  if (place > last) return values[last] + (place - last) * (values[last] - values[Math.max(last - 1, 0)]);
  return values[place];
}

function smoothed(values: Float64Array, half: number, loops: boolean): Float64Array {
  const out = new Float64Array(values.length);
  let sum = 0;
  for (let k = -half; k <= half; k++) sum += beyond(values, k, loops);
  for (let f = 0; f < values.length; f++) {
    out[f] = sum / (2 * half + 1);
    sum += beyond(values, f + half + 1, loops) - beyond(values, f - half, loops);
  }
  return out;
}

interface TurningPoint {
  readonly frame: number;
  readonly isLeast: boolean;
  readonly value: number;
}

/** Where the signal turns, with one more point before the clip and one after it, so that every frame lies between two. */
function turningPoints(signal: Float64Array, loops: boolean): TurningPoint[] {
  const count = signal.length;
  const points: TurningPoint[] = [];
  let rising: boolean | undefined;
  const from = loops ? -count : 0;
  const to = loops ? 2 * count : count - 1;
  for (let f = from + 1; f <= to; f++) {
    const step = beyond(signal, f, loops) - beyond(signal, f - 1, loops);
    if (step === 0) continue;
    if (rising !== undefined && rising !== step > 0)
      points.push({ frame: f - 1, isLeast: !rising, value: beyond(signal, f - 1, loops) });
    rising = step > 0;
  }
  const last = count - 1;
  if (points.length === 0) {
    const falls = signal[0] > signal[last];
    return [
      { frame: 0, isLeast: !falls, value: signal[0] },
      { frame: Math.max(last, 1), isLeast: falls, value: signal[last] },
    ];
  }
  const [head, tail] = [points[0], points[points.length - 1]];
  const headStep = points.length > 1 ? points[1].frame - head.frame : Math.max(head.frame, 1);
  const tailStep =
    points.length > 1 ? tail.frame - points[points.length - 2].frame : Math.max(last - tail.frame, 1);
  return [
    {
      frame: Math.min(head.frame - headStep, 0),
      isLeast: !head.isLeast,
      value: points.length > 1 ? points[1].value : signal[0],
    },
    ...points,
    {
      frame: Math.max(tail.frame + tailStep, last + 1),
      isLeast: !tail.isLeast,
      value: points.length > 1 ? points[points.length - 2].value : signal[last],
    },
  ];
}

function onCircle(points: readonly TurningPoint[], frameCount: number): Float64Array {
  const out = new Float64Array(2 * frameCount);
  let k = 0;
  for (let f = 0; f < frameCount; f++) {
    while (k + 2 < points.length && f >= points[k + 1].frame) k++;
    const [a, b, c] = [points[k], points[k + 1], points[k + 2]];
    const share = (f - a.frame) / (b.frame - a.frame);
    const swing = Math.abs(b.value - a.value);
    const next = c ? Math.abs(c.value - b.value) : swing;
    const size = 1 + SWING_SHARE * (swing + (next - swing) * share);
    const angle = Math.PI * (share + (a.isLeast ? 0 : 1));
    out[2 * f] = size * Math.sin(angle);
    out[2 * f + 1] = size * Math.cos(angle);
  }
  return out;
}
