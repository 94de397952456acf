import { type Clip, forwardKinematics, type WorldPose } from '../../clip/index.js';
import { GaitwayError } from '../../errors.js';
import { multiplyRows, rotateRow } from '../../math/quat-rows.js';

/**
 * World places and turns of every joint in every frame of a clip.
 *
 * | array       | shape               | unit             |
 * | ----------- | ------------------- | ---------------- |
 * | `positions` | [frames, joints, 3] | metres           |
 * | `rotations` | [frames, joints, 4] | unit quaternions |
 */
export interface WorldTrack {
  readonly jointCount: number;
  readonly frameCount: number;
  readonly positions: Float64Array;
  readonly rotations: Float64Array;
}

/**
 * World poses of a clip.
 *
 * @throws GaitwayError `retarget/not-finite` naming joint and frame where a place or turn is no number.
 */
export function worldTrack(clip: Clip): WorldTrack {
  const count = clip.skeleton.joints.length;
  const { frameCount } = clip;
  const track: WorldTrack = {
    jointCount: count,
    frameCount,
    positions: new Float64Array(3 * count * frameCount),
    rotations: new Float64Array(4 * count * frameCount),
  };
  for (let f = 0; f < frameCount; f++) {
    const row = count * f;
    forwardKinematics(clip.skeleton, clip.rotations, clip.translations, track, 4 * row, 3 * row, row);
    if (!isFiniteRow(track, row, count)) throw notFinite(poseOfTrack(track, f), clip, f);
  }
  return track;
}

function isFiniteRow({ positions, rotations }: WorldTrack, row: number, count: number): boolean {
  let sum = 0;
  for (let i = 3 * row; i < 3 * (row + count); i++) sum += positions[i];
  for (let i = 4 * row; i < 4 * (row + count); i++) sum += rotations[i];
  return Number.isFinite(sum);
}

/** A track turned about the vertical by `yaw` radians. */
export function turnedTrack(track: WorldTrack, yaw: number): WorldTrack {
  const turn = Float64Array.of(0, Math.sin(yaw / 2), 0, Math.cos(yaw / 2));
  const positions = new Float64Array(track.positions.length);
  const rotations = new Float64Array(track.rotations.length);
  for (let j = 0; j < track.frameCount * track.jointCount; j++) {
    rotateRow(turn, 0, track.positions, 3 * j, positions, 3 * j);
    multiplyRows(turn, 0, track.rotations, 4 * j, rotations, 4 * j);
  }
  return { ...track, positions, rotations };
}

/** Some frames of a track; the arrays are views, not copies. */
export const partOfTrack = (track: WorldTrack, first: number, frameCount: number): WorldTrack => ({
  jointCount: track.jointCount,
  frameCount,
  positions: track.positions.subarray(
    3 * track.jointCount * first,
    3 * track.jointCount * (first + frameCount),
  ),
  rotations: track.rotations.subarray(
    4 * track.jointCount * first,
    4 * track.jointCount * (first + frameCount),
  ),
});

/** One frame of a track as a pose; the arrays are views, not copies. */
export const poseOfTrack = (track: WorldTrack, frame: number): WorldPose => ({
  positions: track.positions.subarray(3 * track.jointCount * frame, 3 * track.jointCount * (frame + 1)),
  rotations: track.rotations.subarray(4 * track.jointCount * frame, 4 * track.jointCount * (frame + 1)),
});

/** Tells which joint of a pose is no number. */
function notFinite({ positions, rotations }: WorldPose, clip: Clip, frame: number): GaitwayError {
  const odd = clip.skeleton.joints.findIndex(
    (_, j) =>
      !positions.subarray(3 * j, 3 * j + 3).every(Number.isFinite) ||
      !rotations.subarray(4 * j, 4 * j + 4).every(Number.isFinite),
  );
  const joint = clip.skeleton.joints[odd]?.name ?? '';
  return new GaitwayError(
    'retarget/not-finite',
    `${clip.source.file || clip.name}: "${joint}" has no finite place or turn at frame ${frame}; the clip is damaged there.`,
    { file: clip.source.file, joint, frame },
  );
}

/** How much longer or shorter than the source's the target's ways are. */
export interface TravelScale {
  readonly horizontal: number;
  readonly vertical: number;
}

const AS_IT_IS: TravelScale = { horizontal: 1, vertical: 1 };

/** The way of one joint, scaled, [frames, 3]. */
export function pathOf(track: WorldTrack, joint: number, scale: TravelScale = AS_IT_IS): Float64Array {
  const path = new Float64Array(3 * track.frameCount);
  for (let f = 0; f < track.frameCount; f++) {
    const at = 3 * (f * track.jointCount + joint);
    path[3 * f] = track.positions[at] * scale.horizontal;
    path[3 * f + 1] = track.positions[at + 1] * scale.vertical;
    path[3 * f + 2] = track.positions[at + 2] * scale.horizontal;
  }
  return path;
}
