import { makeBandSystem } from '../math/band-system.js';
import type { MovingFigure } from './calibrate.js';
import { makeJerkRows } from './jerk-rows.js';
import { makeLimbDirections } from './limb-directions.js';
import { type LimbTrack, poseLimb } from './limb-ik.js';
import { limbTracks, type SideLimb } from './limb-tracks.js';
import { inStretches } from './stretches.js';
import type { Given } from './transfer.js';
import type { Figure, TransferPlan } from './transfer-plan.js';
import { pathOf, type TravelScale } from './world-track.js';

/** How much the hand's jerk counts against the arm's directions (radians). */
const JERK = 0.02;
/** Holds the hand of an arm that has no direction, by its distance in leg lengths. */
const REST = 1e-4;
const ROUNDS = 2;

/**
 * The target's arms, whose hands are steadied over the whole clip: the arm points as the source's, and the hand
 * jerks as the source's does, scaled to the target.
 *
 * What shoulders of other height or width shake is so taken off the hands, by fractions of a degree in the arm.
 */
export function solveArms(
  plan: TransferPlan,
  source: MovingFigure,
  target: Figure,
  given: Given,
  scale: TravelScale,
  legLength: number,
): SideLimb[] {
  const arms = limbTracks('arm', plan, source.track, target, given);
  for (const arm of arms) {
    const hand = source.figure.body.roles[`hand${arm.side}`];
    if (hand !== undefined) steadyHand(arm, pathOf(source.track, hand, scale), legLength);
  }
  return arms;
}

function steadyHand(arm: LimbTrack, hand: Float64Array, legLength: number): void {
  const directions = makeLimbDirections(arm);
  const jerk = makeJerkRows(hand, legLength, JERK);
  const unknowns = new Int32Array(3);
  const coefficients = new Float64Array(3);
  const shift = inStretches(arm.tip.length / 3, 3, (first, last, x) => {
    const system = makeBandSystem(3 * (last - first + 1), 12);
    x.fill(0);
    for (let round = 0; round < ROUNDS; round++) {
      system.clear();
      for (let f = first; f <= last; f++) {
        const at = 3 * (f - first);
        for (let k = 0; k < 3; k++) unknowns[k] = at + k;
        directions.at(f, x[at], x[at + 1], x[at + 2]);
        for (let row = 0; row < 3; row++) {
          for (let k = 0; k < 3; k++) coefficients[k] = directions.slopes[3 * row + k];
          system.add(unknowns, coefficients, 3, directions.rights[row]);
        }
        coefficients[0] = Math.sqrt(REST) / legLength;
        for (let k = 0; k < 3; k++) {
          unknowns[0] = at + k;
          system.add(unknowns, coefficients, 1, 0);
        }
        jerk.add(system, arm.tip, f, first, 3, 0);
      }
      system.solve(x);
    }
  });
  for (let i = 0; i < shift.length; i++) shift[i] += arm.tip[i];
  poseLimb(arm, shift);
}
