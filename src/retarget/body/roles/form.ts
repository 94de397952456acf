import type { BodyRole, WorldPose } from '../../../clip/index.js';
import { distance, vec3At } from '../../../math/vec3.js';
import { type Lengths, lengthsOf } from './lengths.js';
import { armOf, legOf } from './limb-form.js';
import { pelvisOf, SAME_PLACE } from './pelvis-form.js';
import { footApart, palmOf } from './stray-limbs.js';
import { commonAncestor, isWithin, type Tree } from './tree.js';

/** What the form says: the roles, sides not yet judged (the first of a pair stands as left). */
type FormRoles = Partial<Record<BodyRole, number>>;

/** Two branches of one joint that look alike. */
interface Pair {
  readonly parent: number;
  readonly branches: readonly [number, number];
  readonly length: number;
}

/** Two limbs differ by at most this share of their length. */
const ALIKE = 0.15;
/** Of one joint's branches no more are compared, the longest first. */
const MOST_BRANCHES = 16;
/** Arms and legs are at least this share of the longest pair; fingers, eyes and laces are shorter. */
const LIMB = 0.35;

/** The longest way from a joint outwards, beginning with it. */
function longestWay(tree: Tree, { own, reach }: Lengths, joint: number): number[] {
  const way = [joint];
  for (let j = joint; tree.children[j].length > 0; way.push(j))
    j = tree.children[j].reduce((a, b) => (own[b] + reach[b] > own[a] + reach[a] ? b : a));
  return way;
}

function pairsOf(tree: Tree, lengths: Lengths): Pair[] {
  const whole = (joint: number): number => lengths.own[joint] + lengths.reach[joint];
  const pairs: Pair[] = [];
  tree.children.forEach((children, parent) => {
    const limbs = children
      .filter((child) => tree.children[child].length > 0)
      .sort((a, b) => whole(b) - whole(a) || a - b)
      .slice(0, MOST_BRANCHES)
      .sort((a, b) => a - b);
    limbs.forEach((a, i) => {
      for (const b of limbs.slice(i + 1)) {
        const size = Math.max(whole(a), whole(b));
        const ways = [longestWay(tree, lengths, a).length, longestWay(tree, lengths, b).length];
        if (Math.abs(whole(a) - whole(b)) < ALIKE * size && Math.abs(ways[0] - ways[1]) <= 1)
          pairs.push({ parent, branches: [a, b], length: whole(a) + whole(b) });
      }
    });
  });
  const longest = Math.max(0, ...pairs.map((pair) => pair.length));
  return pairs.filter((pair) => pair.length > LIMB * longest);
}

/** How far the ends of a pair's ways lie below where they begin, as a share of the way's length. */
function drop(tree: Tree, lengths: Lengths, pose: WorldPose, { branches }: Pair): number {
  const y = (joint: number): number => pose.positions[3 * joint + 1];
  const fall = branches.map((b) => y(b) - Math.min(...longestWay(tree, lengths, b).map(y)));
  return (fall[0] + fall[1]) / (lengths.reach[branches[0]] + lengths.reach[branches[1]]);
}

/** The joint that the legs hang on, past joints that lie at one place with it (`CC_Base_Pelvis` on `CC_Base_Hip`). */
function hipsOf(tree: Tree, { own }: Lengths, legs: Pair): number {
  let hips = legs.parent;
  while (own[hips] < 0.05 * legs.length && tree.parents[hips] >= 0) hips = tree.parents[hips];
  return hips;
}

/** The two pairs that are legs and arms: arms hang at or below the joint of the legs, legs reach down. */
function limbPairs(
  tree: Tree,
  lengths: Lengths,
  pose: WorldPose,
  standing: boolean,
): { legs: Pair; arms: Pair } | undefined {
  const pairs = pairsOf(tree, lengths);
  let best: { legs: Pair; arms: Pair; score: number } | undefined;
  for (const legs of pairs) {
    const falls = drop(tree, lengths, pose, legs);
    if (standing && falls < 0.5) continue;
    for (const arms of pairs) {
      if (arms === legs || arms.branches.some((branch) => legs.branches.includes(branch))) continue;
      if (legs.branches.some((leg) => isWithin(tree, arms.parent, leg))) continue;
      // In a pose that shows no legs, pairs of two joints in a row may be anything.
      if (!standing && arms.branches.some((arm) => longestWay(tree, lengths, arm).length < 3)) continue;
      if (!isWithin(tree, arms.parent, hipsOf(tree, lengths, legs))) continue;
      const same = arms.parent === legs.parent;
      if (same && falls < drop(tree, lengths, pose, arms)) continue;
      const score = legs.length + arms.length;
      if (best === undefined || score > best.score) best = { legs, arms, score };
    }
  }
  return best;
}

/**
 * Finds the roles by the form of the tree alone: two long pairs of branches that look alike are legs and
 * arms, the branch that goes on beyond the arms ends in the head.
 *
 * @param pose where the joints are; only lengths are used unless `standing`.
 * @param standing whether the pose is one of a figure on its feet, so that up and down mean something.
 * @returns the roles found, or an empty object where the tree has no such pairs.
 */
export function rolesByForm(tree: Tree, pose: WorldPose, standing: boolean): FormRoles {
  const lengths = lengthsOf(tree, pose);
  const limbs = limbPairs(tree, lengths, pose, standing);
  if (limbs === undefined) return {};
  const roles: FormRoles = {};
  const place = (joint: number) => vec3At(pose.positions, joint);
  const ways = (pair: Pair) => pair.branches.map((branch) => longestWay(tree, lengths, branch));
  const legs = ways(limbs.legs);
  const arms = ways(limbs.arms);
  const apart = (pair: readonly (readonly number[])[]) =>
    pair[0].map((joint, i) => (i < pair[1].length ? distance(place(joint), place(pair[1][i])) : 0));
  const near = SAME_PLACE * limbs.legs.length;
  let tips = false;
  (['L', 'R'] as const).forEach((side, s) => {
    const leg = legOf(legs[s], apart(legs), place);
    const apartFoot =
      standing && leg.parts.foot === undefined
        ? footApart(tree, place, limbs.legs.parent, leg.parts)
        : undefined;
    if (apartFoot !== undefined) leg.parts.foot = apartFoot;
    const arm = armOf(arms[s], apart(arms), place, (joint) => tree.children[joint].length);
    if (arm.hand !== undefined) arm.hand = palmOf(tree, lengths, arm.hand, near);
    for (const [part, joint] of [...Object.entries(leg.parts), ...Object.entries(arm)])
      if (joint !== undefined) roles[`${part}${side}` as BodyRole] = joint;
    const { foot } = leg.parts;
    const ahead = foot === undefined ? [] : tree.children[foot].filter((joint) => lengths.own[joint] > near);
    tips ||= leg.beyondToe === 1 && ahead.length === 1;
  });
  Object.assign(roles, headOf(tree, lengths, pose, limbs, standing, tips));
  const { thighL, thighR, head } = roles;
  if (thighL === undefined || thighR === undefined) return {};
  const trunk = commonAncestor(tree, head === undefined ? [thighL, thighR] : [thighL, thighR, head]);
  roles.pelvis = pelvisOf(tree, pose, lengths, trunk, {
    thighL,
    thighR,
    head,
    standing,
    legs: limbs.legs.length,
  });
  return roles;
}

/** The branch beyond the arms: neck and head. A way that runs on into end markers loses its last joint. */
function headOf(
  tree: Tree,
  lengths: Lengths,
  pose: WorldPose,
  { legs, arms }: { legs: Pair; arms: Pair },
  standing: boolean,
  tips: boolean,
): Pick<FormRoles, 'neck' | 'head'> {
  const y = (joint: number): number => pose.positions[3 * joint + 1];
  const limbs = [...legs.branches, ...arms.branches];
  const others = tree.children[arms.parent].filter((child) => !limbs.includes(child));
  if (others.length === 0) return {};
  const highest = (joint: number): number => Math.max(...longestWay(tree, lengths, joint).map(y));
  const branch = others.reduce((a, b) => {
    if (standing) return highest(b) > highest(a) ? b : a;
    return lengths.own[b] + lengths.reach[b] > lengths.own[a] + lengths.reach[a] ? b : a;
  });
  const way = [branch];
  while (tree.children[way.at(-1) as number].length === 1) way.push(tree.children[way.at(-1) as number][0]);
  const branched = tree.children[way.at(-1) as number].length > 0;
  if (tips && !branched && way.length > 1) way.pop();
  while (way.length > 1 && lengths.own[way.at(-1) as number] < SAME_PLACE * legs.length) way.pop();
  const head = way.at(-1) as number;
  if (arms.parent === legs.parent) return { head };
  // Where the arms begin at the place of a joint beyond their own parent, the spine ends there (Acclaim).
  const place = (joint: number) => vec3At(pose.positions, joint);
  const besides = arms.branches.every((arm) => lengths.own[arm] > SAME_PLACE * legs.length);
  const neck = way.find(
    (joint) =>
      !besides || arms.branches.every((arm) => distance(place(arm), place(joint)) > SAME_PLACE * legs.length),
  );
  if (way.length > 1 && neck !== undefined && neck !== head) return { neck, head };
  // Where the collar bones hang below the joint that carries them, that joint is the neck (3ds Max Biped).
  const hanging = standing && arms.branches.every((arm) => y(arm) < y(arms.parent) - 0.015 * legs.length);
  return hanging ? { neck: arms.parent, head } : { head };
}
