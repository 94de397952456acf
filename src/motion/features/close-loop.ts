import { legLength } from './leg-length.js';
import { type GroundMove, type MotionTrack, makeMotionTrack } from './motion-track.js';

/** Shorter clips are gestures, not cycles. */
const LEAST_SECONDS = 0.4;
/** Leg lengths by which the seam's steps may differ beside what the clip's own steps do. */
const SEAM_TOLERANCE = 0.005;

/**
 * The track as a loop: after its last frame it goes on with its first, moved and turned to where it stands. Nothing
 * where its end does not join its start.
 *
 * A last pose that repeats the first is dropped; where it is the one before the first instead, all stay. The end joins
 * the start where the steps across the seam differ from each other no more than the clip's own steps do, and by half a
 * percent of a leg beside: so neither pose nor velocity jumps there. The root is smoothed around the loop.
 *
 * @param vouched The clip is a loop whatever its seam looks like; the better of both ways is taken.
 */
export function closeLoop(track: MotionTrack, vouched = false): MotionTrack | undefined {
  const { frameCount, rateHz, roles, positions } = track;
  if (frameCount < 4 || (!vouched && frameCount < LEAST_SECONDS * rateHz)) return undefined;
  const seams = [frameCount - 1, frameCount].map((period) => seamOf(track, period));
  const [seam] = seams.sort((a, b) => a.roughness - b.roughness);
  if (!vouched && !isSmooth(track, seam)) return undefined;
  return looped(track, positions.subarray(0, 3 * roles.length * seam.period), seam);
}

/** No clip's own steps differ by this share of a leg, so a seam that does needs no second look. */
const ANY_ROUGHNESS = 0.25;

function isSmooth(track: MotionTrack, { roughness }: Seam): boolean {
  const leg = legLength(track);
  return roughness < ANY_ROUGHNESS * leg && roughness <= ownRoughness(track) + SEAM_TOLERANCE * leg;
}

interface Seam {
  readonly period: number;
  readonly move: GroundMove;
  /** Greatest difference of two steps that follow one another across the seam: root mean square over joints, metres. */
  readonly roughness: number;
}

/** How a loop of the first `period` frames goes on, and how rough its seam is. */
function seamOf({ positions, roles, frameCount }: MotionTrack, period: number): Seam {
  const stride = 3 * roles.length;
  const pose = (f: number): Float64Array => positions.subarray(f * stride, (f + 1) * stride);
  // Where the pose after the period is not in the clip, what its first and its last step say of it is weighed.
  const move =
    period < frameCount
      ? laidOn(pose(0), pose(period))
      : laidOn(
          joined(pose(0), stepped(pose(1), pose(0))),
          joined(stepped(pose(period - 2), pose(period - 1)), pose(period - 1)),
        );
  const [first, second] = [moved(pose(0), move), moved(pose(1), move)];
  return {
    period,
    move,
    roughness: Math.max(
      bend(pose(period - 2), pose(period - 1), first),
      bend(pose(period - 1), first, second),
    ),
  };
}

/** The pose that follows two by the same step once more. */
const stepped = (a: Float64Array, b: Float64Array): Float64Array => b.map((value, k) => 2 * value - a[k]);

const joined = (a: Float64Array, b: Float64Array): Float64Array => {
  const out = new Float64Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
};

/** Root mean square over joints of how the step a → b differs from the step b → c. */
function bend(a: Float64Array, b: Float64Array, c: Float64Array): number {
  let square = 0;
  for (let k = 0; k < a.length; k++) {
    const difference = c[k] - 2 * b[k] + a[k];
    square += difference * difference;
  }
  return Math.sqrt((3 * square) / a.length);
}

function ownRoughness({ positions, roles, frameCount }: MotionTrack): number {
  const stride = 3 * roles.length;
  const pose = (f: number): Float64Array => positions.subarray(f * stride, (f + 1) * stride);
  let roughest = 0;
  for (let f = 2; f < frameCount; f++) roughest = Math.max(roughest, bend(pose(f - 2), pose(f - 1), pose(f)));
  return roughest;
}

/** The move on the ground that brings one pose nearest to another (least squares over joints). */
function laidOn(from: Float64Array, to: Float64Array): GroundMove {
  const joints = from.length / 3;
  const mean = [0, 0, 0, 0];
  for (let k = 0; k < from.length; k += 3) {
    mean[0] += from[k] / joints;
    mean[1] += from[k + 2] / joints;
    mean[2] += to[k] / joints;
    mean[3] += to[k + 2] / joints;
  }
  let along = 0;
  let across = 0;
  for (let k = 0; k < from.length; k += 3) {
    const [x, z] = [from[k] - mean[0], from[k + 2] - mean[1]];
    const [u, v] = [to[k] - mean[2], to[k + 2] - mean[3]];
    along += x * u + z * v;
    across += z * u - x * v;
  }
  const size = Math.hypot(along, across);
  const [cos, sin] = size > 0 ? [along / size, across / size] : [1, 0];
  return {
    cos,
    sin,
    x: mean[2] - (cos * mean[0] + sin * mean[1]),
    z: mean[3] - (cos * mean[1] - sin * mean[0]),
  };
}

function moved(pose: Float64Array, { cos, sin, x, z }: GroundMove): Float64Array {
  const out = new Float64Array(pose.length);
  for (let k = 0; k < pose.length; k += 3) {
    out[k] = cos * pose[k] + sin * pose[k + 2] + x;
    out[k + 1] = pose[k + 1];
    out[k + 2] = cos * pose[k + 2] - sin * pose[k] + z;
  }
  return out;
}

/** Seconds around the seam that the smoothing of the root looks at. */
const SMOOTHING_SECONDS = 0.5;

function looped(track: MotionTrack, positions: Float64Array, { period, move }: Seam): MotionTrack {
  const { name, roles, rateHz, rotations, restRotations, rootJoint } = track;
  const stride = 3 * roles.length;
  const margin = Math.min(period, Math.ceil(SMOOTHING_SECONDS * rateHz) + 1);
  const backward = inverse(move);
  const around = new Float64Array((period + 2 * margin) * stride);
  around.set(positions, margin * stride);
  around.set(moved(positions.subarray((period - margin) * stride), backward));
  around.set(moved(positions.subarray(0, margin * stride), move), (margin + period) * stride);
  // A root that is a joint is nobody's to smooth.
  const root = rootJoint === undefined ? makeMotionTrack(name, roles, around, rateHz) : track;
  const first = rootJoint === undefined ? margin : 0;
  const own = (values: Float64Array): Float64Array => values.slice(first, first + period);
  return {
    ...track,
    frameCount: period,
    positions,
    rootX: own(root.rootX),
    rootZ: own(root.rootZ),
    facingX: own(root.facingX),
    facingZ: own(root.facingZ),
    ...(rotations &&
      restRotations && { rotations: rotations.subarray(0, 4 * roles.length * period), restRotations }),
    loop: move,
  };
}

function inverse({ cos, sin, x, z }: GroundMove): GroundMove {
  return { cos, sin: -sin, x: -(cos * x - sin * z), z: -(cos * z + sin * x) };
}
