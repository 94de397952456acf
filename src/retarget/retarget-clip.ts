import { type Clip, frameTime, restWorldPose, type Skeleton, type WorldPose } from '../clip/index.js';
import { GaitwayError, type Warning } from '../errors.js';
import { yawOf } from '../math/quat.js';
import { assembleClip } from './assemble-clip.js';
import type { Body, Side } from './body/body.js';
import { bodyAxes } from './body/standing.js';
import { partOfTrack, turnedTrack, worldTrack } from './body/world-track.js';
import {
  type CalibrationReport,
  calibrateMoving,
  calibrateStill,
  calibrationWarnings,
  type MovingFigure,
  reportCalibration,
  restSizeOf,
  sizeOf,
} from './calibrate/calibrate.js';
import { withNearClavicles } from './calibrate/clavicles.js';
import type { Figure } from './calibrate/figure.js';
import { flatPitch, type SoleMode, withTrustedSoles } from './calibrate/soles.js';
import { STANDARD_LEG } from './contacts/contacts.js';
import { footCurves } from './contacts/foot-curves.js';
import { mirrored, mirroredPose } from './mirrored.js';
import { measureQuality, type Quality, qualityWarnings } from './quality.js';
import { seamOf, withRounds } from './seam.js';
import type { HandWish } from './solve/hand-wishes.js';
import { type SolveQuality, solveBody } from './solve/solve-body.js';
import { lowerFoot } from './solve/target-legs.js';
import { ROOT_MODES, type RootMode } from './transfer/root-mode.js';
import { type RootWay, rootWay } from './transfer/root-way.js';
import { type StretchChain, stretches } from './transfer/stretch.js';
import { makeTransferPlan, type TransferPlan } from './transfer/transfer-plan.js';
import { type ClipPart, unanimatedParts } from './transfer/unanimated.js';

/** Legs of people and of creatures that move like them, metres. */
const USUAL_LEG = { least: 0.08, most: 6 };

/** Of the rounds before and behind a loop so much is looked at, that it stays one. */
const ROUND_SECONDS: Readonly<Record<SolveQuality, number>> = { high: 2, fast: 0.6 };

/** Goes up whenever the same input gives other numbers, so that earlier results are made anew. */
export const RETARGET_VERSION = 3;

export interface RetargetOptions {
  /** Standing feet are held in place; on by default. On its own skeleton a clip is left as it is. */
  readonly contacts?: boolean;
  /** How legs and arms are solved, see `QUALITIES`; `high` by default. */
  readonly quality?: SolveQuality;
  /** What hands keep besides the direction of their arms, see `HAND_WISHES`; nothing by default. */
  readonly hands?: readonly HandWish[];
  /** What the joint at the floor does; `ROOT_MODES['from-pelvis']` by default. */
  readonly root?: RootMode;
  /**
   * How far the target goes: `scaled` by leg length (default), or so many times the source's way. Feet step as far
   * as the body goes.
   */
  readonly travel?: 'scaled' | number;
  /** Chains whose joints move away from each other as the source's do; joints keep their distances by default. */
  readonly stretch?: readonly StretchChain[];
  /** Leaves out the calibration T-pose at the clip's start; kept by default. */
  readonly trimCalibration?: boolean;
  /** Carries the mirror image of the clip over, under the clip's name with `_mirrored` behind it. */
  readonly mirror?: boolean;
  /** Adds curves of contact and speed for each foot, see `footCurves`; they replace curves of these names. */
  readonly footCurves?: boolean;
  /** World poses of the two skeletons in which the bodies stand alike, arms anywhere; found by default. */
  readonly sourcePose?: WorldPose;
  readonly targetPose?: WorldPose;
  /** How feet are pitched, see `SOLE_MODES`; `auto` by default. */
  readonly soles?: SoleMode;
  /** Any motion of the target's own skeleton; it shows how the target stands where its rest pose does not. */
  readonly targetClip?: Clip;
}

export interface RetargetReport {
  readonly frameCount: number;
  readonly calibration: CalibrationReport;
  /** Leg of the target / leg of the source. */
  readonly legRatio: number;
  /** Parts that the source does not animate, which stay at rest. */
  readonly leftOut: readonly ClipPart[];
  /** Metres by which the body was lifted so that its soles stand on the floor. */
  readonly lift: number;
  /** Stretches in which each foot stands. */
  readonly contacts: Readonly<Record<Side, number>>;
  readonly quality: Quality;
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
  if (options.mirror) {
    const image = mirrored(clip, sourceBody);
    return retargetClip(image.clip, image.body, targetSkeleton, targetBody, {
      ...options,
      mirror: false,
      ...(options.sourcePose && { sourcePose: mirroredPose(options.sourcePose) }),
    });
  }
  const ownTarget = options.targetClip
    ? calibrateMoving(options.targetClip, targetBody, undefined, options.targetPose).figure
    : calibrateStill(targetSkeleton, targetBody, options.targetPose);
  const quality = options.quality ?? 'high';
  const seam = seamOf(clip, sourceBody);
  const padding = seam ? Math.round(ROUND_SECONDS[quality] / frameTime(clip.rate)) : 0;
  const work = seam ? withRounds(clip, seam, padding) : clip;
  const moving = calibrateMoving(work, sourceBody, flatPitch(ownTarget), options.sourcePose);
  const soles = withTrustedSoles(moving, ownTarget, options.soles ?? 'auto');
  const leftOut = unanimatedParts(clip, sourceBody);
  const source = facingAsAtRest(soles.source, ownTarget, leftOut);
  const target = withNearClavicles(source.figure, ownTarget);
  const { track } = source;
  const stiff = makeTransferPlan(source.figure, target, leftOut);
  const sourceLeg = sizeOf(track, sourceBody);
  const targetLeg = restSizeOf(targetSkeleton, targetBody);
  if (!(sourceLeg > 0 && targetLeg > 0)) {
    throw new GaitwayError(
      'retarget/no-legs',
      `${clip.source.file || clip.name}: the ${sourceLeg > 0 ? 'target' : 'source'} has no thighs and calves to measure its size by; name them in a map file.`,
      { file: clip.source.file },
    );
  }
  const legRatio = stiff.same ? 1 : targetLeg / sourceLeg;
  const { stretch = [] } = options;
  const plan: TransferPlan = {
    ...stiff,
    stretches: stretches(stretch, stiff, source.figure, track, target, legRatio),
  };
  const { travel = 'scaled' } = options;
  const scale = { horizontal: travel === 'scaled' ? legRatio : travel, vertical: legRatio };
  const { feet } = source;
  const solved = solveBody({
    plan,
    source,
    target,
    scale,
    sourceLeg,
    targetLeg,
    rate: clip.rate,
    quality,
    contacts: options.contacts !== false && !plan.same,
    hands: options.hands ?? [],
  });
  const first = options.trimCalibration ? padding + source.calibrationFrames : padding;
  const frameCount = clip.frameCount - (first - padding);
  const mode = leftOut.has('lower') ? STILL : (options.root ?? ROOT_MODES['from-pelvis']);
  const root = rootWay(mode, {
    source,
    target,
    pelvis: solved.pelvis,
    feet: lowerFoot(solved.legs, work.frameCount),
    rate: clip.rate,
    scale,
  });
  const assemble = (way: RootWay): Clip =>
    assembleClip(clip, plan, source, target, solved, { root: way, first, frameCount });
  const result = assemble(root);
  // What goes in place is measured where the body goes.
  const carried = worldTrack(root.shown ? assemble({ ...root, shown: undefined }) : result);
  const standing = (side: Side): Uint8Array | undefined =>
    feet[side]?.standing.subarray(first, first + frameCount);
  const scores = measureQuality(
    { track: partOfTrack(track, first, frameCount), body: sourceBody, leg: sourceLeg },
    { track: carried, body: targetBody, leg: targetLeg },
    { L: standing('L'), R: standing('R') },
    clip.rate,
    Math.max(0, source.calibrationFrames - first),
    scale.horizontal / legRatio,
  );
  const warnings = [
    ...sizeWarnings('source', sourceLeg),
    ...sizeWarnings('target', targetLeg),
    ...calibrationWarnings(source.figure, 'source'),
    ...calibrationWarnings(target, 'target'),
    ...(plan.same ? [] : soles.warnings),
    ...qualityWarnings(scores, legRatio),
  ];
  const added = options.footCurves ? footCurves(carried, targetBody, feet, first, clip.rate) : [];
  const stands = (side: Side): number =>
    feet[side]?.spans.filter((span) => span.last >= first && span.first < first + frameCount).length ?? 0;
  const names = new Set(added.map(({ name }) => name));
  const curves = [...result.curves.filter(({ name }) => !names.has(name)), ...added];
  return {
    clip: { ...result, curves, warnings: [...clip.warnings, ...warnings] },
    report: {
      frameCount: result.frameCount,
      calibration: reportCalibration(source, target, (frame) =>
        frameOfRound(frame - padding, clip.frameCount),
      ),
      legRatio,
      leftOut: [...leftOut],
      lift: solved.lift,
      contacts: { L: stands('L'), R: stands('R') },
      quality: scores,
      warnings,
    },
  };
}

const STILL: RootMode = { position: 'still', height: 'still', yaw: 'still' };

/** A clip without pelvis and legs faces as the target does at rest, for nothing else turns it there. */
function facingAsAtRest(source: MovingFigure, target: Figure, leftOut: ReadonlySet<ClipPart>): MovingFigure {
  if (!leftOut.has('lower')) return source;
  const { figure } = source;
  const own = bodyAxes(restWorldPose(figure.skeleton), figure.body);
  const wanted = bodyAxes(restWorldPose(target.skeleton), target.body);
  if (!own || !wanted) return source;
  const yaw = yawOf(wanted.forward) - yawOf(own.forward);
  return { ...source, track: turnedTrack(source.track, yaw) };
}

/** Warns of a leg that no figure has in metres: most often its file states the wrong unit. */
function sizeWarnings(whose: 'source' | 'target', leg: number): Warning[] {
  if (leg >= USUAL_LEG.least && leg <= USUAL_LEG.most) return [];
  const factor = 10 ** Math.round(Math.log10(STANDARD_LEG / leg));
  return [
    {
      code: 'retarget/odd-size',
      message: `The ${whose}'s legs are ${leg.toPrecision(3)} m long; if its file states another unit than it uses, ${whose === 'source' ? `--scale ${factor}` : `a file ${factor} times as large`} makes it a person.`,
    },
  ];
}

/** A frame of a loop's other rounds, by its number in the clip; frames of the clip itself stay. */
function frameOfRound(frame: number, frameCount: number): number {
  const length = Math.max(1, frameCount - 1);
  return frame >= 0 && frame < frameCount ? frame : ((frame % length) + length) % length;
}
