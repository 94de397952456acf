import { type LocalPose, restWorldPose, type WorldPose } from '../../clip/index.js';
import { BLOCK_FRAMES, type PoseBlock } from '../../kernels/pose-block.js';
import { multiplyRows } from '../../math/quat-rows.js';
import type { WorldTrack } from '../body/world-track.js';
import { type Given, rootOf } from './given.js';
import type { TransferPlan } from './transfer-plan.js';
import { type Wanted, writeSteps } from './transfer-steps.js';

/**
 * Carries poses over by the plan, some frames a call, into memory made once.
 *
 * The target's joints keep their rest translations but for stretches; the pelvis and the root go where they are put. Other
 * joints above the pelvis stay at rest. Only what is wanted is carried. A transfer ends where the next one with the same
 * plan begins.
 */
export interface Transfer {
  /** World poses of the wanted joints in the frames that were last carried, [frames, joints, 3 or 4]. */
  readonly world: WorldPose;
  /** Local turns [frames, joints, 4] and places [frames, joints, 3] of these frames. */
  readonly local: LocalPose;
  /**
   * Carries `count` frames from `first` on, at most `BLOCK_FRAMES`. Tells whether all local turns and places are finite;
   * turns lie on the side of those of the frame that was carried before.
   */
  carry(first: number, count: number): boolean;
}

export function makeTransfer(plan: TransferPlan, source: WorldTrack, given: Given, wanted: Wanted): Transfer {
  const { kernels } = plan;
  const { block } = kernels;
  const stepCount = writeSteps(block, plan, given, wanted);
  block.last.fill(0);
  const load = makeLoader(block, plan, given);
  return {
    world: { positions: block.places, rotations: block.turns },
    local: { rotations: block.localTurns, translations: block.localPlaces },
    carry(first, count) {
      const width = 4 * source.jointCount;
      block.sourceTurns.set(source.rotations.subarray(width * first, width * (first + count)));
      load(first, count);
      return kernels.carryPoses(stepCount, count);
    },
  };
}

/** Runs of frames that are carried at once: the first one's number, and how many. */
export function* blocks(first: number, frameCount: number): Generator<readonly [number, number]> {
  const end = first + frameCount;
  for (let f = first; f < end; f += BLOCK_FRAMES) yield [f, Math.min(BLOCK_FRAMES, end - f)];
}

/** Puts what is given for some frames into the block. */
function makeLoader(
  { targetCount, givenTurns, givenPlaces }: PoseBlock,
  plan: TransferPlan,
  given: Given,
): (first: number, count: number) => void {
  const copy = (
    values: Float64Array,
    width: 3 | 4,
    joint: number,
    first: number,
    count: number,
    to: Float64Array,
  ): void => {
    for (let i = 0; i < count; i++) {
      const at = width * (i * targetCount + joint);
      for (let k = 0; k < width; k++) to[at + k] = values[width * (first + i) + k];
    }
  };
  const turns = [...(given.turns ?? [])];
  const places = [[plan.pelvis, given.pelvis] as const, ...(plan.stretches ?? [])];
  const root = rootOf(plan, given);
  const rest = restWorldPose(plan.skeleton);
  const yaw = new Float64Array(4);
  return (first, count) => {
    for (const [joint, values] of turns) copy(values, 4, joint, first, count, givenTurns);
    for (const [joint, values] of places) copy(values, 3, joint, first, count, givenPlaces);
    if (root < 0 || !given.root) return;
    const { path } = given.root;
    for (let i = 0; i < count; i++) {
      const from = 4 * (first + i);
      const to = i * targetCount + root;
      for (let k = 0; k < 3; k++) givenPlaces[3 * to + k] = path[from + k];
      yaw[1] = Math.sin(path[from + 3] / 2);
      yaw[3] = Math.cos(path[from + 3] / 2);
      multiplyRows(yaw, 0, rest.rotations, 4 * root, givenTurns, 4 * to);
    }
  };
}
