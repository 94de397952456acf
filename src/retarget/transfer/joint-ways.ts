import type { WorldTrack } from '../body/world-track.js';
import { type Given, makeTransfer } from './transfer.js';
import type { TransferPlan } from './transfer-plan.js';

/** The ways of some joints of the target as the source turns them, with what is `given`; each [frames, 3]. */
export function jointWays(
  plan: TransferPlan,
  source: WorldTrack,
  given: Given,
  joints: readonly number[],
): Float64Array[] {
  const ways = joints.map(() => new Float64Array(3 * source.frameCount));
  const transfer = makeTransfer(plan, source, given, [plan.pelvis, ...joints]);
  const { positions } = transfer.world;
  for (let f = 0; f < source.frameCount; f++) {
    transfer.carry(f);
    for (let i = 0; i < joints.length; i++)
      for (let k = 0; k < 3; k++) ways[i][3 * f + k] = positions[3 * joints[i] + k];
  }
  return ways;
}
