import { type Rate, restWorldPose } from '../../clip/index.js';
import { middleOf, ranked } from '../../math/middle.js';
import { SIDES, type Side } from '../body/body.js';
import { pathOf, type TravelScale } from '../body/world-track.js';
import { type MovingFigure, restSizeOf, sizeOf } from '../calibrate/calibrate.js';
import type { Figure } from '../calibrate/figure.js';
import type { FootContacts } from '../contacts/contacts.js';
import { type FeetContacts, SAME_FLOOR } from '../contacts/feet-contacts.js';
import { limbTracks, type SideLimb } from '../transfer/limb-tracks.js';
import type { TransferPlan } from '../transfer/transfer-plan.js';
import { heelOf } from './heels.js';
import type { PlantedLeg } from './plant-feet.js';

/** The target's legs as the source turns them, with the pelvis where `pelvis` has it. */
export function legTracks(
  plan: TransferPlan,
  source: MovingFigure,
  target: Figure,
  pelvis: Float64Array,
): SideLimb[] {
  return limbTracks('leg', plan, source.track, target, { pelvis }, (side) => {
    const toe = target.body.roles[`toe${side}`];
    return source.figure.body.roles[`toe${side}`] === undefined ? undefined : toe;
  });
}

const NEVER: FootContacts = { spans: [], standing: new Uint8Array(0), low: new Uint8Array(0), floor: 0 };
/** A rest pose whose soles lie within these shares of a leg from height 0 stands on the floor. */
const STANDS = { below: -0.03, above: 0.13 };

/** A leg with the source's foot, scaled and set on the target's floor. */
export function plantedLeg(
  leg: SideLimb,
  source: MovingFigure,
  target: Figure,
  feet: FeetContacts,
  scale: TravelScale,
  rate: Rate,
  withHeels: boolean,
): PlantedLeg {
  const contacts = feet[leg.side];
  const { track, figure } = source;
  const toes =
    figure.body.roles[`toe${leg.side}`] !== undefined && target.body.roles[`toe${leg.side}`] !== undefined;
  const role = toes ? (`toe${leg.side}` as const) : (`foot${leg.side}` as const);
  const joint = figure.body.roles[role];
  const wish = joint === undefined ? new Float64Array(3 * track.frameCount) : pathOf(track, joint, scale);
  const spans = joint === undefined || !contacts ? NEVER : contacts;
  const floor =
    joint === undefined || !contacts ? 0 : floorUnder(source, feet, toes ? 'toe' : 'foot', leg.side);
  const rest = restWorldPose(target.skeleton);
  const restHeight = rest.positions[3 * (target.body.roles[role] as number) + 1];
  const size = restSizeOf(target.skeleton, target.body);
  const stands = restHeight > STANDS.below * size && restHeight < STANDS.above * size;
  const standHeight = stands ? restHeight : floor * scale.vertical;
  for (let f = 0; f < track.frameCount; f++) {
    wish[3 * f + 1] += standHeight - floor * scale.vertical;
  }
  const foot = figure.body.roles[`foot${leg.side}`];
  const ankle = foot === undefined ? leg.tip : pathOf(track, foot, scale);
  const heel =
    withHeels && toes ? heelOf(leg.side, source, target, scale, standHeight, rate, spans) : undefined;
  return { leg, sole: leg.beyond, wish, ankle, contacts: spans, heel, standHeight };
}

/**
 * Height of the balls (or ankles) that stand on the lowest floor, metres: one floor for both feet, so that who
 * stands with one foot on a step goes on doing so. Where no foot stands it is the lowest place of this side's own ball.
 */
function floorUnder(source: MovingFigure, feet: FeetContacts, part: 'toe' | 'foot', side: Side): number {
  const { track, figure } = source;
  const heights = new Float64Array(SIDES.length * track.frameCount);
  let count = 0;
  for (const each of SIDES) {
    const joint = figure.body.roles[`${part}${each}`];
    const low = feet[each]?.low;
    if (joint === undefined || !low) continue;
    for (let f = 0; f < track.frameCount; f++)
      if (low[f]) heights[count++] = track.positions[3 * (f * track.jointCount + joint) + 1];
  }
  if (count === 0) return feet[side]?.floor ?? 0;
  const stood = heights.subarray(0, count);
  const limit = (ranked(stood, Math.floor(count / 10)) ?? 0) + SAME_FLOOR * sizeOf(track, figure.body);
  let same = 0;
  for (let i = 0; i < count; i++) if (stood[i] <= limit) same++;
  return ranked(stood, same >> 1) ?? 0;
}

/** Metres by which standing (or else the lowest) soles lie below their floor. */
export function floorLift(legs: readonly PlantedLeg[], from: number): number {
  const standing = new Float64Array(legs.reduce((sum, { sole }) => sum + sole.length / 3, 0));
  let count = 0;
  for (const { leg, sole, wish, contacts } of legs) {
    for (const { first, last } of contacts.spans) {
      for (let f = first; f <= last; f++)
        standing[count++] = wish[3 * f + 1] - leg.tip[3 * f + 1] - sole[3 * f + 1];
    }
  }
  if (count === 0) {
    const lows = legs.map(({ leg, sole, standHeight }) => {
      let low = Number.POSITIVE_INFINITY;
      for (let f = from; f < sole.length / 3; f++) low = Math.min(low, leg.tip[3 * f + 1] + sole[3 * f + 1]);
      return standHeight - low;
    });
    return lows.length > 0 ? Math.max(...lows) : 0;
  }
  return middleOf(standing.subarray(0, count)) ?? 0;
}

/** Moves the pelvis and the legs up by `lift` metres. */
export function liftAll(pelvis: Float64Array, legs: readonly SideLimb[], lift: number): void {
  for (const path of [pelvis, ...legs.flatMap(({ base, middle, tip }) => [base, middle, tip])]) {
    for (let i = 1; i < path.length; i += 3) path[i] += lift;
  }
}

/** How high over its floor the lower of both balls is, metres, [frames]; 0 without legs. */
export function lowerFoot(legs: readonly PlantedLeg[], frameCount: number): Float64Array {
  const lower = new Float64Array(frameCount).fill(legs.length > 0 ? Number.POSITIVE_INFINITY : 0);
  for (const { leg, sole, standHeight } of legs) {
    for (let f = 0; f < frameCount; f++) {
      lower[f] = Math.min(lower[f], leg.tip[3 * f + 1] + sole[3 * f + 1] - standHeight);
    }
  }
  return lower;
}
