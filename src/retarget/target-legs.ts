import { restWorldPose } from '../clip/index.js';
import { rotateRow } from '../math/quat-rows.js';
import { SIDES, type Side } from './body.js';
import { type MovingFigure, restSizeOf } from './calibrate.js';
import type { FootContacts } from './contacts.js';
import type { FeetContacts } from './feet-contacts.js';
import type { LegTrack } from './leg-ik.js';
import type { PlantedLeg } from './plant-feet.js';
import { makeTransfer } from './transfer.js';
import type { Figure, TransferPlan } from './transfer-plan.js';
import { pathOf } from './world-track.js';

/** One leg of the target over a clip. */
export interface SideLeg extends LegTrack {
  readonly side: Side;
  readonly joints: { readonly thigh: number; readonly calf: number; readonly foot: number };
  readonly sole: Float64Array;
}

/** The target's legs as the source turns them, with the pelvis where `pelvis` has it. */
export function legTracks(
  plan: TransferPlan,
  source: MovingFigure,
  target: Figure,
  pelvis: Float64Array,
): SideLeg[] {
  const { body, anatomy } = target;
  const frameCount = source.track.frameCount;
  const bothHaveToes = (side: Side): boolean =>
    body.roles[`toe${side}`] !== undefined && source.figure.body.roles[`toe${side}`] !== undefined;
  const legs = SIDES.flatMap((side): SideLeg[] => {
    const [thigh, calf, foot] = [
      body.roles[`thigh${side}`],
      body.roles[`calf${side}`],
      body.roles[`foot${side}`],
    ];
    if (thigh === undefined || calf === undefined || foot === undefined) return [];
    const array = (width: number): Float64Array => new Float64Array(width * frameCount);
    return [
      {
        side,
        joints: { thigh, calf, foot },
        hip: array(3),
        knee: array(3),
        ankle: array(3),
        sole: array(3),
        thigh: array(4),
        calf: array(4),
        hinge: array(3),
      },
    ];
  });
  const ofLegs = legs.flatMap(({ side, joints }) => [joints.foot, body.roles[`toe${side}`] ?? joints.foot]);
  const transfer = makeTransfer(plan, source.track, { pelvis }, [plan.pelvis, ...ofLegs]);
  const { positions, rotations } = transfer.world;
  const hinges = new Float64Array(3 * plan.skeleton.joints.length);
  for (const { joints } of legs) {
    rotateRow(anatomy.jointFromAnatomy, 4 * joints.thigh, Z, 0, hinges, 3 * joints.thigh);
  }
  for (let f = 0; f < frameCount; f++) {
    transfer.carry(f);
    for (const leg of legs) {
      const { thigh, calf, foot } = leg.joints;
      const toe = bothHaveToes(leg.side) ? (body.roles[`toe${leg.side}`] as number) : foot;
      for (let k = 0; k < 3; k++) {
        leg.hip[3 * f + k] = positions[3 * thigh + k];
        leg.knee[3 * f + k] = positions[3 * calf + k];
        leg.ankle[3 * f + k] = positions[3 * foot + k];
        leg.sole[3 * f + k] = positions[3 * toe + k] - positions[3 * foot + k];
      }
      for (let k = 0; k < 4; k++) {
        leg.thigh[4 * f + k] = rotations[4 * thigh + k];
        leg.calf[4 * f + k] = rotations[4 * calf + k];
      }
      rotateRow(rotations, 4 * thigh, hinges, 3 * thigh, leg.hinge, 3 * f);
    }
  }
  return legs;
}

const Z = Float64Array.of(0, 0, 1);
const NEVER: FootContacts = { spans: [], standing: new Uint8Array(0), floor: 0 };
/** A rest pose whose soles lie within these shares of a leg from height 0 stands on the floor. */
const STANDS = { below: -0.03, above: 0.13 };

/** A leg with the source's foot, scaled and set on the target's floor. */
export function plantedLeg(
  leg: SideLeg,
  source: MovingFigure,
  target: Figure,
  feet: FeetContacts,
  scale: { horizontal: number; vertical: number },
): PlantedLeg {
  const contacts = feet[leg.side];
  const { track, figure } = source;
  const toes =
    figure.body.roles[`toe${leg.side}`] !== undefined && target.body.roles[`toe${leg.side}`] !== undefined;
  const role = toes ? (`toe${leg.side}` as const) : (`foot${leg.side}` as const);
  const joint = figure.body.roles[role];
  const wish = joint === undefined ? new Float64Array(3 * track.frameCount) : pathOf(track, joint);
  const spans = joint === undefined || !contacts ? NEVER : contacts;
  const floor =
    joint === undefined || !contacts ? 0 : floorUnder(source, feet, toes ? 'toe' : 'foot', leg.side);
  const rest = restWorldPose(target.skeleton);
  const restHeight = rest.positions[3 * (target.body.roles[role] as number) + 1];
  const size = restSizeOf(target.skeleton, target.body);
  const stands = restHeight > STANDS.below * size && restHeight < STANDS.above * size;
  const standHeight = stands ? restHeight : floor * scale.vertical;
  for (let f = 0; f < track.frameCount; f++) {
    wish[3 * f] *= scale.horizontal;
    wish[3 * f + 1] = standHeight + (wish[3 * f + 1] - floor) * scale.vertical;
    wish[3 * f + 2] *= scale.horizontal;
  }
  return { leg, sole: leg.sole, wish, contacts: spans, standHeight };
}

/**
 * Height at which the balls (or ankles) of both feet stand, metres: one floor for both, so that who stands with
 * one foot on a step goes on doing so. Where no foot stands it is the lowest place of this side's own ball.
 */
function floorUnder(source: MovingFigure, feet: FeetContacts, part: 'toe' | 'foot', side: Side): number {
  const { track, figure } = source;
  const heights = new Float64Array(SIDES.length * track.frameCount);
  let count = 0;
  for (const each of SIDES) {
    const joint = figure.body.roles[`${part}${each}`];
    for (const { first, last } of joint === undefined ? [] : (feet[each]?.spans ?? []))
      for (let f = first; f <= last; f++)
        heights[count++] = track.positions[3 * (f * track.jointCount + (joint ?? 0)) + 1];
  }
  if (count === 0) return feet[side]?.floor ?? 0;
  return heights.subarray(0, count).sort()[count >> 1];
}

/** Metres by which standing (or else the lowest) soles lie below their floor. */
export function floorLift(legs: readonly PlantedLeg[], from: number): number {
  const standing: number[] = [];
  for (const { leg, sole, wish, contacts } of legs) {
    for (const { first, last } of contacts.spans) {
      for (let f = first; f <= last; f++)
        standing.push(wish[3 * f + 1] - leg.ankle[3 * f + 1] - sole[3 * f + 1]);
    }
  }
  if (standing.length === 0) {
    const lows = legs.map(({ leg, sole, standHeight }) => {
      let low = Number.POSITIVE_INFINITY;
      for (let f = from; f < sole.length / 3; f++)
        low = Math.min(low, leg.ankle[3 * f + 1] + sole[3 * f + 1]);
      return standHeight - low;
    });
    return lows.length > 0 ? Math.max(...lows) : 0;
  }
  standing.sort((a, b) => a - b);
  return standing[standing.length >> 1] as number;
}

/** Moves the pelvis and the legs up by `lift` metres. */
export function liftAll(pelvis: Float64Array, legs: readonly SideLeg[], lift: number): void {
  for (const path of [pelvis, ...legs.flatMap(({ hip, knee, ankle }) => [hip, knee, ankle])]) {
    for (let i = 1; i < path.length; i += 3) path[i] += lift;
  }
}
