import { type LocalPose, restWorldPose, type WorldPose } from '../../clip/index.js';
import { divideRows, multiplyRows, rotateRow, slerpRows } from '../../math/quat-rows.js';
import type { WorldTrack } from '../body/world-track.js';
import type { TransferPlan } from './transfer-plan.js';

/** What is not taken from the source, by frame. */
export interface Given {
  /** Place of the pelvis, [frames, 3], metres. */
  readonly pelvis: Float64Array;
  /** World turns of joints, each [frames, 4]. */
  readonly turns?: ReadonlyMap<number, Float64Array>;
  /** The joint at the floor and its way, [frames, 4] of x, y, z and turn about the vertical. */
  readonly root?: { readonly joint: number; readonly path: Float64Array };
}

/**
 * Carries poses over by the plan, one frame a call, into memory made once.
 *
 * The target's joints keep their rest translations but for stretches; the pelvis and the root go where they are put. Other
 * joints above the pelvis stay at rest.
 *
 * `makeTransfer` may be told which joints are wanted: only the world poses of these and what is above them are
 * carried then.
 */
export interface Transfer {
  /** World pose of the last frame that was carried over. */
  readonly world: WorldPose;
  /** Local rotations [joints, 4] and translations [joints, 3] of the last frame. */
  readonly local: LocalPose;
  carry(frame: number): void;
}

export function makeTransfer(
  plan: TransferPlan,
  source: WorldTrack,
  given: Given,
  wanted?: readonly number[],
): Transfer {
  const { joints } = plan.skeleton;
  const count = joints.length;
  const parents = Int32Array.from(joints, (joint) => joint.parent);
  const rotations = new Float64Array(4 * count);
  const positions = new Float64Array(3 * count);
  const local: LocalPose = {
    rotations: Float64Array.from(plan.restRotations),
    translations: Float64Array.from(plan.restTranslations),
  };
  const a = new Float64Array(4);
  const b = new Float64Array(4);
  const fixed: (Float64Array | undefined)[] = joints.map((_, j) => given.turns?.get(j));
  const stretched = joints.map((_, j) => plan.stretches?.get(j));
  const rest = restWorldPose(plan.skeleton);
  // Each target joint in the frame of the one source joint that turns it.
  const sourceFromJoint = new Float64Array(4 * count);
  for (let j = 0; j < count; j++)
    if (plan.from[j] >= 0)
      multiplyRows(
        plan.sourceAnatomy,
        4 * plan.from[j],
        plan.anatomyFromJoint,
        4 * j,
        sourceFromJoint,
        4 * j,
      );
  const carried = wanted ? withAncestors(wanted, parents) : Int32Array.from(joints, (_, j) => j);
  // A pelvis that is its own root goes where `pelvis` says.
  const root = given.root && given.root.joint !== plan.pelvis ? given.root.joint : -1;

  const setPlace = (j: number, x: number, y: number, z: number): void => {
    const parent = parents[j];
    positions[3 * j] = x;
    positions[3 * j + 1] = y;
    positions[3 * j + 2] = z;
    for (let k = 0; k < 3; k++) a[k] = positions[3 * j + k] - (parent >= 0 ? positions[3 * parent + k] : 0);
    if (parent < 0) {
      for (let k = 0; k < 3; k++) local.translations[3 * j + k] = a[k];
      return;
    }
    for (let k = 0; k < 3; k++) b[k] = -rotations[4 * parent + k];
    b[3] = rotations[4 * parent + 3];
    rotateRow(b, 0, a, 0, local.translations, 3 * j);
  };

  /** The world turn of joint `j`: given, the source's, or as its parent's at rest. */
  const setTurn = (j: number, frame: number): void => {
    const parent = parents[j];
    const turns = fixed[j];
    const from = plan.from[j];
    if (turns) {
      for (let k = 0; k < 4; k++) rotations[4 * j + k] = turns[4 * frame + k];
    } else if (j === root && given.root) {
      const half = given.root.path[4 * frame + 3] / 2;
      a[0] = 0;
      a[1] = Math.sin(half);
      a[2] = 0;
      a[3] = Math.cos(half);
      multiplyRows(a, 0, rest.rotations, 4 * j, rotations, 4 * j);
    } else if (from >= 0) {
      const row = 4 * frame * source.jointCount;
      const towards = plan.towards[j];
      if (towards === from) {
        multiplyRows(source.rotations, row + 4 * from, sourceFromJoint, 4 * j, rotations, 4 * j);
      } else {
        multiplyRows(source.rotations, row + 4 * from, plan.sourceAnatomy, 4 * from, a, 0);
        multiplyRows(source.rotations, row + 4 * towards, plan.sourceAnatomy, 4 * towards, b, 0);
        slerpRows(a, 0, b, 0, plan.share[j], a, 0);
        multiplyRows(a, 0, plan.anatomyFromJoint, 4 * j, rotations, 4 * j);
      }
    } else if (parent >= 0) {
      multiplyRows(rotations, 4 * parent, plan.restRotations, 4 * j, rotations, 4 * j);
    } else {
      for (let k = 0; k < 4; k++) rotations[4 * j + k] = plan.restRotations[4 * j + k];
    }
  };

  const isAtRest = fixed.map((turns, j) => !turns && j !== root && plan.from[j] < 0);
  const setLocalTurn = (j: number, parent: number): void => {
    if (parent >= 0) divideRows(rotations, 4 * parent, rotations, 4 * j, local.rotations, 4 * j);
    else for (let k = 0; k < 4; k++) local.rotations[4 * j + k] = rotations[4 * j + k];
  };

  return {
    world: { positions, rotations },
    local,
    carry(frame) {
      for (let c = 0; c < carried.length; c++) {
        const j = carried[c];
        const parent = parents[j];
        setTurn(j, frame);
        // What is at rest to its parent is so already.
        if (!wanted && !(isAtRest[j] && parent >= 0)) setLocalTurn(j, parent);
        if (j === plan.pelvis) {
          const { pelvis } = given;
          setPlace(j, pelvis[3 * frame], pelvis[3 * frame + 1], pelvis[3 * frame + 2]);
        } else if (j === root && given.root) {
          const { path } = given.root;
          setPlace(j, path[4 * frame], path[4 * frame + 1], path[4 * frame + 2]);
        } else if (parent >= 0) {
          rotateRow(rotations, 4 * parent, plan.restTranslations, 3 * j, positions, 3 * j);
          for (let k = 0; k < 3; k++) positions[3 * j + k] += positions[3 * parent + k];
          const stretch = stretched[j];
          if (stretch) {
            const [x, y, z] = [positions[3 * j], positions[3 * j + 1], positions[3 * j + 2]];
            setPlace(j, x + stretch[3 * frame], y + stretch[3 * frame + 1], z + stretch[3 * frame + 2]);
          }
        } else {
          for (let k = 0; k < 3; k++) positions[3 * j + k] = plan.restTranslations[3 * j + k];
        }
      }
    },
  };
}

/** Some joints with all that are above them, in the order of the skeleton. */
function withAncestors(joints: readonly number[], parents: Int32Array): Int32Array {
  const all = new Set<number>();
  for (const joint of joints) for (let j = joint; j >= 0 && !all.has(j); j = parents[j]) all.add(j);
  return Int32Array.from(all).sort();
}
