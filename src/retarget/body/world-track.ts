import type { Clip, WorldPose } from '../../clip/index.js';
import { GaitwayError } from '../../errors.js';
import { BLOCK_FRAMES } from '../../kernels/pose-block.js';
import { multiplyRows, rotateRow } from '../../math/quat-rows.js';
import { makePoseKernels } from './pose-kernels.js';

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
 * World poses of a clip, whose skeleton is the source of `kernels`.
 *
 * @throws GaitwayError `retarget/not-finite` naming joint and frame where a place or turn is no number.
 */
export function worldTrack(clip: Clip, kernels = makePoseKernels(clip.skeleton.joints.length)): WorldTrack {
  const { block } = kernels;
  const count = clip.skeleton.joints.length;
  const { frameCount } = clip;
  const track: WorldTrack = {
    jointCount: count,
    frameCount,
    positions: new Float64Array(3 * count * frameCount),
    rotations: new Float64Array(4 * count * frameCount),
  };
  clip.skeleton.joints.forEach(({ parent }, j) => {
    block.parents[j] = parent;
  });
  for (let first = 0; first < frameCount; first += BLOCK_FRAMES) {
    const frames = Math.min(BLOCK_FRAMES, frameCount - first);
    const [at4, at3] = [4 * count * first, 3 * count * first];
    const [length4, length3] = [4 * count * frames, 3 * count * frames];
    block.sourceLocalTurns.set(clip.rotations.subarray(at4, at4 + length4));
    block.sourceLocalPlaces.set(clip.translations.subarray(at3, at3 + length3));
    const isWhole = kernels.worldPoses(frames);
    track.rotations.set(block.sourceTurns.subarray(0, length4), at4);
    track.positions.set(block.sourcePlaces.subarray(0, length3), at3);
    if (!isWhole) refuseOddRow(track, clip, count * first, count * (first + frames));
  }
  return track;
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

/** Tells which of a track's rows, joint and frame, is no number; where only their sum is too large for one, none is. */
function refuseOddRow(track: WorldTrack, clip: Clip, first: number, end: number): void {
  const isFiniteRow = (values: Float64Array, row: number, width: number): boolean =>
    values.subarray(width * row, width * (row + 1)).every(Number.isFinite);
  for (let row = first; row < end; row++) {
    if (isFiniteRow(track.positions, row, 3) && isFiniteRow(track.rotations, row, 4)) continue;
    const frame = Math.floor(row / track.jointCount);
    const joint = clip.skeleton.joints[row % track.jointCount].name;
    throw new GaitwayError(
      'retarget/not-finite',
      `${clip.source.file || clip.name}: "${joint}" has no finite place or turn at frame ${frame}; the clip is damaged there.`,
      { file: clip.source.file, joint, frame },
    );
  }
}

/** How much longer or shorter than the source's the target's ways are. */
export interface TravelScale {
  readonly horizontal: number;
  readonly vertical: number;
}

const AS_IT_IS: TravelScale = { horizontal: 1, vertical: 1 };

/** The way of one joint, scaled, [frames, 3]. */
export function pathOf(
  track: Pick<WorldTrack, 'positions' | 'jointCount' | 'frameCount'>,
  joint: number,
  scale: TravelScale = AS_IT_IS,
): Float64Array {
  const path = new Float64Array(3 * track.frameCount);
  for (let f = 0; f < track.frameCount; f++) {
    const at = 3 * (f * track.jointCount + joint);
    path[3 * f] = track.positions[at] * scale.horizontal;
    path[3 * f + 1] = track.positions[at + 1] * scale.vertical;
    path[3 * f + 2] = track.positions[at + 2] * scale.horizontal;
  }
  return path;
}
