import type { InputPlan } from '../encoder/inputs.js';
import { around, type PathPoint, pathPoint } from '../encoder/seen-from-root.js';
import type { MotionTrack } from '../features/motion-track.js';

/** Derivatives of a number by where joints and root are, in every frame of a track; summed into. */
export interface TrackGradient {
  /** [frames, joints, 3], world. */
  readonly positions: Float64Array;
  /** [frames] */
  readonly rootX: Float64Array;
  readonly rootZ: Float64Array;
  /** By the angle of the root's facing about the vertical, radians: [frames]. */
  readonly rootYaw: Float64Array;
}

export const makeTrackGradient = ({ positions, frameCount }: MotionTrack): TrackGradient => ({
  positions: new Float64Array(positions.length),
  rootX: new Float64Array(frameCount),
  rootZ: new Float64Array(frameCount),
  rootYaw: new Float64Array(frameCount),
});

/**
 * The way back of `writeInput`: what a number's derivatives by an input row say of the track it was made of.
 *
 * Between frames facings are taken as turning at constant speed.
 *
 * @param gradient By the columns of `inputBlocks`, unscaled.
 */
export function addInputGradient(
  track: MotionTrack,
  frame: number,
  plan: InputPlan,
  gradient: ArrayLike<number>,
  out: TrackGradient,
): void {
  const width = 3 * plan.roles.length;
  addPose(track, frame, 0, gradient, 0, out);
  addVelocity(track, frame, gradient, width, out);
  let at = 2 * width;
  for (const [times, sign] of [
    [plan.pathAhead, 1],
    [plan.pathBehind, -1],
  ] as const) {
    for (let k = 0; k < times.length; k++)
      addPath(track, frame, sign * times[k], gradient, at + 2 * k, at + 2 * (times.length + k), out);
    at += 4 * times.length;
  }
  for (const seconds of plan.poseBehind) {
    addPose(track, frame, -seconds, gradient, at, out);
    at += width;
  }
}

function addPose(
  track: MotionTrack,
  frame: number,
  seconds: number,
  g: ArrayLike<number>,
  at: number,
  out: TrackGradient,
): void {
  const { positions, rootX, rootZ, facingX, facingZ } = track;
  const width = 3 * track.roles.length;
  const [low, high, share] = around(track, frame, seconds);
  const [fx, fz] = [facingX[frame], facingZ[frame]];
  for (let k = 0; k < width; k += 3) {
    const [a, b] = [low * width + k, high * width + k];
    const dx = positions[a] + (positions[b] - positions[a]) * share - rootX[frame];
    const dz = positions[a + 2] + (positions[b + 2] - positions[a + 2]) * share - rootZ[frame];
    const [gx, gy, gz] = [g[at + k], g[at + k + 1], g[at + k + 2]];
    const [wx, wz] = [gx * fz + gz * fx, gz * fz - gx * fx];
    out.positions[a] += wx * (1 - share);
    out.positions[a + 1] += gy * (1 - share);
    out.positions[a + 2] += wz * (1 - share);
    out.positions[b] += wx * share;
    out.positions[b + 1] += gy * share;
    out.positions[b + 2] += wz * share;
    out.rootX[frame] -= wx;
    out.rootZ[frame] -= wz;
    out.rootYaw[frame] += gz * (dx * fz - dz * fx) - gx * (dx * fx + dz * fz);
  }
}

function addVelocity(
  { positions, facingX, facingZ, frameCount, rateHz, roles }: MotionTrack,
  frame: number,
  g: ArrayLike<number>,
  at: number,
  out: TrackGradient,
): void {
  const width = 3 * roles.length;
  const before = Math.max(frame - 1, 0);
  const after = Math.min(frame + 1, frameCount - 1);
  const perSecond = after > before ? rateHz / (after - before) : 0;
  const [fx, fz] = [facingX[frame], facingZ[frame]];
  for (let k = 0; k < width; k += 3) {
    const [a, b] = [before * width + k, after * width + k];
    const vx = (positions[b] - positions[a]) * perSecond;
    const vz = (positions[b + 2] - positions[a + 2]) * perSecond;
    const [gx, gy, gz] = [g[at + k], g[at + k + 1], g[at + k + 2]];
    const world = [gx * fz + gz * fx, gy, gz * fz - gx * fx];
    for (let axis = 0; axis < 3; axis++) {
      out.positions[b + axis] += world[axis] * perSecond;
      out.positions[a + axis] -= world[axis] * perSecond;
    }
    out.rootYaw[frame] += gz * (vx * fz - vz * fx) - gx * (vx * fx + vz * fz);
  }
}

function addPath(
  track: MotionTrack,
  frame: number,
  seconds: number,
  g: ArrayLike<number>,
  placeAt: number,
  facingAt: number,
  out: TrackGradient,
): void {
  const [low, high, share] = around(track, frame, seconds);
  const [fx, fz] = [track.facingX[frame], track.facingZ[frame]];
  const point: PathPoint = { x: 0, z: 0, facingX: 0, facingZ: 1 };
  pathPoint(track, frame, seconds, point);
  const [gx, gz] = [g[placeAt], g[placeAt + 1]];
  const [wx, wz] = [gx * fz + gz * fx, gz * fz - gx * fx];
  const turn = g[facingAt] * point.facingZ - g[facingAt + 1] * point.facingX;
  for (const [f, part] of [
    [low, 1 - share],
    [high, share],
  ]) {
    out.rootX[f] += wx * part;
    out.rootZ[f] += wz * part;
    out.rootYaw[f] += turn * part;
  }
  out.rootX[frame] -= wx;
  out.rootZ[frame] -= wz;
  out.rootYaw[frame] += gz * point.x - gx * point.z - turn;
}
