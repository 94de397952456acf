import type { Skeleton } from '../../../clip/index.js';
import { length } from '../../../math/vec3.js';
import type { JointName } from './joint-name.js';
import { between, commonAncestor, pathTo, type Tree } from './tree.js';
import { isNeckWord, isSpineWord } from './vocabulary.js';

/** The joints between pelvis and head, parted where the neck begins. */
interface Trunk {
  readonly spine: readonly number[];
  readonly neck: readonly number[];
}

/**
 * Parts the way from pelvis to head into spine and neck.
 *
 * The neck begins at the first joint of that name, or where the form has it if no name says spine from there
 * on; failing both, below the joint that carries the arms. Joints for IK that a rig builder put in the way are left out.
 *
 * @param arms the first joints of the arms, as many as are known.
 * @param neckAt where a bone map and the form of the tree have the neck begin.
 * @param atPelvis whether a joint lies where the pelvis does; of several such the spine begins with the last.
 */
export function trunkOf(
  tree: Tree,
  names: readonly JointName[],
  pelvis: number,
  head: number,
  arms: readonly number[],
  neckAt: { readonly given: number | undefined; readonly form: number | undefined },
  atPelvis: (joint: number) => boolean,
): Trunk {
  const all = between(tree, pelvis, head).filter((joint) => !names[joint].words.includes('ik'));
  const beyond = all.findIndex((joint) => !atPelvis(joint));
  const way = all.slice(Math.max(0, (beyond < 0 ? all.length : beyond) - 1));
  let start = neckAt.given === undefined ? -1 : way.indexOf(neckAt.given);
  if (start < 0) start = way.findIndex((joint) => isNeckWord(names[joint].key));
  const byForm = neckAt.form === undefined ? -1 : way.indexOf(neckAt.form);
  const strange = byForm >= 0 && way.slice(byForm).every((joint) => !isSpineWord(names[joint].key));
  if (neckAt.given === undefined && strange && (start < 0 || byForm < start)) start = byForm;
  if (start < 0) {
    const shoulders = arms.length > 0 ? commonAncestor(tree, [...arms, head]) : -1;
    start = way.indexOf(shoulders) + 1;
    if (start === 0) start = way.length;
    while (start < way.length && isSpineWord(names[way[start]].key)) start++;
  }
  return { spine: way.slice(0, start), neck: way.slice(start) };
}

/** `spine2` is the middle of three or more spine joints, the one nearer to the pelvis of two middle ones. */
export const middleOf = (spine: readonly number[]): number | undefined =>
  spine.length < 3 ? undefined : spine[Math.floor((spine.length - 1) / 2)];

/** A joint above the pelvis is the root when it lies at the floor: at most this share of the pelvis' distance. */
const AT_FLOOR = 0.25;

/**
 * The joint above the pelvis that stands on the ground, the nearest of several; undefined where the pelvis
 * or something at its place is the topmost joint.
 */
export function rootOf(skeleton: Skeleton, tree: Tree, pelvis: number): number | undefined {
  const above = pathTo(tree, pelvis).slice(0, -1);
  const distances = above.map((_, i) =>
    [...above.slice(i + 1), pelvis].reduce(
      (sum, joint) => sum + length(skeleton.joints[joint].restTranslation),
      0,
    ),
  );
  const farthest = Math.max(0, ...distances);
  return above.findLast((_, i) => farthest > 0 && distances[i] >= (1 - AT_FLOOR) * farthest);
}
