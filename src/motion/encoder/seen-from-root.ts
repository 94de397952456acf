import type { MotionTrack } from '../features/motion-track.js';

/** Where the root is and where it faces, seen from the root of another moment: x left, z forward, metres. */
export interface PathPoint {
  x: number;
  z: number;
  facingX: number;
  facingZ: number;
}

/** Times within this share of a frame of one are that frame. */
const ON_A_FRAME = 1e-6;

/** The frames around `seconds` after `frame` and the share of the second; held at both ends of the clip. */
export function around(track: MotionTrack, frame: number, seconds: number): [number, number, number] {
  const place = Math.min(Math.max(frame + seconds * track.rateHz, 0), track.frameCount - 1);
  const low = Math.floor(place + ON_A_FRAME);
  const share = place - low;
  return share > ON_A_FRAME ? [low, low + 1, share] : [low, low, 0];
}

/**
 * Writes the joints `seconds` after `frame`, seen from the root of `frame`, to `out[at …]`: [joints, 3], metres.
 *
 * Between frames joints move in straight lines; beyond the clip's ends its first or last pose is taken.
 */
export function writePose(
  track: MotionTrack,
  frame: number,
  seconds: number,
  out: Float64Array,
  at: number,
): void {
  const { positions, rootX, rootZ, facingX, facingZ } = track;
  const width = 3 * track.roles.length;
  const [low, high, share] = around(track, frame, seconds);
  const fx = facingX[frame];
  const fz = facingZ[frame];
  for (let k = 0; k < width; k += 3) {
    const a = low * width + k;
    const b = high * width + k;
    const dx = positions[a] + (positions[b] - positions[a]) * share - rootX[frame];
    const dz = positions[a + 2] + (positions[b + 2] - positions[a + 2]) * share - rootZ[frame];
    out[at + k] = dx * fz - dz * fx;
    out[at + k + 1] = positions[a + 1] + (positions[b + 1] - positions[a + 1]) * share;
    out[at + k + 2] = dx * fx + dz * fz;
  }
}

/**
 * Writes the joints' world velocities at `frame`, turned into its root frame, to `out[at …]`: [joints, 3], m/s.
 *
 * Central difference over the frames beside it; one-sided at the clip's ends, zero in a one-frame clip.
 */
export function writeVelocity(track: MotionTrack, frame: number, out: Float64Array, at: number): void {
  const { positions, facingX, facingZ, frameCount, rateHz } = track;
  const width = 3 * track.roles.length;
  const before = Math.max(frame - 1, 0);
  const after = Math.min(frame + 1, frameCount - 1);
  const perSecond = after > before ? rateHz / (after - before) : 0;
  const fx = facingX[frame];
  const fz = facingZ[frame];
  for (let k = 0; k < width; k += 3) {
    const a = before * width + k;
    const b = after * width + k;
    const vx = (positions[b] - positions[a]) * perSecond;
    const vz = (positions[b + 2] - positions[a + 2]) * perSecond;
    out[at + k] = vx * fz - vz * fx;
    out[at + k + 1] = (positions[b + 1] - positions[a + 1]) * perSecond;
    out[at + k + 2] = vx * fx + vz * fz;
  }
}

/**
 * The root `seconds` after `frame` (before it where negative), seen from the root of `frame`.
 *
 * Beyond the clip's ends it walks on with the speed of the last step, facing as at the end.
 */
export function pathPoint(track: MotionTrack, frame: number, seconds: number, out: PathPoint): PathPoint {
  const { rootX, rootZ, facingX, facingZ } = track;
  const [low, high, share] = around(track, frame, seconds);
  const fx = facingX[frame];
  const fz = facingZ[frame];
  const last = track.frameCount - 1;
  const place = frame + seconds * track.rateHz;
  const beyond = last > 0 ? place - Math.min(Math.max(place, 0), last) : 0;
  const step = beyond < 0 ? 0 : Math.max(0, last - 1);
  const walked = (root: Float64Array): number =>
    root[low] +
    (root[high] - root[low]) * share -
    root[frame] +
    (beyond === 0 ? 0 : beyond * (root[step + 1] - root[step]));
  const dx = walked(rootX);
  const dz = walked(rootZ);
  const wx = facingX[low] + (facingX[high] - facingX[low]) * share;
  const wz = facingZ[low] + (facingZ[high] - facingZ[low]) * share;
  const size = Math.hypot(wx, wz) || 1;
  out.x = dx * fz - dz * fx;
  out.z = dx * fx + dz * fz;
  out.facingX = (wx * fz - wz * fx) / size;
  out.facingZ = (wx * fx + wz * fz) / size;
  return out;
}
