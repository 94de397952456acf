import { wrapAngle } from '../../math/springs.js';
import type { MotionDatabase } from '../database/database.js';

/** A place on the ground and a heading: the angle from +Z towards +X, radians. */
export interface GroundPose {
  x: number;
  z: number;
  yaw: number;
}

/**
 * Cubic weights (Catmull–Rom) of the four samples round a place `t` of the way from the second to the third.
 *
 * Where there is no first or no fourth, what lies straight on stands for it and its weight is 0.
 *
 * @see E. Catmull, R. Rom, "A Class of Local Interpolating Splines" (1974).
 */
export function cubicWeights(t: number, hasFirst: boolean, hasFourth: boolean, out: Float64Array): void {
  const t2 = t * t;
  const t3 = t2 * t;
  out[0] = 0.5 * (-t + 2 * t2 - t3);
  out[1] = 0.5 * (2 - 5 * t2 + 3 * t3);
  out[2] = 0.5 * (t + 4 * t2 - 3 * t3);
  out[3] = 0.5 * (-t2 + t3);
  if (!hasFirst) {
    out[1] += 2 * out[0];
    out[2] -= out[0];
    out[0] = 0;
  }
  if (!hasFourth) {
    out[2] += 2 * out[3];
    out[1] -= out[3];
    out[3] = 0;
  }
}

/** Reads the root of a database's clips at any place in frames, smoothly between them. */
export interface RootPath {
  /** Writes the root of clip `clip` at `frame` (any number; held at the clip's ends) to `out`, in the clip's world. */
  at(clip: number, frame: number, out: GroundPose): void;
  /**
   * Writes how the root moves from `from` to `to` (frames of one clip; beyond its ends its first and last step go
   * on) to `out`: left, ahead and turn, seen from the root at `from`.
   */
  step(clip: number, from: number, to: number, out: GroundPose): void;
}

export function makeRootPath({ roots, clips }: Pick<MotionDatabase, 'roots' | 'clips'>): RootPath {
  const w = new Float64Array(4);
  const here: GroundPose = { x: 0, z: 0, yaw: 0 };
  const there: GroundPose = { x: 0, z: 0, yaw: 0 };

  const at = (clip: number, frame: number, out: GroundPose): void => {
    const { start, frameCount } = clips[clip];
    const last = frameCount - 1;
    const place = Math.min(Math.max(frame, 0), last);
    const low = Math.min(Math.floor(place), Math.max(last - 1, 0));
    cubicWeights(place - low, low > 0, low + 2 <= last, w);
    let [x, z, u, v] = [0, 0, 0, 0];
    for (let k = 0; k < 4; k++) {
      const row = 4 * (start + Math.min(Math.max(low + k - 1, 0), last));
      x += w[k] * roots[row];
      z += w[k] * roots[row + 1];
      u += w[k] * roots[row + 2];
      v += w[k] * roots[row + 3];
    }
    out.x = x;
    out.z = z;
    out.yaw = Math.atan2(u, v);
  };

  const step = (clip: number, from: number, to: number, out: GroundPose): void => {
    const last = clips[clip].frameCount - 1;
    const size = to - from;
    // Beyond the ends the first or last step of that size stands for what is not there.
    const start = Math.max(0, Math.min(from, last - size));
    at(clip, start, here);
    at(clip, Math.min(start + size, last), there);
    const [sin, cos] = [Math.sin(here.yaw), Math.cos(here.yaw)];
    const x = there.x - here.x;
    const z = there.z - here.z;
    out.x = x * cos - z * sin;
    out.z = x * sin + z * cos;
    out.yaw = wrapAngle(there.yaw - here.yaw);
  };

  return { at, step };
}
