import type { Skeleton } from '../../clip/index.js';
import type { Body } from '../../retarget/index.js';

/** Which part of the body a joint belongs to, as far as colour goes. */
export type JointSide = 'left' | 'right' | 'middle' | 'helper';

const WORD = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g;

/**
 * Side of every joint: that of its role, else its parent's; joints that carry no flesh are helpers.
 *
 * Without a body (no biped was found) the words of the names decide.
 */
export function sidesOfJoints(skeleton: Skeleton, body: Body | undefined): JointSide[] {
  const known = body ? sidesByRole(body) : sidesByName(skeleton);
  const sides: JointSide[] = [];
  skeleton.joints.forEach(({ parent }, j) => {
    sides[j] = known.get(j) ?? (parent >= 0 && parent !== body?.root ? sides[parent] : 'middle');
  });
  return sides;
}

function sidesByRole(body: Body): Map<number, JointSide> {
  const sides = new Map<number, JointSide>();
  for (const [role, joint] of Object.entries(body.roles)) {
    sides.set(joint, role.endsWith('L') ? 'left' : role.endsWith('R') ? 'right' : 'middle');
  }
  for (const { joint } of body.helpers) sides.set(joint, 'helper');
  for (const { joint, inChain } of body.twists) if (!inChain) sides.set(joint, 'helper');
  if (body.root !== undefined) sides.set(body.root, 'helper');
  return sides;
}

function sidesByName({ joints }: Skeleton): Map<number, JointSide> {
  const sides = new Map<number, JointSide>();
  joints.forEach(({ name }, j) => {
    const words = (name.replace(/^.*[:|]/, '').match(WORD) ?? []).map((word) => word.toLowerCase());
    if (words.some((word) => word === 'left' || word === 'l')) sides.set(j, 'left');
    if (words.some((word) => word === 'right' || word === 'r')) sides.set(j, 'right');
  });
  return sides;
}
