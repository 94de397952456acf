import type { BodyRole, WorldPose } from '../../../clip/index.js';
import { distance, dot, subtract, vec3At } from '../../../math/vec3.js';
import { type Helper, SIDES, type Twist } from '../body.js';
import type { JointName } from './joint-name.js';
import { between, descendants, isWithin, type Tree } from './tree.js';

type Roles = Readonly<Partial<Record<BodyRole, number>>>;

const SEGMENTS = [
  ['clavicle', 'upperArm'],
  ['upperArm', 'forearm'],
  ['forearm', 'hand'],
  ['thigh', 'calf'],
  ['calf', 'foot'],
] as const;
const TWIST = /twist|roll/;
const CORRECTIVE = /cor(\d|$|rective)|correct|share|helper|muscle|dyn/;

/**
 * Joints that take part in a limb's twist: side branches by name, and whatever the limb runs through between
 * two roles.
 *
 * @param pose any pose; places along a limb are measured in it.
 */
export function twistsOf(tree: Tree, names: readonly JointName[], roles: Roles, pose: WorldPose): Twist[] {
  const twists: Twist[] = [];
  const taken = new Set(Object.values(roles));
  for (const side of SIDES) {
    for (const [from, to] of SEGMENTS) {
      const [limb, next] = [`${from}${side}`, `${to}${side}`] as [BodyRole, BodyRole];
      const [start, end] = [roles[limb], roles[next]];
      if (start === undefined || end === undefined) continue;
      const inChain = between(tree, start, end);
      const branches = descendants(tree, start).filter(
        (joint) =>
          !taken.has(joint) &&
          !inChain.includes(joint) &&
          !isWithin(tree, joint, end) &&
          TWIST.test(names[joint].key) &&
          !CORRECTIVE.test(names[joint].key),
      );
      const a = vec3At(pose.positions, start);
      const along = subtract(vec3At(pose.positions, end), a);
      const size = Math.max(dot(along, along), 1e-12);
      for (const joint of [...inChain, ...branches]) {
        const share = dot(subtract(vec3At(pose.positions, joint), a), along) / size;
        const fraction = Math.min(1, Math.max(0, share));
        twists.push({ joint, limb, fraction, inChain: inChain.includes(joint) });
      }
    }
  }
  return twists;
}

const FOLLOWS: readonly (readonly [RegExp, string])[] = [
  [/^ikfoot$|^footik$/, 'foot'],
  [/^ikhand$|^handik$/, 'hand'],
];
const FOLLOWS_ROOT = /^(ikfootroot|ikhandroot|interaction|centerofmass|attach)$/;

/** Joints that are no part of the body but move with one: what UE's `ik_*` joints and their like follow. */
export function helpersOf(
  tree: Tree,
  names: readonly JointName[],
  roles: Roles,
  root: number | undefined,
  rest: WorldPose,
): Helper[] {
  const helpers: Helper[] = [];
  const { pelvis } = roles;
  const near = (joint: number, role: BodyRole): boolean => {
    const target = roles[role];
    if (target === undefined) return false;
    return distance(vec3At(rest.positions, joint), vec3At(rest.positions, target)) < 0.01;
  };
  names.forEach(({ side, key }, joint) => {
    if (pelvis !== undefined && isWithin(tree, joint, pelvis)) return;
    if (side === undefined) {
      if (key === 'ikhandgun' && roles.handR !== undefined) helpers.push({ joint, follows: 'handR' });
      else if (FOLLOWS_ROOT.test(key) && root !== undefined) helpers.push({ joint, follows: 'root' });
      return;
    }
    const part = FOLLOWS.find(([word]) => word.test(key))?.[1];
    const role = `${part}${side}` as BodyRole;
    if (part !== undefined && near(joint, role)) helpers.push({ joint, follows: role });
  });
  return helpers;
}
