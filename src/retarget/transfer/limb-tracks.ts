import type { BodyRole } from '../../clip/index.js';
import type { LimbTrack } from '../../math/limb-ik.js';
import { rotateRow } from '../../math/quat-rows.js';
import { SIDES, type Side } from '../body/body.js';
import type { WorldTrack } from '../body/world-track.js';
import type { Figure } from '../calibrate/figure.js';
import { type Given, makeTransfer } from './transfer.js';
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
  const transfer = makeTransfer(plan, source, given, [plan.pelvis, ...limbs.map(({ end }) => end)]);
  const { positions, rotations } = transfer.world;
  for (let f = 0; f < frameCount; f++) {
    transfer.carry(f);
    for (const { limb, hinge, end } of limbs) {
      const { upper, lower, tip } = limb.joints;
      for (let k = 0; k < 3; k++) {
        limb.base[3 * f + k] = positions[3 * upper + k];
        limb.middle[3 * f + k] = positions[3 * lower + k];
        limb.tip[3 * f + k] = positions[3 * tip + k];
        limb.beyond[3 * f + k] = positions[3 * end + k] - positions[3 * tip + k];
      }
      for (let k = 0; k < 4; k++) {
        limb.upper[4 * f + k] = rotations[4 * upper + k];
        limb.lower[4 * f + k] = rotations[4 * lower + k];
      }
      rotateRow(rotations, 4 * upper, hinge, 0, limb.hinge, 3 * f);
    }
  }
  return limbs.map(({ limb }) => limb);
}
