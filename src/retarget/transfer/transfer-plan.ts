import { BODY_ROLES, type BodyRole, restPose, type Skeleton } from '../../clip/index.js';
import type { PoseKernels } from '../../kernels/pose-kernels.js';
import { conjugate, quatAt, setQuat } from '../../math/quat.js';
import { distance, vec3At } from '../../math/vec3.js';
import { FINGERS, SIDES } from '../body/body.js';
import type { Figure } from '../calibrate/figure.js';
import { type ClipPart, isLeftOut } from './unanimated.js';

/**
 * Which joint of the source turns each joint of the target.
 *
 * | array         | shape       | meaning                                                      |
 * | ------------- | ----------- | ------------------------------------------------------------ |
 * | `from`        | [joints]    | source joint, −1 where the target joint stays at rest        |
 * | `towards`     | [joints]    | second source joint of a blend, else the same as `from`      |
 * | `share`       | [joints]    | 0 at `from`, 1 at `towards`                                  |
 * | `sourceAnatomy` | [source joints, 4] | joint from anatomy                                  |
 * | `anatomyFromJoint` | [joints, 4] | of the target                                           |
 * | `restRotations`, `restTranslations` | [joints, 4], [joints, 3] | of the target          |
 */
export interface TransferPlan {
  readonly skeleton: Skeleton;
  readonly from: Int32Array;
  readonly towards: Int32Array;
  readonly share: Float64Array;
  readonly sourceAnatomy: Float64Array;
  readonly anatomyFromJoint: Float64Array;
  readonly restRotations: Float64Array;
  readonly restTranslations: Float64Array;
  readonly pelvis: number;
  /** The skeletons are one and the same; every joint is copied. */
  readonly same: boolean;
  /** What carries poses by this plan; its block has the joints of both skeletons. */
  readonly kernels: PoseKernels;
  /** How far joints leave their rest place to their parent, see `stretches`; none by default. */
  readonly stretches?: ReadonlyMap<number, Float64Array>;
}

const NO_GAP = 1e-4;
const SAME_PLACE = 1e-4;
const SAME_TURN = 1e-4;

/** Whether two skeletons have the same joints in the same rest pose; order does not matter. */
export function isSameSkeleton(a: Skeleton, b: Skeleton): boolean {
  if (a.joints.length !== b.joints.length) return false;
  const byName = new Map(b.joints.map((joint) => [joint.name, joint]));
  return a.joints.every((joint) => {
    const other = byName.get(joint.name);
    if (!other) return false;
    const parent = joint.parent < 0 ? undefined : a.joints[joint.parent]?.name;
    const otherParent = other.parent < 0 ? undefined : b.joints[other.parent]?.name;
    const turn = joint.restRotation.reduce((sum, x, i) => sum + x * (other.restRotation[i] as number), 0);
    return (
      parent === otherParent &&
      1 - Math.abs(turn) < SAME_TURN &&
      (joint.parent < 0 ||
        joint.restTranslation.every(
          (x, i) => Math.abs(x - (other.restTranslation[i] as number)) < SAME_PLACE,
        ))
    );
  });
}

/** Decides for every target joint which source joints turn it; those of parts that are left out stay at rest. */
export function makeTransferPlan(
  source: Figure,
  target: Figure,
  kernels: PoseKernels,
  leftOut: ReadonlySet<ClipPart> = new Set(),
): TransferPlan {
  const count = target.skeleton.joints.length;
  const from = new Int32Array(count).fill(-1);
  const towards = new Int32Array(count).fill(-1);
  const share = new Float64Array(count);
  const rest = restPose(target.skeleton);
  const same = isSameSkeleton(source.skeleton, target.skeleton);
  const anatomyFromJoint = new Float64Array(4 * count);
  for (let j = 0; j < count; j++) {
    setQuat(anatomyFromJoint, j, same ? [0, 0, 0, 1] : conjugate(quatAt(target.anatomy.jointFromAnatomy, j)));
  }
  const drive = (joint: number | undefined, a: number | undefined, b = a, t = 0): void => {
    if (joint === undefined || a === undefined || b === undefined) return;
    if (!same && !(target.anatomy.known[joint] && source.anatomy.known[a] && source.anatomy.known[b])) return;
    from[joint] = a;
    towards[joint] = b;
    share[joint] = t;
  };

  if (same) {
    const byName = new Map(source.skeleton.joints.map((joint, j) => [joint.name, j]));
    target.skeleton.joints.forEach((joint, j) => void drive(j, byName.get(joint.name)));
  } else {
    for (const role of BODY_ROLES) {
      if (!IN_CHAINS.has(role) && !isLeftOut(role, leftOut))
        drive(target.body.roles[role], source.body.roles[role]);
    }
    if (!leftOut.has('upper')) {
      driveChain(source, target, 'spine', drive);
      driveChain(source, target, 'neck', drive);
    }
    for (const side of SIDES) {
      if (leftOut.has('upper') || leftOut.has(`fingers${side}`)) continue;
      for (const name of FINGERS) {
        const [finger, own] = [source.body.fingers[side][name], target.body.fingers[side][name]];
        drive(own?.metacarpal, finger?.metacarpal);
        if (finger && own) driveFinger(finger.joints, own.joints, drive);
      }
    }
  }
  const identity = Float64Array.from({ length: 4 * source.skeleton.joints.length }, (_, i) =>
    i % 4 === 3 ? 1 : 0,
  );
  return {
    skeleton: target.skeleton,
    from,
    towards,
    share,
    sourceAnatomy: same ? identity : source.anatomy.jointFromAnatomy,
    anatomyFromJoint,
    restRotations: rest.rotations,
    restTranslations: rest.translations,
    pelvis: target.body.roles.pelvis ?? 0,
    same,
    kernels,
  };
}

/** Roles that `spine` and `neck` carry. */
const IN_CHAINS = new Set<BodyRole>(['spine1', 'spine2', 'spine3', 'neck']);

type Drive = (joint: number, a: number | undefined, b: number | undefined, t: number) => void;

/**
 * Shares the bend of a chain over another one, whatever their joint counts.
 *
 * Each joint turns the piece of chain from itself to the next; turns are known at the ends of these pieces
 * and blended between, along the normalised length. Chains of as many joints go one to one. A chain that the
 * source lacks bends evenly between its neighbours.
 */
function driveChain(source: Figure, target: Figure, chain: 'spine' | 'neck', drive: Drive): void {
  const joints = target.body[chain];
  const sourceJoints = source.body[chain];
  if (joints.length === sourceJoints.length) {
    joints.forEach((joint, i) => void drive(joint, sourceJoints[i], sourceJoints[i], 0));
    return;
  }
  const below =
    chain === 'spine' ? source.body.roles.pelvis : (source.body.spine.at(-1) ?? source.body.roles.pelvis);
  const above = chain === 'spine' ? undefined : source.body.roles.head;
  if (below === undefined) return;
  const knots: { joint: number; at: number }[] = [{ joint: below, at: 0 }];
  const ends = pieceEnds(source, sourceJoints, chain);
  sourceJoints.forEach((joint, i) => void knots.push({ joint, at: ends[i] as number }));
  if (sourceJoints.length === 0 && above !== undefined) {
    // One piece more than the neck has joints: the head's own.
    knots.push({ joint: above, at: (joints.length + 1) / joints.length });
  }
  const wanted =
    sourceJoints.length === 0
      ? joints.map((_, i) => (i + 1) / joints.length)
      : pieceEnds(target, joints, chain);
  joints.forEach((joint, i) => {
    const at = wanted[i] as number;
    let k = 0;
    while (k + 2 < knots.length && (knots[k + 1] as { at: number }).at <= at) k++;
    const [a, b] = [knots[k], knots[k + 1] ?? knots[k]] as [
      { joint: number; at: number },
      { joint: number; at: number },
    ];
    const t = b.at > a.at ? Math.min(1, Math.max(0, (at - a.at) / (b.at - a.at))) : 1;
    drive(joint, a.joint, b.joint, t);
  });
}

/** Fingers of as many joints go one to one; others share the bend, and their tips point as the source's. */
function driveFinger(source: readonly number[], target: readonly number[], drive: Drive): void {
  target.forEach((joint, i) => {
    const at = Math.max(0, ((i + 1) / target.length) * source.length - 1);
    const below = Math.floor(at + 1e-9);
    drive(joint, source[below], source[Math.min(below + 1, source.length - 1)], at - below);
  });
}

/** Where along a chain, 0..1, the piece that each joint turns comes to its end. */
function pieceEnds(figure: Figure, joints: readonly number[], chain: 'spine' | 'neck'): number[] {
  const { positions } = figure.anatomy.reference.world;
  const { head } = figure.body.roles;
  const beyond = [...(chain === 'spine' ? figure.body.neck : []), head].filter(
    (joint) => joint !== undefined,
  );
  const gap = (a: number, b: number): number => distance(vec3At(positions, a), vec3At(positions, b));
  const last = joints.at(-1);
  // Some rigs begin the neck in the very place of the last spine joint; that joint's piece ends further on.
  const end = last === undefined ? undefined : beyond.find((joint) => gap(last, joint) > NO_GAP);
  const stops = [...joints.slice(1), end];
  let sum = 0;
  const ends = joints.map((joint, i) => {
    const next = stops[i];
    sum += next === undefined ? 0 : gap(joint, next);
    return sum;
  });
  return ends.map((at, i) => (sum > 0 ? at / sum : (i + 1) / joints.length));
}
