import type { BodyRole, Skeleton } from '../../clip/index.js';
import type { Body } from '../../retarget/index.js';

/** Which part of the body a joint belongs to, as far as colour goes. */
export type JointSide = 'left' | 'right' | 'middle' | 'helper';

const WORD = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g;

/**
 * Side of every joint: that of its role, else its parent's; twist, corrective and ik joints are helpers.
 *
 * Without a body (no biped was found) the words of the names decide.
 */
export function sidesOfJoints(skeleton: Skeleton, body: Body | undefined): JointSide[] {
  const known = body ? sidesByRole(skeleton, body) : sidesByName(skeleton);
  const sides: JointSide[] = [];
  skeleton.joints.forEach(({ parent }, j) => {
    sides[j] = known.get(j) ?? (parent >= 0 && parent !== body?.root ? sides[parent] : 'middle');
  });
  return sides;
}

function sidesByRole(skeleton: Skeleton, body: Body): Map<number, JointSide> {
  const sides = new Map<number, JointSide>();
  const flesh = fleshOf(skeleton, body);
  skeleton.joints.forEach((_, j) => {
    if (!flesh.has(j)) sides.set(j, 'helper');
  });
  for (const [role, joint] of Object.entries(body.roles)) {
    sides.set(joint, role.endsWith('L') ? 'left' : role.endsWith('R') ? 'right' : 'middle');
  }
  if (body.root !== undefined) sides.set(body.root, 'helper');
  return sides;
}

/** Parts whose joints all belong to the body, down to the markers at their ends. */
const EXTREMITIES: readonly BodyRole[] = ['handL', 'handR', 'footL', 'footR', 'head'];

/** The joints that the body is made of: those that carry a role or a finger, all above them, and the extremities. */
function fleshOf({ joints }: Skeleton, body: Body): Set<number> {
  const flesh = new Set<number>();
  const known = [
    ...Object.values(body.roles),
    ...Object.values(body.fingers).flatMap((hand) => Object.values(hand).flatMap((finger) => finger.joints)),
  ];
  for (const joint of known) {
    for (let j = joint; j >= 0 && !flesh.has(j); j = joints[j].parent) flesh.add(j);
  }
  const within = new Set(EXTREMITIES.map((role) => body.roles[role]));
  const apart = new Set(
    [...body.helpers, ...body.twists.filter(({ inChain }) => !inChain)].map(({ joint }) => joint),
  );
  joints.forEach(({ parent }, j) => {
    if (!within.has(parent) || apart.has(j)) return;
    within.add(j);
    flesh.add(j);
  });
  return flesh;
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
