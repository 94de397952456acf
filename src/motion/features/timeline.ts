import type { MotionTrack } from './motion-track.js';

/** A vector that changes over a timeline: frame f at `margin + f`. */
export interface Series {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
}

/**
 * A motion track that goes on beyond both ends by `margin` frames.
 *
 * A looping track goes on with its other end, moved and turned to where it stands. Any other walks on straight,
 * with the speed of its last step, in the pose and facing of its last frame (and likewise backward).
 */
export interface Timeline {
  readonly track: MotionTrack;
  readonly frameCount: number;
  readonly margin: number;
  /** Where the root stands; its height is 0. */
  readonly root: Series;
  /** Where the root faces, a unit vector on the ground. */
  readonly facing: Series;
  /** Where a joint is, in the world. */
  readonly joint: (key: string) => Series;
  /** The same, but beyond the ends the joint goes on as in its own last step; as `joint` where the track loops. */
  readonly running: (key: string) => Series;
  /** One of a joint's own axes, a unit vector in the world. */
  readonly axis: (key: string, axis: 'x' | 'y' | 'z') => Series;
}

/**
 * Lays a track out on a timeline; series of joints are made when they are first asked for.
 *
 * `joint` and its kin take keys that the track has; `axis` needs the track's rotations.
 */
export function makeTimeline(track: MotionTrack, margin: number): Timeline {
  const { frameCount, rootX, rootZ, facingX, facingZ } = track;
  const length = frameCount + 2 * margin;
  const series = (): Series => ({
    x: new Float64Array(length),
    y: new Float64Array(length),
    z: new Float64Array(length),
  });
  const cache = new Map<string, Series>();
  const cached = (name: string, make: () => Series): Series => {
    const known = cache.get(name);
    if (known) return known;
    const made = make();
    cache.set(name, made);
    return made;
  };

  const root = series();
  root.x.set(rootX, margin);
  root.z.set(rootZ, margin);
  goOn(root, track, margin, 'step');
  const facing = series();
  facing.x.set(facingX, margin);
  facing.z.set(facingZ, margin);
  goOn(facing, track, margin, 'stay');

  const placed = (key: string): Series => {
    const own = series();
    const stride = 3 * track.roles.length;
    const { positions } = track;
    for (let f = 0, at = 3 * track.roles.indexOf(key); f < frameCount; f++, at += stride) {
      own.x[margin + f] = positions[at];
      own.y[margin + f] = positions[at + 1];
      own.z[margin + f] = positions[at + 2];
    }
    return own;
  };
  return {
    track,
    frameCount,
    margin,
    root,
    facing,
    joint: (key) =>
      cached(key, () => {
        const own = placed(key);
        goOn(own, track, margin, 'root');
        return own;
      }),
    running: (key) =>
      cached(`running ${key}`, () => {
        const own = placed(key);
        goOn(own, track, margin, 'step');
        return own;
      }),
    axis: (key, axis) =>
      cached(`${axis} of ${key}`, () => {
        const own = series();
        writeAxis(track, key, axis, margin, own);
        goOn(own, track, margin, 'stay');
        return own;
      }),
  };
}

/**
 * Fills a series beyond its ends: with its own last step, with the root's, or with the end itself. A looping track
 * goes on with its other end instead, moved as a place (`step`, `root`) or turned as a direction (`stay`).
 */
function goOn(series: Series, track: MotionTrack, margin: number, how: 'step' | 'root' | 'stay'): void {
  const { frameCount, loop, rootX, rootZ } = track;
  const { x, y, z } = series;
  const first = margin;
  const last = margin + frameCount - 1;
  if (loop) {
    const { cos, sin } = loop;
    const [byX, byZ] = how === 'stay' ? [0, 0] : [loop.x, loop.z];
    for (let k = 1; k <= margin; k++) {
      const from = last + k - frameCount;
      x[last + k] = cos * x[from] + sin * z[from] + byX;
      y[last + k] = y[from];
      z[last + k] = cos * z[from] - sin * x[from] + byZ;
    }
    for (let k = 1; k <= margin; k++) {
      const from = first - k + frameCount;
      const [atX, atZ] = [x[from] - byX, z[from] - byZ];
      x[first - k] = cos * atX - sin * atZ;
      y[first - k] = y[from];
      z[first - k] = cos * atZ + sin * atX;
    }
    return;
  }
  const next = Math.min(first + 1, last);
  const before = Math.max(last - 1, first);
  const ownStep = (values: Float64Array, at: number, to: number): number =>
    how === 'step' ? values[to] - values[at] : 0;
  const rootStep = (values: Float64Array, at: number, to: number): number =>
    how === 'root' ? values[to - margin] - values[at - margin] : 0;
  const begin = [
    ownStep(x, first, next) + rootStep(rootX, first, next),
    ownStep(y, first, next),
    ownStep(z, first, next) + rootStep(rootZ, first, next),
  ];
  const end = [
    ownStep(x, before, last) + rootStep(rootX, before, last),
    ownStep(y, before, last),
    ownStep(z, before, last) + rootStep(rootZ, before, last),
  ];
  for (let k = 1; k <= margin; k++) {
    x[first - k] = x[first] - k * begin[0];
    y[first - k] = y[first] - k * begin[1];
    z[first - k] = z[first] - k * begin[2];
    x[last + k] = x[last] + k * end[0];
    y[last + k] = y[last] + k * end[1];
    z[last + k] = z[last] + k * end[2];
  }
}

/** Writes the world direction of a joint's axis: that column of its rotation matrix. */
function writeAxis(
  { rotations, roles, frameCount }: MotionTrack,
  key: string,
  axis: 'x' | 'y' | 'z',
  margin: number,
  out: Series,
): void {
  const r = rotations as Float64Array;
  const stride = 4 * roles.length;
  for (let f = 0, at = 4 * roles.indexOf(key); f < frameCount; f++, at += stride) {
    const [x, y, z, w] = [r[at], r[at + 1], r[at + 2], r[at + 3]];
    if (axis === 'x') {
      out.x[margin + f] = 1 - 2 * (y * y + z * z);
      out.y[margin + f] = 2 * (x * y + w * z);
      out.z[margin + f] = 2 * (x * z - w * y);
    } else if (axis === 'y') {
      out.x[margin + f] = 2 * (x * y - w * z);
      out.y[margin + f] = 1 - 2 * (x * x + z * z);
      out.z[margin + f] = 2 * (y * z + w * x);
    } else {
      out.x[margin + f] = 2 * (x * z + w * y);
      out.y[margin + f] = 2 * (y * z - w * x);
      out.z[margin + f] = 1 - 2 * (x * x + y * y);
    }
  }
}

/** A place in frames this close to a whole one is that frame: 0.7 s at 30 Hz is 21, not 20.999… */
const WHOLE_FRAME = 1e-9;

/** Whether a place in frames is a whole one. */
export const isWhole = (place: number): boolean => place - Math.floor(place + WHOLE_FRAME) <= WHOLE_FRAME;

/**
 * `count` values of a series from a place on (any number, from the array's start): a view where the place is a
 * whole frame, else new values on straight lines between frames.
 */
export function valuesFrom(values: Float64Array, place: number, count: number): Float64Array {
  const low = Math.floor(place + WHOLE_FRAME);
  if (isWhole(place)) return values.subarray(low, low + count);
  const share = place - low;
  const out = new Float64Array(count);
  for (let f = 0; f < count; f++) {
    const a = values[low + f];
    out[f] = a + (values[low + f + 1] - a) * share;
  }
  return out;
}
