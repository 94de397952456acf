import { type Clip, forwardKinematics, type WorldPose } from '../clip/index.js';

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

export function worldTrack(clip: Clip): WorldTrack {
  const count = clip.skeleton.joints.length;
  const positions = new Float64Array(3 * count * clip.frameCount);
  const rotations = new Float64Array(4 * count * clip.frameCount);
  const pose: WorldPose = {
    positions: new Float64Array(3 * count),
    rotations: new Float64Array(4 * count),
  };
  for (let f = 0; f < clip.frameCount; f++) {
    forwardKinematics(clip.skeleton, clip.rotations, clip.translations, pose, 4 * count * f, 3 * count * f);
    positions.set(pose.positions, 3 * count * f);
    rotations.set(pose.rotations, 4 * count * f);
  }
  return { jointCount: count, frameCount: clip.frameCount, positions, rotations };
}

/** One frame of a track as a pose; the arrays are views, not copies. */
export const poseOfTrack = (track: WorldTrack, frame: number): WorldPose => ({
  positions: track.positions.subarray(3 * track.jointCount * frame, 3 * track.jointCount * (frame + 1)),
  rotations: track.rotations.subarray(4 * track.jointCount * frame, 4 * track.jointCount * (frame + 1)),
});
