import { childrenOf, type Skeleton } from '../../../clip/index.js';

/** Who is above whom in a skeleton. */
export interface Tree {
  readonly parents: readonly number[];
  readonly children: readonly (readonly number[])[];
  readonly depths: readonly number[];
}

export function treeOf(skeleton: Skeleton): Tree {
  const parents = skeleton.joints.map((joint) => joint.parent);
  const depths: number[] = [];
  for (const parent of parents) depths.push(parent < 0 ? 0 : depths[parent] + 1);
  return { parents, children: childrenOf(skeleton.joints), depths };
}

/** The joints from a root down to `joint`, both included. */
export function pathTo(tree: Tree, joint: number): number[] {
  const path: number[] = [];
  for (let j = joint; j >= 0; j = tree.parents[j]) path.push(j);
  return path.reverse();
}

/** Whether `joint` is `ancestor` or hangs below it. */
export function isWithin(tree: Tree, joint: number, ancestor: number): boolean {
  for (let j = joint; j >= 0; j = tree.parents[j]) if (j === ancestor) return true;
  return false;
}

/** The joints strictly between two on one path, from above to below; empty where they are not on one. */
export function between(tree: Tree, above: number, below: number): number[] {
  const path = pathTo(tree, below);
  const start = path.indexOf(above);
  return start < 0 ? [] : path.slice(start + 1, -1);
}

/** The deepest joint above all given ones (or one of them), −1 where they share none. */
export function commonAncestor(tree: Tree, joints: readonly number[]): number {
  const [first, ...others] = joints.map((joint) => pathTo(tree, joint));
  if (first === undefined) return -1;
  return first.findLast((joint) => others.every((path) => path.includes(joint))) ?? -1;
}

/** All joints below `joint`, without it, parents first. */
export function descendants(tree: Tree, joint: number): number[] {
  const found = [...tree.children[joint]];
  for (let i = 0; i < found.length; i++) found.push(...tree.children[found[i]]);
  return found;
}
