import { GaitwayError } from '../../errors.js';
import { writeBlock } from './block-writer.js';
import { type FeatureLayout, jointsOf, looksAtRotations, reachOf } from './layout.js';
import type { MotionTrack } from './motion-track.js';
import { makeTimeline } from './timeline.js';
import { missingJoints } from './validate-schema.js';

/**
 * Feature rows of one clip, not normalised.
 *
 * | array   | shape               | meaning                                               |
 * | ------- | ------------------- | ----------------------------------------------------- |
 * | `rows`  | [frames, dimension] | metres, metres per second, unit vectors; all finite    |
 * | `valid` | [frames]            | 1 where a search may answer with the frame             |
 */
export interface FeatureRows {
  readonly frameCount: number;
  readonly dimension: number;
  readonly rows: Float32Array;
  readonly valid: Uint8Array;
}

/**
 * Which frames of a clip may be answered with, where it does not loop.
 *
 * - `mask`: those whose row looks nowhere beyond the clip.
 * - `extrapolate`: all; the path walks on straight beyond the ends.
 * - `unreal`: all but the last 0.3 s, as Unreal has it.
 */
export type ClipEnds = 'mask' | 'extrapolate' | 'unreal';

export interface ExtractOptions {
  /** `mask` by default. */
  readonly ends?: ClipEnds;
}

/** Seconds at the end of a clip that Unreal leaves out (ExcludeFromDatabaseParameters 0, −0.3). */
const UNREAL_LEFT_OUT = 0.3;

/**
 * Feature rows of every frame of a track, all seen from the root of that frame: x left, y up, z forward.
 *
 * Beyond its ends a looping track goes on with its other end and every frame is valid; any other walks on straight
 * in the pose of its last frame, and `ends` says which frames are valid. Nothing is ever read from another clip.
 *
 * @throws GaitwayError `motion/missing-role` where the schema asks for joints that the track lacks,
 *   `motion/other-root` where its root is another than the track's, `motion/no-rotations` where it asks how they are turned and the track does not say,
 *   `motion/not-finite` where a joint's place is no number.
 */
export function extractFeatures(
  track: MotionTrack,
  layout: FeatureLayout,
  { ends = 'mask' }: ExtractOptions = {},
): FeatureRows {
  checkJoints(track, layout);
  checkRoot(track, layout);
  checkFinite(track);
  const { frameCount, rateHz, loop } = track;
  const { dimension, velocityOver } = layout;
  const rows = new Float32Array(frameCount * dimension);
  const { past, future } = reachOf(layout, rateHz);
  const timeline = makeTimeline(track, Math.max(past, future) + 1);
  for (const block of layout.blocks) writeBlock(timeline, block, velocityOver, dimension, rows);

  const valid = new Uint8Array(frameCount);
  if (loop || ends === 'extrapolate') valid.fill(1);
  else if (ends === 'unreal')
    valid.fill(1, 0, Math.max(0, Math.floor(frameCount - UNREAL_LEFT_OUT * rateHz + 1e-6)));
  else if (frameCount > past + future) valid.fill(1, past, frameCount - future);
  return { frameCount, dimension, rows, valid };
}

function checkJoints(track: MotionTrack, layout: FeatureLayout): void {
  const missing = missingJoints(jointsOf(layout), track.roles);
  if (missing.length > 0) {
    throw new GaitwayError(
      'motion/missing-role',
      `${track.name}: the feature schema asks for the ${missing.join(', ')}, which this skeleton's bone map lacks (it has ${track.roles.join(', ')}); add them to the map or take them out of the schema.`,
      { clip: track.name, missing, roles: track.roles },
    );
  }
  if (track.rotations || !looksAtRotations(layout)) return;
  throw new GaitwayError(
    'motion/no-rotations',
    `${track.name}: the feature schema asks how joints are turned, but this motion track holds only where they are; make it with rotations.`,
    { clip: track.name },
  );
}

function checkRoot(track: MotionTrack, layout: FeatureLayout): void {
  if (track.rootJoint === layout.rootJoint) return;
  const called = (joint: string | undefined): string =>
    joint === undefined ? 'a root that is found from the body' : `the joint "${joint}" for its root`;
  throw new GaitwayError(
    'motion/other-root',
    `${track.name} was made with ${called(track.rootJoint)}, and the feature schema wants ${called(layout.rootJoint)}; make the motion track for this schema.`,
    { clip: track.name, rootJoint: track.rootJoint, wanted: layout.rootJoint },
  );
}

function checkFinite({ positions, roles, name }: MotionTrack): void {
  for (let i = 0; i < positions.length; i++) {
    // x − x is NaN for NaN and for infinity, and needs no call.
    if (positions[i] - positions[i] === 0) continue;
    const frame = Math.floor(i / (3 * roles.length));
    const joint = roles[Math.floor(i / 3) % roles.length];
    throw new GaitwayError(
      'motion/not-finite',
      `${name}: the ${joint} has no finite place at frame ${frame}; the clip is damaged there.`,
      { clip: name, role: joint, frame },
    );
  }
}
