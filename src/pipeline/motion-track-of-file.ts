import {
  BODY_ROLES,
  type Clip,
  jointIndex,
  rateFromHz,
  type Skeleton,
  worldPoseOfFrame,
} from '../clip/index.js';
import type { Warning } from '../errors.js';
import { type MotionTrack, trackOfClip } from '../motion/index.js';
import { characterise } from '../retarget/index.js';
import { openClip } from './open-clip.js';

/** Joint names by role. */
export type RoleNames = Readonly<Record<string, string>>;

export interface TrackOptions {
  readonly rateHz: number;
  /** What the clip is called in messages and outputs; its path by default. */
  readonly name?: string;
  /** Bone maps to try in order, the first whose joints are all there; else the skeleton is characterised. */
  readonly boneMaps?: readonly RoleNames[];
  /** Roles to take, in this order, as far as the skeleton has them; all body roles by default. */
  readonly roles?: readonly string[];
}

export interface OpenedTrack {
  readonly track: MotionTrack;
  /** The map that made the track. */
  readonly boneMap: RoleNames;
  readonly skeleton: Skeleton;
  /** What was found on the way: of the file, and of its skeleton where it had to be characterised. */
  readonly warnings: readonly Warning[];
}

/**
 * Opens a clip and gives its motion track, with the bone map that made it and the skeleton it is of.
 *
 * @throws GaitwayError what `openClip`, `characterise` and `trackOfClip` throw.
 */
export async function motionTrackOfFile(
  path: string,
  { rateHz, name = path, boneMaps = [], roles = BODY_ROLES }: TrackOptions,
): Promise<OpenedTrack> {
  const clip = await openClip(path, { rate: rateFromHz(rateHz) });
  const known = boneMaps.find((map) => fits(clip, map));
  const { map: all, warnings } = known ? { map: known, warnings: [] } : characterisedMap(clip);
  const boneMap = Object.fromEntries(
    roles.flatMap((role) => (all[role] === undefined ? [] : [[role, all[role]]])),
  );
  return {
    track: trackOfClip(clip, boneMap, { name }),
    boneMap,
    skeleton: clip.skeleton,
    warnings: [...clip.warnings, ...warnings],
  };
}

const fits = ({ skeleton }: Clip, map: RoleNames): boolean =>
  Object.values(map).every((joint) => jointIndex(skeleton, joint) >= 0);

function characterisedMap(clip: Clip): { map: RoleNames; warnings: readonly Warning[] } {
  const { roles, warnings } = characterise(clip.skeleton, { pose: worldPoseOfFrame(clip, 0) });
  return {
    map: Object.fromEntries(
      Object.entries(roles).map(([role, joint]) => [role, clip.skeleton.joints[joint].name]),
    ),
    warnings,
  };
}
