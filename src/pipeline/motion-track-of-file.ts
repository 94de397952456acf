import {
  BODY_ROLES,
  type Clip,
  type ClipEvent,
  type Curve,
  jointIndex,
  rateFromHz,
  type Skeleton,
  worldPoseOfFrame,
} from '../clip/index.js';
import { GaitwayError, type Warning } from '../errors.js';
import {
  type FeatureLayout,
  type FeatureSchema,
  jointKey,
  jointOfKey,
  jointsOf,
  layoutOf,
  looksAtRotations,
  type MotionTrack,
  trackOfClip,
} from '../motion/index.js';
import { characterise } from '../retarget/index.js';
import { openClip } from './open-clip.js';

/** Joint names by role. */
export type RoleNames = Readonly<Record<string, string>>;

/** What is kept of a clip's joints. */
export interface TrackNeeds {
  /** Roles to take, in this order, as far as the skeleton has them; all body roles by default. */
  readonly roles?: readonly string[];
  /** Joints to take by their own names, as far as the skeleton has them. */
  readonly joints?: readonly string[];
  /** Keep how joints are turned, beside where they are. */
  readonly rotations?: boolean;
  /** Joint that the root is; found from the body by default. */
  readonly rootJoint?: string;
}

export interface TrackOptions extends ClipTrackOptions {
  readonly rateHz: number;
}

export interface ClipTrackOptions extends TrackNeeds {
  /** What the clip is called in messages and outputs; its path by default. */
  readonly name?: string;
  /** Bone maps to try in order, the first whose joints are all there; else the skeleton is characterised. */
  readonly boneMaps?: readonly RoleNames[];
}

export interface OpenedTrack {
  readonly track: MotionTrack;
  /** The map that made the track. */
  readonly boneMap: RoleNames;
  readonly skeleton: Skeleton;
  readonly events: readonly ClipEvent[];
  /** At the track's rate. */
  readonly curves: readonly Curve[];
  /** What was found on the way: of the file, and of its skeleton where it had to be characterised. */
  readonly warnings: readonly Warning[];
}

/** What a track must hold for the features of a layout, beside the roles of the body. */
export function needsOf(layout: FeatureLayout): TrackNeeds {
  return needsOfLayouts([layout]);
}

/**
 * What a track must hold for the features of all the schemas.
 *
 * @throws GaitwayError `motion/two-roots` where they go by different joints as root.
 */
export function needsOfSchemas(schemas: readonly FeatureSchema[]): TrackNeeds {
  const layouts = schemas.map(layoutOf);
  const roots = new Set(layouts.flatMap(({ rootJoint }) => rootJoint ?? []));
  if (roots.size < 2) return needsOfLayouts(layouts);
  throw new GaitwayError(
    'motion/two-roots',
    `The schemas ${schemas.map(({ name }) => `"${name}"`).join(', ')} go by different roots (${[...roots].join(', ')}), so their rows cannot be compared; score them one at a time.`,
    { roots: [...roots] },
  );
}

function needsOfLayouts(layouts: readonly FeatureLayout[]): TrackNeeds {
  const keys = layouts.flatMap(jointsOf);
  const roles = keys.filter((key) => jointOfKey(key) === undefined);
  const rootJoint = layouts.find((layout) => layout.rootJoint !== undefined)?.rootJoint;
  return {
    roles: [...new Set([...BODY_ROLES, ...roles])],
    joints: [...new Set(keys.flatMap((key) => jointOfKey(key) ?? []))],
    rotations: layouts.some(looksAtRotations),
    ...(rootJoint !== undefined && { rootJoint }),
  };
}

/**
 * Opens a clip and gives its motion track, with the bone map that made it and the skeleton it is of.
 *
 * @throws GaitwayError what `openClip`, `characterise` and `trackOfClip` throw.
 */
export async function motionTrackOfFile(
  path: string,
  { rateHz, name = path, ...options }: TrackOptions,
): Promise<OpenedTrack> {
  return motionTrackOfClip(await openClip(path, { rate: rateFromHz(rateHz) }), { ...options, name });
}

/**
 * The motion track of a clip that is open, at its own rate.
 *
 * @throws GaitwayError what `characterise` and `trackOfClip` throw.
 */
export function motionTrackOfClip(clip: Clip, options: ClipTrackOptions): OpenedTrack {
  const { name = clip.name, boneMaps = [], roles = BODY_ROLES, joints = [], rotations = false } = options;
  const known = boneMaps.find((map) => fits(clip, map));
  const { map: all, warnings } = known ? { map: known, warnings: [] } : characterisedMap(clip);
  const boneMap = Object.fromEntries(
    roles.flatMap((role) => (all[role] === undefined ? [] : [[role, all[role]]])),
  );
  const byName = Object.fromEntries(
    joints.flatMap((joint) =>
      jointIndex(clip.skeleton, joint) < 0 ? [] : [[jointKey(undefined, joint) as string, joint]],
    ),
  );
  return {
    track: trackOfClip(
      clip,
      { ...boneMap, ...byName },
      {
        name,
        rotations,
        ...(options.rootJoint !== undefined && { rootJoint: options.rootJoint }),
      },
    ),
    boneMap,
    skeleton: clip.skeleton,
    events: clip.events,
    curves: clip.curves,
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
