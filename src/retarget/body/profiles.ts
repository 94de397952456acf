import { z } from 'zod';
import type { Joint, Skeleton } from '../../clip/index.js';
import { GaitwayError } from '../../errors.js';
import metahuman from './profiles/metahuman.json' with { type: 'json' };
import ue4Mannequin from './profiles/ue4-mannequin.json' with { type: 'json' };
import ue5Mannequin from './profiles/ue5-mannequin.json' with { type: 'json' };

export const PROFILE_NAMES = ['ue5-mannequin', 'ue4-mannequin', 'metahuman'] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

const FILES: Readonly<Record<ProfileName, unknown>> = {
  'ue5-mannequin': ue5Mannequin,
  'ue4-mannequin': ue4Mannequin,
  metahuman,
};

const profileSchema = z.object({
  joints: z.array(
    z.object({
      name: z.string(),
      parent: z.string().nullable(),
      translationCm: z.tuple([z.number(), z.number(), z.number()]),
      rotation: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    }),
  ),
});

export const isProfileName = (name: string): name is ProfileName =>
  (PROFILE_NAMES as readonly string[]).includes(name);

/**
 * A built-in target skeleton in its reference pose, in canonical space.
 *
 * The files hold the numbers as Unreal does (left-handed, Z up, facing +Y, centimetres); swapping Y and Z
 * turns the hand, so a rotation's axis is swapped and negated.
 *
 * @throws GaitwayError `retarget/unknown-profile` where there is no profile of that name.
 */
export function targetProfile(name: string): Skeleton {
  if (!isProfileName(name)) {
    throw new GaitwayError(
      'retarget/unknown-profile',
      `There is no built-in skeleton "${name}"; there are ${PROFILE_NAMES.join(', ')}.`,
      { name, known: PROFILE_NAMES },
    );
  }
  const { joints } = profileSchema.parse(FILES[name]);
  const indices = new Map(joints.map((joint, index) => [joint.name, index]));
  return {
    joints: joints.map((joint): Joint => {
      const [x, y, z] = joint.translationCm;
      const [qx, qy, qz, qw] = joint.rotation;
      const size = Math.hypot(qx, qy, qz, qw);
      return {
        name: joint.name,
        parent: joint.parent === null ? -1 : (indices.get(joint.parent) as number),
        restTranslation: [x / 100, z / 100, y / 100],
        restRotation: [-qx / size, -qz / size, -qy / size, qw / size],
        restScale: [1, 1, 1],
        sourceName: joint.name,
      };
    }),
  };
}
