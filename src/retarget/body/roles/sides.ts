import type { BodyRole, Skeleton, WorldPose } from '../../../clip/index.js';
import type { Warning } from '../../../errors.js';
import { type Stance, sidedness } from './stance.js';
import { ARM, LEG } from './vocabulary.js';

type Roles = Partial<Record<BodyRole, number>>;

/** How a limb pair came by its sides. */
type SideSource = 'given' | 'named' | 'form';

/**
 * Exchanges left and right of a limb pair where the pose shows that they are crossed; `roles` and
 * `certainty` are changed.
 *
 * Given sides are kept, named ones exchanged with a warning, those found by form (which has no sides of its
 * own) without. A figure that shows no way forward faces +Z, as figures do.
 */
export function judgeSides(
  skeleton: Skeleton,
  roles: Roles,
  certainty: Roles,
  pose: WorldPose,
  stance: Stance | undefined,
  sourceOf: (role: BodyRole) => SideSource,
): Warning[] {
  const warnings: Warning[] = [];
  for (const [limb, parts, first] of [
    ['legs', LEG, 'thigh'],
    ['arms', ARM, 'upperArm'],
  ] as const) {
    const [left, right] = [roles[`${first}L`], roles[`${first}R`]];
    if (left === undefined || right === undefined || stance === undefined) continue;
    const source = sourceOf(`${first}L`);
    const sides = sidedness(pose, stance, left, right);
    const unseen = sides === 0 && source === 'form' && pose.positions[3 * left] < pose.positions[3 * right];
    if (source === 'given' || (sides > CROSSED && !unseen)) continue;
    for (const part of parts) {
      exchange(roles, `${part}L`, `${part}R`);
      exchange(certainty, `${part}L`, `${part}R`);
    }
    if (source === 'form') continue;
    const { name } = skeleton.joints[left];
    warnings.push({
      code: 'retarget/crossed-sides',
      message: `The names of the ${limb} have left and right crossed: "${name}" lies on the right of the figure. The pose is believed; a bone map can say otherwise.`,
      joint: name,
    });
  }
  return warnings;
}

/** Crossed for certain; a figure that turns its hips may bring the number near 0. */
const CROSSED = -0.3;

function exchange(values: Roles, a: BodyRole, b: BodyRole): void {
  const [left, right] = [values[a], values[b]];
  if (right === undefined) delete values[a];
  else values[a] = right;
  if (left === undefined) delete values[b];
  else values[b] = left;
}
