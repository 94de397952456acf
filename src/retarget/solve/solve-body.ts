import { type Rate, restWorldPose } from '../../clip/index.js';
import type { TravelScale } from '../body/world-track.js';
import type { MovingFigure } from '../calibrate/calibrate.js';
import type { Figure } from '../calibrate/figure.js';
import type { SideLimb } from '../transfer/limb-tracks.js';
import { makePelvisPath } from '../transfer/pelvis-path.js';
import type { TransferPlan } from '../transfer/transfer-plan.js';
import type { HandWish } from './hand-wishes.js';
import { type PlantedLeg, plantFeet } from './plant-feet.js';
import { solveArms } from './solve-arms.js';
import { solveLegs } from './solve-legs.js';
import { steadyTrunk } from './steady-trunk.js';
import { floorLift, legTracks, liftAll, plantedLeg } from './target-legs.js';

/** `high` solves legs and hands over the whole clip at once, `fast` frame by frame and the feet alone. */
export const QUALITIES = ['high', 'fast'] as const;
export type SolveQuality = (typeof QUALITIES)[number];

export interface BodySolve {
  readonly plan: TransferPlan;
  readonly source: MovingFigure;
  readonly target: Figure;
  readonly scale: TravelScale;
  readonly sourceLeg: number;
  readonly targetLeg: number;
  readonly rate: Rate;
  readonly quality: SolveQuality;
  /** Standing feet are held. */
  readonly contacts: boolean;
  /** What is asked of the hands; each is solved over the whole clip, whatever the quality. */
  readonly hands: readonly HandWish[];
}

/** What of the target is not just turned as the source's. */
export interface SolvedBody {
  /** [frames, 3] */
  readonly pelvis: Float64Array;
  /** Turns of the spine's joints, [frames, 4] each. */
  readonly trunk: ReadonlyMap<number, Float64Array>;
  readonly legs: readonly PlantedLeg[];
  readonly limbs: readonly SideLimb[];
  /** Metres by which the body was lifted so that its soles stand on the floor. */
  readonly lift: number;
}

/** Puts the pelvis, plants the feet, steadies trunk and hands; pelvis and legs that the clip leaves out stay at rest. */
export function solveBody(what: BodySolve): SolvedBody {
  const { plan, source, target, scale, rate, quality, hands } = what;
  const isWhole = plan.from[plan.pelvis] >= 0;
  const below = isWhole ? solveLowerBody(what) : restingPelvis(what);
  const { pelvis, legs, limbs } = below;
  const trunk = isWhole ? steadyTrunk(plan, source, target, pelvis, scale, rate) : new Map();
  const { upperArmL, upperArmR } = target.body.roles;
  const moves = [upperArmL, upperArmR].some((joint) => joint !== undefined && plan.from[joint] >= 0);
  // On legs at rest nothing shakes.
  if (!moves || (hands.length === 0 && (quality === 'fast' || !isWhole))) return { ...below, trunk };
  const turns = new Map(trunk);
  for (const { joints, upper, lower } of limbs) turns.set(joints.upper, upper).set(joints.lower, lower);
  const ground = Math.min(...legs.map(({ standHeight }) => standHeight), Number.POSITIVE_INFINITY);
  const arms = solveArms({ ...what, given: { pelvis, turns }, ground: Number.isFinite(ground) ? ground : 0 });
  return { ...below, trunk, limbs: [...limbs, ...arms] };
}

type LowerBody = Omit<SolvedBody, 'trunk'>;

function solveLowerBody({
  plan,
  source,
  target,
  scale,
  targetLeg,
  rate,
  quality,
  contacts,
}: BodySolve): LowerBody {
  const pelvis = new Float64Array(3 * source.track.frameCount);
  makePelvisPath(source.figure, target, plan, scale).write(source.track, pelvis);
  const limbs = legTracks(plan, source, target, pelvis);
  // Planting frame by frame knows balls alone.
  const withHeels = contacts && quality === 'high';
  const legs = limbs.map((leg) => plantedLeg(leg, source, target, source.feet, scale, rate, withHeels));
  const lift = plan.same ? 0 : floorLift(legs, source.calibrationFrames);
  liftAll(pelvis, limbs, lift);
  if (quality === 'high') solveLegs(legs, pelvis, rate, targetLeg, contacts);
  else if (contacts) plantFeet(legs, pelvis, rate, targetLeg);
  // Legs that nothing was asked of are as they are carried.
  return { pelvis, legs, limbs: quality === 'high' || contacts ? limbs : [], lift };
}

function restingPelvis({ plan, source, target }: BodySolve): LowerBody {
  const rest = restWorldPose(target.skeleton).positions.subarray(3 * plan.pelvis, 3 * plan.pelvis + 3);
  const pelvis = new Float64Array(3 * source.track.frameCount);
  for (let i = 0; i < pelvis.length; i += 3) pelvis.set(rest, i);
  return { pelvis, legs: [], limbs: [], lift: 0 };
}
