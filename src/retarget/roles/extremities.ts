import type { BodyRole, WorldPose } from '../../clip/index.js';
import { distance, dot, subtract, vec3At } from '../../math/vec3.js';
import { FINGERS, type Finger, type FingerName, type Helper, SIDES, type Side, type Twist } from '../body.js';
import type { JointName } from './joint-name.js';
import { between, descendants, isWithin, type Tree } from './tree.js';
import { isEndWord } from './vocabulary.js';

type Roles = Readonly<Partial<Record<BodyRole, number>>>;

const FINGER_WORDS: Readonly<Record<FingerName, RegExp>> = {
  thumb: /thumb|pollex|親指/,
  index: /index|人指|人差指/,
  middle: /mid|中指/,
  ring: /ring|薬指/,
  pinky: /pinky|pinkie|little|小指/,
};
const NUMBERED = /^(?:finger|f)(\d)/;
const INSIDE_THE_PALM = /metacarpal|inhand|palm/;

/** Which finger a key names: the word nearest to its end, or a number (`finger3-1`; Biped counts from 0). */
function fingerWord(key: string, countsFromZero: boolean): FingerName | undefined {
  const spoken = FINGERS.map((finger) => {
    const found = [...key.matchAll(new RegExp(FINGER_WORDS[finger], 'g'))].at(-1);
    return { finger, at: found?.index ?? -1 };
  }).filter(({ at }) => at >= 0);
  if (spoken.length > 0) return spoken.reduce((a, b) => (b.at > a.at ? b : a)).finger;
  const digit = NUMBERED.exec(key)?.[1];
  return digit === undefined ? undefined : FINGERS[Number(digit) - (countsFromZero ? 0 : 1)];
}

/** The fingers of a hand by the names of the joints below it. */
export function fingersOf(
  tree: Tree,
  names: readonly JointName[],
  hand: number,
): Partial<Record<FingerName, Finger>> {
  const below = descendants(tree, hand).filter((joint) => !isEndWord(names[joint].key));
  const countsFromZero = below.some((joint) => /^finger0/.test(names[joint].key));
  const groups = new Map<FingerName, number[]>();
  for (const joint of below) {
    const finger = fingerWord(names[joint].key, countsFromZero);
    if (finger !== undefined) groups.set(finger, [...(groups.get(finger) ?? []), joint]);
  }
  const fingers: Partial<Record<FingerName, Finger>> = {};
  for (const [finger, joints] of groups) {
    const chain = joints.filter((joint, i) => i === 0 || isWithin(tree, joint, joints[i - 1]));
    const inside = finger !== 'thumb' && INSIDE_THE_PALM.test(names[chain[0]].key);
    const metacarpal = inside ? chain[0] : metacarpalAbove(tree, names, hand, finger, chain[0]);
    const bending = inside ? chain.slice(1) : chain;
    // A fourth joint that carries nothing is the tip.
    const tip = bending.at(-1) as number;
    const whole = bending.length > 3 && tree.children[tip].length === 0 ? bending.slice(0, -1) : bending;
    if (whole.length > 0) fingers[finger] = { metacarpal, joints: whole };
  }
  return fingers;
}

/** MakeHuman numbers its metacarpals from the index: `metacarpal1.L` carries `finger2-1.L`. */
function metacarpalAbove(
  tree: Tree,
  names: readonly JointName[],
  hand: number,
  finger: FingerName,
  first: number,
): number | undefined {
  const parent = tree.parents[first];
  const inside = finger !== 'thumb' && parent !== hand && INSIDE_THE_PALM.test(names[parent].key);
  return inside ? parent : undefined;
}

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

/** Fingers of both hands. */
export function allFingers(
  tree: Tree,
  names: readonly JointName[],
  roles: Roles,
): Record<Side, Partial<Record<FingerName, Finger>>> {
  const of = (hand: number | undefined): Partial<Record<FingerName, Finger>> =>
    hand === undefined ? {} : fingersOf(tree, names, hand);
  return { L: of(roles.handL), R: of(roles.handR) };
}
