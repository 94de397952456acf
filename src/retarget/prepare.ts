import { type Clip, frameTime, restWorldPose, type Skeleton } from '../clip/index.js';
import { GaitwayError, type Warning } from '../errors.js';
import { yawOf } from '../math/quat.js';
import type { Body } from './body/body.js';
import { makePoseKernels } from './body/pose-kernels.js';
import { bodyAxes } from './body/standing.js';
import { type TravelScale, turnedTrack } from './body/world-track.js';
import {
  calibrateMoving,
  calibrateStill,
  calibrationWarnings,
  type MovingFigure,
  restSizeOf,
  sizeOf,
} from './calibrate/calibrate.js';
import { withNearClavicles } from './calibrate/clavicles.js';
import type { Figure } from './calibrate/figure.js';
import { flatPitch, withTrustedSoles } from './calibrate/soles.js';
import { STANDARD_LEG } from './contacts/contacts.js';
import type { RetargetOptions } from './options.js';
import { seamOf, withRounds } from './seam.js';
import type { SolveQuality } from './solve/solve-body.js';
import { stretches } from './transfer/stretch.js';
import { makeTransferPlan, type TransferPlan } from './transfer/transfer-plan.js';
import { type ClipPart, unanimatedParts } from './transfer/unanimated.js';

/** Legs of people and of creatures that move like them, metres. */
const USUAL_LEG = { least: 0.08, most: 6 };

/** Of the rounds before and behind a loop so much is looked at, that it stays one. */
const ROUND_SECONDS: Readonly<Record<SolveQuality, number>> = { high: 2, fast: 0.6 };

/** Both figures, calibrated, and how one turns the other. */
export interface Prepared {
  /** The source; a loop has frames of its neighbouring rounds before and behind it. */
  readonly source: MovingFigure;
  readonly target: Figure;
  readonly plan: TransferPlan;
  /** Parts that the source does not animate. */
  readonly leftOut: ReadonlySet<ClipPart>;
  /** How many frames of other rounds come before the clip's first. */
  readonly padding: number;
  readonly sourceLeg: number;
  readonly targetLeg: number;
  /** Leg of the target / leg of the source. */
  readonly legRatio: number;
  readonly scale: TravelScale;
  readonly warnings: readonly Warning[];
}

/**
 * Brings two bodies to stand alike and decides what turns what.
 *
 * @throws GaitwayError `retarget/no-legs` where either body has no legs to measure it by.
 */
export function prepare(
  clip: Clip,
  sourceBody: Body,
  targetSkeleton: Skeleton,
  targetBody: Body,
  options: RetargetOptions,
): Prepared {
  const { quality = 'high', travel = 'scaled', stretch = [], soles: soleMode = 'auto' } = options;
  const ownTarget = options.targetClip
    ? calibrateMoving(options.targetClip, targetBody, { pose: options.targetPose }).figure
    : calibrateStill(targetSkeleton, targetBody, options.targetPose);
  const seam = seamOf(clip, sourceBody);
  const kernels = makePoseKernels(clip.skeleton.joints.length, targetSkeleton.joints.length);
  const calibrated = (frames: number): MovingFigure =>
    calibrateMoving(seam ? withRounds(clip, seam, frames) : clip, sourceBody, {
      usualPitch: flatPitch(ownTarget),
      pose: options.sourcePose,
      kernels,
    });
  const usual = seam ? Math.round(ROUND_SECONDS[quality] / frameTime(clip.rate)) : 0;
  const first = calibrated(usual);
  const padding = seam && standsIntoClip(first, usual) ? Math.max(usual, clip.frameCount - 1) : usual;
  const moving = padding === usual ? first : calibrated(padding);
  const soles = withTrustedSoles(moving, ownTarget, soleMode);
  const leftOut = unanimatedParts(clip, sourceBody);
  const source = facingAsAtRest(soles.source, ownTarget, leftOut);
  const target = withNearClavicles(source.figure, ownTarget);
  const { track } = source;
  const sourceLeg = sizeOf(track, sourceBody);
  const targetLeg = restSizeOf(targetSkeleton, targetBody);
  if (!(sourceLeg > 0 && targetLeg > 0)) {
    throw new GaitwayError(
      'retarget/no-legs',
      `${clip.source.file || clip.name}: the ${sourceLeg > 0 ? 'target' : 'source'} has no thighs and calves to measure its size by; name them in a map file.`,
      { file: clip.source.file },
    );
  }
  const stiff = makeTransferPlan(source.figure, target, kernels, leftOut);
  const legRatio = stiff.same ? 1 : targetLeg / sourceLeg;
  return {
    source,
    target,
    plan: { ...stiff, stretches: stretches(stretch, stiff, source.figure, track, target, legRatio) },
    leftOut,
    padding,
    sourceLeg,
    targetLeg,
    legRatio,
    scale: { horizontal: travel === 'scaled' ? legRatio : travel, vertical: legRatio },
    warnings: [
      ...sizeWarnings('source', sourceLeg),
      ...sizeWarnings('target', targetLeg),
      ...calibrationWarnings(source.figure, 'source'),
      ...calibrationWarnings(target, 'target'),
      ...(stiff.same ? [] : soles.warnings),
    ],
  };
}

/**
 * Whether a foot stands from the first of the frames before the clip into it, or out of it to the last behind: where
 * it rests then hangs on what went before, and a whole round has to be looked at.
 */
function standsIntoClip({ feet, track }: MovingFigure, padding: number): boolean {
  const last = track.frameCount - 1;
  return Object.values(feet).some(({ spans }) =>
    spans.some(
      (span) =>
        (span.first === 0 && span.last >= padding) || (span.last === last && span.first <= last - padding),
    ),
  );
}

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
