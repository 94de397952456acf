import type { WorldTrack } from '../body/world-track.js';
import type { Given } from './given.js';
import { blocks, makeTransfer } from './transfer.js';
import type { TransferPlan } from './transfer-plan.js';

/** The ways of some joints of the target as the source turns them, with what is `given`; each [frames, 3]. */
export function jointWays(
  plan: TransferPlan,
  source: WorldTrack,
  given: Given,
  joints: readonly number[],
): Float64Array[] {
  const ways = joints.map(() => new Float64Array(3 * source.frameCount));
  const transfer = makeTransfer(plan, source, given, { world: joints });
  const { positions } = transfer.world;
  const { length } = plan.skeleton.joints;
  for (const [first, count] of blocks(0, source.frameCount)) {
    transfer.carry(first, count);
    for (let i = 0; i < joints.length; i++)
      for (let f = 0; f < count; f++)
        for (let k = 0; k < 3; k++)
          ways[i][3 * (first + f) + k] = positions[3 * (f * length + joints[i]) + k];
  }
  return ways;
}
