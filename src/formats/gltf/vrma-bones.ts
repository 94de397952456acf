import type { Skeleton } from '../../clip/index.js';
import { GaitwayError, type Warning } from '../../errors.js';
import { nameList } from '../name-list.js';
import { OPTIONAL_VRM_BONES, REQUIRED_VRM_BONES, VRM_EYES } from './vrm-names.js';

/**
 * Checks the joints of a humanoid that is to be written, and leaves out the eyes, which a VRMA may not hold.
 *
 * @throws GaitwayError `vrma/unknown-bone`, `vrma/missing-bones` naming the bones, `vrma/bad-bones` where a
 *   joint is not there, stands for two bones, or is not below the hips.
 */
export function checkHumanBones(
  { joints }: Skeleton,
  given: Readonly<Record<string, number>>,
): { bones: Map<string, number>; warnings: Warning[] } {
  const entries = Object.entries(given);
  const unknown = entries.filter(
    ([bone]) => ![REQUIRED_VRM_BONES, OPTIONAL_VRM_BONES, VRM_EYES].some((names) => names.includes(bone)),
  );
  if (unknown.length > 0) {
    const names = nameList(unknown.map(([bone]) => bone));
    throw new GaitwayError(
      'vrma/unknown-bone',
      `VRM has no bones of these names: ${names}; use those of VRM 1.0, such as leftUpperArm.`,
      { bones: unknown.map(([bone]) => bone) },
    );
  }
  const bones = new Map(entries.filter(([bone]) => !VRM_EYES.includes(bone)));
  const missing = REQUIRED_VRM_BONES.filter((bone) => !bones.has(bone));
  if (missing.length > 0) {
    throw new GaitwayError(
      'vrma/missing-bones',
      `A VRMA needs a joint for each of these bones too: ${missing.join(', ')}; say which joints they are.`,
      { bones: missing },
    );
  }
  const owners = new Map<number, string>();
  const fail = (bone: string, what: string): GaitwayError =>
    new GaitwayError('vrma/bad-bones', `The VRM bone ${bone} ${what}; say which joint it is.`, { bone });
  for (const [bone, joint] of bones) {
    if (!(Number.isInteger(joint) && joint >= 0 && joint < joints.length))
      throw fail(bone, `is said to be joint number ${joint}, and there are ${joints.length} joints`);
    const other = owners.get(joint);
    if (other) throw fail(bone, `is the joint "${joints[joint].name}", as ${other} is`);
    owners.set(joint, bone);
    let above = joint;
    while (above >= 0 && above !== bones.get('hips')) above = joints[above].parent;
    if (above < 0) throw fail(bone, `is the joint "${joints[joint].name}", which is not below the hips`);
  }
  const eyes = entries.flatMap(([bone]) => (VRM_EYES.includes(bone) ? [bone] : []));
  return {
    bones,
    warnings:
      eyes.length === 0
        ? []
        : [
            {
              code: 'vrma/eyes-left-out',
              message: `A VRMA has no bones for eyes, a gaze turns them; left out: ${eyes.join(', ')}.`,
            },
          ],
  };
}
