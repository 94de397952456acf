import { type Clip, jointIndex, rateFromHz } from '../clip/index.js';
import { GaitwayError } from '../errors.js';
import { type MotionTrack, type PoseLimits, poseLimits, type SavedEncoder } from '../motion/index.js';
import { type Failure, failureOf } from './failure.js';
import { motionTrackOfClip, type RoleNames } from './motion-track-of-file.js';
import { type ClipWarning, namedClips } from './named-clips.js';
import { openClip } from './open-clip.js';

/** A clip as an encoder sees it. */
export interface ExplainedClip {
  readonly name: string;
  readonly file: string;
  readonly track: MotionTrack;
  readonly boneMap: RoleNames;
}

export interface ExplainedClips {
  readonly clips: readonly ExplainedClip[];
  readonly failed: readonly ({ readonly clip: string } & Failure)[];
  readonly warnings: readonly ClipWarning[];
  /** How far the joints of a bone map turn in the clips that have it; in the map's order. */
  limitsOf(boneMap: RoleNames): PoseLimits;
}

/** Poses of one clip that limits are learned from, at most. */
const MOST_POSES = 200;

/**
 * Opens clips at an encoder's rate. One that cannot be opened is told and the others go on.
 *
 * @throws GaitwayError `explain/cancelled`, those of `namedClips`, and `clips/none` where no clip could be opened.
 */
export async function explainedClips(
  paths: readonly string[],
  { encoder, boneMaps }: SavedEncoder,
  onProgress: (done: number, total: number, what: string) => void,
  signal?: AbortSignal,
): Promise<ExplainedClips> {
  const named = await namedClips(paths);
  const clips: ExplainedClip[] = [];
  const failed: ({ clip: string } & Failure)[] = [];
  const warnings: ClipWarning[] = [];
  const poses = new Map<string, number[]>();
  for (const { name, file } of named) {
    if (signal?.aborted)
      throw new GaitwayError('explain/cancelled', 'Explaining was stopped; nothing was written.');
    onProgress(clips.length + failed.length, named.length, name);
    try {
      const clip = await openClip(file, { rate: rateFromHz(encoder.plan.rateHz) });
      const opened = motionTrackOfClip(clip, { name, boneMaps, roles: encoder.plan.roles });
      clips.push({ name, file, track: opened.track, boneMap: opened.boneMap });
      warnings.push(...opened.warnings.map((warning) => ({ clip: name, ...warning })));
      addPoses(clip, opened.boneMap, poses);
    } catch (error) {
      failed.push({ clip: file, ...failureOf(error) });
    }
  }
  if (clips.length === 0) {
    const [first] = failed;
    throw new GaitwayError(first.code, first.message);
  }
  return {
    clips,
    failed,
    warnings,
    limitsOf: (boneMap) =>
      poseLimits(Float64Array.from(poses.get(keyOf(boneMap)) ?? []), Object.keys(boneMap).length),
  };
}

const keyOf = (boneMap: RoleNames): string => JSON.stringify(boneMap);

function addPoses(clip: Clip, boneMap: RoleNames, poses: Map<string, number[]>): void {
  const known = poses.get(keyOf(boneMap)) ?? [];
  poses.set(keyOf(boneMap), known);
  const joints = Object.values(boneMap).map((joint) => jointIndex(clip.skeleton, joint));
  const count = clip.skeleton.joints.length;
  const stride = Math.max(1, Math.ceil(clip.frameCount / MOST_POSES));
  for (let f = 0; f < clip.frameCount; f += stride)
    for (const joint of joints)
      for (let k = 0; k < 4; k++) known.push(clip.rotations[4 * (f * count + joint) + k]);
}
