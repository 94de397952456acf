import type { WorldPose } from '../../../clip/index.js';
import { distance, vec3At } from '../../../math/vec3.js';
import type { Tree } from './tree.js';

/** Distances along the tree, which turns do not change. */
export interface Lengths {
  /** From the parent. */
  readonly own: readonly number[];
  /** From the joint to the farthest end below it. */
  readonly reach: readonly number[];
}

/** The lengths of a tree in a pose. */
export function lengthsOf(tree: Tree, pose: WorldPose): Lengths {
  const own = tree.parents.map((parent, j) =>
    parent < 0 ? 0 : distance(vec3At(pose.positions, j), vec3At(pose.positions, parent)),
  );
  const reach = own.map(() => 0);
  for (let j = own.length - 1; j > 0; j--) {
    const parent = tree.parents[j];
    if (parent >= 0) reach[parent] = Math.max(reach[parent], own[j] + reach[j]);
  }
  return { own, reach };
}
