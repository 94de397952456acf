import { type Clip, keepSignsContinuous, restWorldPose, type Skeleton } from '../clip/index.js';
import { GaitwayError, type Warning } from '../errors.js';
import { rotateRow } from '../math/quat-rows.js';
import type { Body, Side } from './body.js';
import { SIDES } from './body.js';
import {
  type CalibrationReport,
  calibrateMoving,
  calibrateStill,
  calibrationWarnings,
  flatPitch,
  type MovingFigure,
  reportCalibration,
  restSizeOf,
  sizeOf,
  withTrustedSoles,
} from './calibrate.js';
import { detectContacts, type FootContacts } from './contacts.js';
import { makeHelperJoints } from './helper-joints.js';
import type { LegTrack } from './leg-ik.js';
import { pathOf } from './motion-evidence.js';
import { type PlantedLeg, plantFeet } from './plant-feet.js';
import { groundPath, pelvisPath, type RootMode } from './root-path.js';
import { makeTransfer, type Transfer } from './transfer.js';
import { type Figure, makeTransferPlan, type TransferPlan } from './transfer-plan.js';
import { makeTwistJoints } from './twist-joints.js';

export interface RetargetOptions {
  /** Standing feet are held in place; on by default. */
  readonly contacts?: boolean;
  /** What the joint at the floor does, where the target has one; `from-pelvis` by default. */
  readonly root?: RootMode;
  /** Whether ways along the floor are scaled by leg length (default) or kept. */
  readonly travel?: 'scaled' | 'unscaled';
  /** Leaves out the calibration T-pose at the clip's start; kept by default. */
  readonly trimCalibration?: boolean;
  /** Any motion of the target's own skeleton; it shows how the target stands where its rest pose does not. */
  readonly targetClip?: Clip;
}

export interface RetargetReport {
  readonly frameCount: number;
  readonly calibration: CalibrationReport;
  /** Leg of the target / leg of the source. */
  readonly legRatio: number;
  /** Metres by which the body was lifted so that its soles stand on the floor. */
  readonly lift: number;
  /** Stretches in which each foot stands. */
  readonly contacts: Readonly<Record<Side, number>>;
  readonly warnings: readonly Warning[];
}

/**
 * Carries a clip onto another skeleton.
 *
 * The target keeps its joint lengths and names; the result has the source's rate and, unless told
 * otherwise, as many frames. Curves and events are kept. Pure: the same input gives the same numbers.
 *
 * @throws GaitwayError `retarget/no-legs` where either body has no legs to measure it by,
 *   `retarget/not-finite` naming joint and frame where the result is no number.
 */
export function retargetClip(
  clip: Clip,
  sourceBody: Body,
  targetSkeleton: Skeleton,
  targetBody: Body,
  options: RetargetOptions = {},
): { clip: Clip; report: RetargetReport } {
  const target = options.targetClip
    ? calibrateMoving(options.targetClip, targetBody).figure
    : calibrateStill(targetSkeleton, targetBody);
  const source = withTrustedSoles(calibrateMoving(clip, sourceBody, flatPitch(target)), target);
  const { track } = source;
  const plan = makeTransferPlan(source.figure, target);
  const sourceLeg = sizeOf(track, sourceBody);
  const targetLeg = restSizeOf(targetSkeleton, targetBody);
  if (!(sourceLeg > 0 && targetLeg > 0)) {
    throw new GaitwayError(
      'retarget/no-legs',
      `${clip.source.file || clip.name}: the ${sourceLeg > 0 ? 'target' : 'source'} has no thighs and calves to measure its size by; name them in a map file.`,
      { file: clip.source.file },
    );
  }
  const legRatio = plan.same ? 1 : targetLeg / sourceLeg;
  const horizontal = options.travel === 'unscaled' ? 1 : legRatio;
  const pelvis = pelvisPath(source.figure, track, target, plan, { horizontal, vertical: legRatio });

  const feet = footContacts(source, clip, sourceLeg);
  const legs = legTracks(plan, source, target, pelvis);
  const planted = legs.map((leg) =>
    plantedLeg(leg, source, target, feet[leg.side], { horizontal, vertical: legRatio }),
  );
  const lift = plan.same ? 0 : floorLift(planted, source.calibrationFrames);
  liftAll(pelvis, legs, lift);
  if (options.contacts !== false) plantFeet(planted, pelvis, clip.rate, targetLeg);

  const result = assemble(clip, plan, source, target, pelvis, legs, options);
  const warnings = [
    ...calibrationWarnings(source.figure, 'source'),
    ...calibrationWarnings(target, 'target'),
  ];
  return {
    clip: { ...result, warnings: [...clip.warnings, ...warnings] },
    report: {
      frameCount: result.frameCount,
      calibration: reportCalibration(source, target),
      legRatio,
      lift,
      contacts: { L: feet.L?.spans.length ?? 0, R: feet.R?.spans.length ?? 0 },
      warnings,
    },
  };
}

interface SideLeg extends LegTrack {
  readonly side: Side;
  readonly joints: { readonly thigh: number; readonly calf: number; readonly foot: number };
  readonly sole: Float64Array;
}

function footContacts(source: MovingFigure, clip: Clip, leg: number): Partial<Record<Side, FootContacts>> {
  const out: Partial<Record<Side, FootContacts>> = {};
  for (const side of SIDES) {
    const ball = ballOf(source.figure.body, side);
    if (ball !== undefined) {
      out[side] = detectContacts(pathOf(source.track, ball), clip.rate, leg, source.calibrationFrames);
    }
  }
  return out;
}

const ballOf = (body: Body, side: Side): number | undefined =>
  body.roles[`toe${side}`] ?? body.roles[`foot${side}`];

/** The target's legs as the source turns them, with the pelvis where `pelvis` has it. */
function legTracks(
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
  const transfer = makeTransfer(plan, source.track, { pelvis });
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
function plantedLeg(
  leg: SideLeg,
  source: MovingFigure,
  target: Figure,
  contacts: FootContacts | undefined,
  scale: { horizontal: number; vertical: number },
): PlantedLeg {
  const { track, figure } = source;
  const toes =
    figure.body.roles[`toe${leg.side}`] !== undefined && target.body.roles[`toe${leg.side}`] !== undefined;
  const role = toes ? (`toe${leg.side}` as const) : (`foot${leg.side}` as const);
  const joint = figure.body.roles[role];
  const wish = joint === undefined ? new Float64Array(3 * track.frameCount) : pathOf(track, joint);
  const spans = joint === undefined || !contacts ? NEVER : contacts;
  // Contacts were found on the source's own ball; where the target has none, the ankle's floor counts.
  const floor = joint === undefined || !contacts ? 0 : toes ? contacts.floor : ankleFloor(wish, contacts);
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

function ankleFloor(path: Float64Array, contacts: FootContacts): number {
  const heights: number[] = [];
  for (const { first, last } of contacts.spans)
    for (let f = first; f <= last; f++) heights.push(path[3 * f + 1]);
  heights.sort((a, b) => a - b);
  return heights[heights.length >> 1] ?? 0;
}

/** Metres by which standing (or else the lowest) soles lie below their floor. */
function floorLift(legs: readonly PlantedLeg[], from: number): number {
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

function liftAll(pelvis: Float64Array, legs: readonly SideLeg[], lift: number): void {
  for (const path of [pelvis, ...legs.flatMap(({ hip, knee, ankle }) => [hip, knee, ankle])]) {
    for (let i = 1; i < path.length; i += 3) path[i] += lift;
  }
}

/** The finished clip: every joint carried over, legs as solved, twist and helper joints set. */
function assemble(
  clip: Clip,
  plan: TransferPlan,
  source: MovingFigure,
  target: Figure,
  pelvis: Float64Array,
  legs: readonly SideLeg[],
  options: RetargetOptions,
): Clip {
  const { joints } = plan.skeleton;
  const count = joints.length;
  const first = options.trimCalibration ? source.calibrationFrames : 0;
  const frameCount = clip.frameCount - first;
  const turns = new Map(
    legs.flatMap(
      (leg) =>
        [
          [leg.joints.thigh, leg.thigh],
          [leg.joints.calf, leg.calf],
        ] as [number, Float64Array][],
    ),
  );
  const mode = options.root ?? 'from-pelvis';
  const root = rootOf(mode, clip, source, target, pelvis, plan);
  const transfer = makeTransfer(plan, source.track, { pelvis, turns, ...(root && { root }) });
  const twists = plan.same ? undefined : makeTwistJoints(plan, target.body);
  const helpers = makeHelperJoints(plan, target.body);
  const rotations = new Float64Array(4 * count * frameCount);
  const translations = new Float64Array(3 * count * frameCount);
  for (let f = 0; f < frameCount; f++) {
    transfer.carry(f + first);
    twists?.apply(transfer.local.rotations);
    helpers.apply(transfer.world, transfer.local.rotations, transfer.local.translations);
    if (mode === 'in-place' && root) stayInPlace(plan, transfer, root.joint);
    requireFinite(transfer, plan, clip, f + first);
    rotations.set(transfer.local.rotations, 4 * count * f);
    translations.set(transfer.local.translations, 3 * count * f);
  }
  keepSignsContinuous(rotations, count);
  const dropped = first * (clip.rate.denominator / clip.rate.numerator);
  const { scales: _scales, ...kept } = clip;
  return {
    ...kept,
    skeleton: plan.skeleton,
    frameCount,
    rotations,
    translations,
    curves: clip.curves.map(({ name, values }) => ({ name, values: values.subarray(first) })),
    events: clip.events.map((event) => ({ ...event, time: Math.max(0, event.time - dropped) })),
  };
}

function stayInPlace(plan: TransferPlan, transfer: Transfer, root: number): void {
  for (let k = 0; k < 4; k++) transfer.local.rotations[4 * root + k] = plan.restRotations[4 * root + k];
  for (let k = 0; k < 3; k++) transfer.local.translations[3 * root + k] = plan.restTranslations[3 * root + k];
}

/** The joint at the floor and its way, or nothing where there is none or it stays. */
function rootOf(
  mode: RootMode,
  clip: Clip,
  source: MovingFigure,
  target: Figure,
  pelvis: Float64Array,
  plan: TransferPlan,
): { joint: number; path: Float64Array } | undefined {
  const joint = target.body.root;
  if (joint === undefined || joint === plan.pelvis) return undefined;
  const facing = new Float64Array(2 * source.track.frameCount);
  const pelvisJoint = source.figure.body.roles.pelvis ?? 0;
  const { track } = source;
  const out = new Float64Array(3);
  const forward = new Float64Array(3);
  rotateRow(source.figure.anatomy.jointFromAnatomy, 4 * pelvisJoint, Z, 0, forward, 0);
  for (let f = 0; f < track.frameCount; f++) {
    rotateRow(track.rotations, 4 * (f * track.jointCount + pelvisJoint), forward, 0, out, 0);
    facing[2 * f] = out[0];
    facing[2 * f + 1] = out[2];
  }
  if (mode === 'keep') return undefined;
  return { joint, path: groundPath(pelvis, facing, clip.rate) };
}

function requireFinite(transfer: Transfer, plan: TransferPlan, clip: Clip, frame: number): void {
  const { rotations, translations } = transfer.local;
  for (let j = 0; j < plan.skeleton.joints.length; j++) {
    const sum =
      rotations[4 * j] +
      rotations[4 * j + 1] +
      rotations[4 * j + 2] +
      rotations[4 * j + 3] +
      translations[3 * j] +
      translations[3 * j + 1] +
      translations[3 * j + 2];
    if (Number.isFinite(sum)) continue;
    const joint = plan.skeleton.joints[j]?.name ?? '';
    throw new GaitwayError(
      'retarget/not-finite',
      `${clip.source.file || clip.name}: "${joint}" has no finite place or turn at frame ${frame} after retargeting; the source is damaged there.`,
      { file: clip.source.file, joint, frame },
    );
  }
}
