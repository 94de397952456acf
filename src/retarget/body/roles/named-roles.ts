import type { BodyRole } from '../../../clip/index.js';
import { SIDES, type Side } from '../body.js';
import type { JointName } from './joint-name.js';
import { descendants, isWithin, pathTo, type Tree } from './tree.js';
import { ARM, isHeadWord, isNeckWord, isPelvisWord, LEG, type LimbPart, limbWord } from './vocabulary.js';

/** What the names say: a joint for a role and how much its name speaks for it, 0..1. */
export type Found = Partial<Record<BodyRole, { readonly joint: number; readonly weight: number }>>;

/** An earlier joint wins over an equal word further out: a wrist before the hand that hangs on it. */
const LATER = 0.001;
/** Below this depth all joints count as equally far out. */
const DEEP = 200;
/** A word in the right place of its limb weighs more than the same word elsewhere. */
const OFF_THE_LIMB = 0.75;

interface Reading {
  readonly score: number;
  readonly joints: readonly (number | undefined)[];
}

/**
 * The best way to lay the parts of a limb, in order, along the path to each joint; parts may be missing.
 *
 * Goes down the tree once: the readings of a path are those of its parent's, with or without its last joint.
 */
function readLimb(
  tree: Tree,
  names: readonly JointName[],
  side: Side,
  parts: readonly LimbPart[],
): { joint: number; weight: number; part: LimbPart }[] {
  const nothing: readonly Reading[] = Array.from({ length: parts.length + 1 }, () => ({
    score: 0,
    joints: [],
  }));
  // readings[joint][p]: the best reading of the path to the joint that uses at most the first p parts.
  const readings: (readonly Reading[])[] = [];
  let found: Reading = nothing[0];
  tree.parents.forEach((parent, joint) => {
    const before = parent < 0 ? nothing : readings[parent];
    const after =
      names[joint].side === side ? extended(before, names[joint].key, joint, parts, tree) : before;
    readings.push(after);
    if (after[parts.length].score > found.score + 1e-9) found = after[parts.length];
  });
  return parts.flatMap((part, p) => {
    const joint = found.joints[p];
    if (joint !== undefined) return [{ part, joint, weight: limbWord(names[joint].key, part) }];
    const elsewhere = tree.parents.findIndex(
      (_, j) =>
        names[j].side === side &&
        limbWord(names[j].key, part) === 1 &&
        !found.joints.some((taken) => taken === j),
    );
    return elsewhere < 0 ? [] : [{ part, joint: elsewhere, weight: OFF_THE_LIMB }];
  });
}

function extended(
  before: readonly Reading[],
  key: string,
  joint: number,
  parts: readonly LimbPart[],
  tree: Tree,
): readonly Reading[] {
  const after = [...before];
  parts.forEach((part, p) => {
    const weight = limbWord(key, part);
    const score = before[p].score + weight - LATER * Math.min(tree.depths[joint], DEEP);
    for (let q = p + 1; weight > 0 && q < after.length; q++) {
      if (score <= after[q].score) continue;
      const joints = [...before[p].joints];
      joints[p] = joint;
      after[q] = { score, joints };
    }
  });
  return after;
}

/** The head is the outermost neck or head joint that is called so and is no part of a side. */
function readHead(tree: Tree, names: readonly JointName[]): number | undefined {
  const heads = names.flatMap((name, joint) =>
    name.side === undefined && isHeadWord(name.key) ? [joint] : [],
  );
  const size = (joint: number): number => pathTo(tree, joint).filter((j) => isNeckWord(names[j].key)).length;
  return heads.sort((a, b) => size(b) - size(a) || tree.depths[a] - tree.depths[b])[0];
}

/** The joint called pelvis that the head hangs on, the deepest of several: `Hips` before `Pelvis` in a Biped. */
function readPelvis(tree: Tree, names: readonly JointName[], head: number | undefined): number | undefined {
  return names
    .flatMap((name, joint) => (name.side === undefined && isPelvisWord(name.key) ? [joint] : []))
    .filter((joint) =>
      head === undefined ? descendants(tree, joint).length > 0 : isWithin(tree, head, joint),
    )
    .sort((a, b) => tree.depths[b] - tree.depths[a])[0];
}

/** Pelvis, head and limbs as the names have them; spine and neck follow from these by the tree. */
export function namedRoles(tree: Tree, names: readonly JointName[]): Found {
  const found: Found = {};
  const head = readHead(tree, names);
  const pelvis = readPelvis(tree, names, head);
  if (head !== undefined) found.head = { joint: head, weight: 1 };
  if (pelvis !== undefined) found.pelvis = { joint: pelvis, weight: 1 };
  for (const side of SIDES) {
    for (const parts of [ARM, LEG]) {
      for (const { part, joint, weight } of readLimb(tree, names, side, parts)) {
        found[`${part}${side}` as BodyRole] = { joint, weight };
      }
    }
  }
  return found;
}
