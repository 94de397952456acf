import { type Clip, jointIndex, restWorldPose, type Skeleton } from '../../clip/index.js';
import { GaitwayError } from '../../errors.js';
import type { MotionDatabase } from '../database/database.js';
import { jointOfKey } from '../features/joint-key.js';

/**
 * The joints of a skeleton as they are blended: the pelvis and what hangs on it keep their parents; what lies above
 * the pelvis is taken away and stands for the character's root, which is the parent of all that hung on it.
 *
 * A joint above the pelvis carries a clip's way through its studio, so its own movement is no pose.
 */
export interface PlayBody {
  readonly skeleton: Skeleton;
  /** Skeleton index of each blended joint, parents first. */
  readonly kept: Int32Array;
  /** For each blended joint, its parent among them; −1 for the character's root. */
  readonly joints: readonly { readonly parent: number }[];
  /** Blended joint by role. */
  readonly roles: Readonly<Partial<Record<string, number>>>;
  /** Skeleton indices of the joints above the pelvis, parents first. */
  readonly above: readonly number[];
  /** How each joint of the skeleton stands to the root at rest: places [joints, 3], turns [joints, 4]. */
  readonly rest: { readonly positions: Float64Array; readonly rotations: Float64Array };
}

/**
 * The body that a database's clips move.
 *
 * @throws GaitwayError `simulate/other-skeleton` where a clip's joints are not those of the database.
 */
export function makePlayBody(
  { joints, roles }: Pick<MotionDatabase, 'joints' | 'roles'>,
  skeleton: Skeleton,
): PlayBody {
  assertSameJoints(joints, skeleton);
  const pelvis = jointIndex(skeleton, roles.pelvis ?? '');
  const above: number[] = [];
  for (let j = skeleton.joints[pelvis]?.parent ?? -1; j >= 0; j = skeleton.joints[j].parent) above.unshift(j);
  const kept = Int32Array.from(skeleton.joints.keys()).filter((j) => !above.includes(j));
  return {
    skeleton,
    kept,
    joints: Array.from(kept, (j) => ({ parent: kept.indexOf(skeleton.joints[j].parent) })),
    roles: Object.fromEntries(
      Object.entries(roles).flatMap(([role, name]) => {
        const index = kept.indexOf(jointIndex(skeleton, name));
        return index >= 0 ? [[role, index]] : [];
      }),
    ),
    above,
    rest: restWorldPose(skeleton),
  };
}

/** The blended joint that a key of a motion track means (a role, or a joint by its own name), if there is one. */
export function jointOfBody({ skeleton, kept, roles }: PlayBody, key: string): number | undefined {
  const name = jointOfKey(key);
  if (name === undefined) return roles[key];
  const index = kept.indexOf(jointIndex(skeleton, name));
  return index >= 0 ? index : undefined;
}

/**
 * Makes sure that a clip has the joints that the database was built from.
 *
 * @throws GaitwayError `simulate/other-skeleton` naming the first joint that differs.
 */
export function assertSameJoints(
  wanted: MotionDatabase['joints'],
  skeleton: Skeleton,
  clip: Pick<Clip, 'name'> = { name: 'The clip' },
): void {
  const { joints } = skeleton;
  const at = wanted.findIndex(
    ({ name, parent }, j) => joints[j]?.name !== name || joints[j].parent !== parent,
  );
  if (at < 0 && joints.length === wanted.length) return;
  const place = at < 0 ? wanted.length : at;
  throw new GaitwayError(
    'simulate/other-skeleton',
    `${clip.name}: joint ${place} is "${joints[place]?.name ?? 'missing'}", but the database was built with "${wanted[place]?.name ?? 'no such joint'}" there; build the database again from the clips as they are now.`,
    { clip: clip.name, joint: place },
  );
}
