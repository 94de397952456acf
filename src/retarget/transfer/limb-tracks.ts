import type { BodyRole } from '../../clip/index.js';
import type { LimbTrack } from '../../math/limb-ik.js';
import { rotateRow } from '../../math/quat-rows.js';
import { SIDES, type Side } from '../body/body.js';
import type { WorldTrack } from '../body/world-track.js';
import type { Figure } from '../calibrate/figure.js';
import type { Given } from './given.js';
import { blocks, makeTransfer } from './transfer.js';
import type { TransferPlan } from './transfer-plan.js';

/** An arm or leg of the target over a clip. */
export interface SideLimb extends LimbTrack {
  readonly side: Side;
  readonly joints: { readonly upper: number; readonly lower: number; readonly tip: number };
  /** From the tip to the joint beyond it (the ball of the foot), [frames, 3]; zeros where none was asked for. */
  readonly beyond: Float64Array;
}

const ROLES = {
  arm: (side: Side) => [`upperArm${side}`, `forearm${side}`, `hand${side}`] as const,
  leg: (side: Side) => [`thigh${side}`, `calf${side}`, `foot${side}`] as const,
} satisfies Record<string, (side: Side) => readonly BodyRole[]>;
const Z = Float64Array.of(0, 0, 1);

/**
 * Both arms or legs of the target as the source turns them, with what is `given`; a limb that lacks one of its
 * three joints is left out.
 */
export function limbTracks(
  kind: 'arm' | 'leg',
  plan: TransferPlan,
  source: WorldTrack,
  { body, anatomy }: Figure,
  given: Given,
  beyond: (side: Side) => number | undefined = () => undefined,
): SideLimb[] {
  const { frameCount } = source;
  const array = (width: number): Float64Array => new Float64Array(width * frameCount);
  const limbs = SIDES.flatMap((side) => {
    const [upper, lower, tip] = ROLES[kind](side).map((role) => body.roles[role]);
    if (upper === undefined || lower === undefined || tip === undefined) return [];
    const hinge = new Float64Array(3);
    rotateRow(anatomy.jointFromAnatomy, 4 * upper, Z, 0, hinge, 0);
    const limb: SideLimb = {
      side,
      joints: { upper, lower, tip },
      base: array(3),
      middle: array(3),
      tip: array(3),
      upper: array(4),
      lower: array(4),
      hinge: array(3),
      beyond: array(3),
    };
    return [{ limb, hinge, end: beyond(side) ?? tip }];
  });
  const transfer = makeTransfer(plan, source, given, {
    world: limbs.flatMap(({ limb: { joints }, end }) => [joints.upper, joints.lower, joints.tip, end]),
  });
  const { positions, rotations } = transfer.world;
  const { length } = plan.skeleton.joints;
  for (const [first, count] of blocks(0, frameCount)) {
    transfer.carry(first, count);
    for (const { limb, hinge, end } of limbs) {
      const { base, middle, tip, beyond, upper, lower, joints } = limb;
      for (let i = 0; i < count; i++) {
        const row = i * length;
        const at = 3 * (first + i);
        const turn = 4 * (first + i);
        for (let k = 0; k < 3; k++) {
          base[at + k] = positions[3 * (row + joints.upper) + k];
          middle[at + k] = positions[3 * (row + joints.lower) + k];
          tip[at + k] = positions[3 * (row + joints.tip) + k];
          beyond[at + k] = positions[3 * (row + end) + k] - tip[at + k];
        }
        for (let k = 0; k < 4; k++) {
          upper[turn + k] = rotations[4 * (row + joints.upper) + k];
          lower[turn + k] = rotations[4 * (row + joints.lower) + k];
        }
        rotateRow(upper, turn, hinge, 0, limb.hinge, at);
      }
    }
  }
  return limbs.map(({ limb }) => limb);
}
