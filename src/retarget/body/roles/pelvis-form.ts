import type { WorldPose } from '../../../clip/index.js';
import { distance, vec3At } from '../../../math/vec3.js';
import type { Lengths } from './lengths.js';
import { between, pathTo, type Tree } from './tree.js';

/** Joints closer than this share of the legs' length are one place. */
export const SAME_PLACE = 0.002;

/** A trunk that first goes down from the joint of the legs by this share of their length begins below it. */
const SINKS = 0.02;

/**
 * Of the joints that carry both legs and the head, the one nearest to the middle of the hips.
 *
 * Where the trunk goes down from there before it rises, the pelvis is where it rises from; of joints at one
 * place below a root it is the upper one.
 */
export function pelvisOf(
  tree: Tree,
  pose: WorldPose,
  lengths: Lengths,
  trunk: number,
  known: {
    readonly thighL: number;
    readonly thighR: number;
    readonly head: number | undefined;
    readonly standing: boolean;
    /** Length of both together. */
    readonly legs: number;
  },
): number {
  const { thighL, thighR, head, standing, legs } = known;
  const [a, b] = [vec3At(pose.positions, thighL), vec3At(pose.positions, thighR)];
  const middle = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2] as const;
  const far = (joint: number): number => distance(vec3At(pose.positions, joint), middle);
  const slack = 0.05 * distance(a, b);
  let pelvis = pathTo(tree, trunk)
    .reverse()
    .reduce((best, joint) => (far(joint) < far(best) - slack ? joint : best));
  if (standing && head !== undefined && pelvis === trunk) {
    const y = (joint: number): number => pose.positions[3 * joint + 1];
    const next = between(tree, pelvis, head)[0];
    const sinks = next !== undefined && y(next) < y(pelvis) - SINKS * legs;
    if (sinks && far(next) < far(pelvis) + slack) pelvis = next;
  }
  const above = (joint: number): number => tree.parents[joint];
  while (above(pelvis) >= 0 && above(above(pelvis)) >= 0 && lengths.own[pelvis] < SAME_PLACE * legs)
    pelvis = above(pelvis);
  return pelvis;
}
