import type { Clip, Skeleton } from '../clip/index.js';
import type { Warning } from '../errors.js';
import { assembleClip } from './assemble-clip.js';
import type { Body, Side } from './body/body.js';
import { placesOfTrack } from './body/joint-places.js';
import { partOfTrack } from './body/world-track.js';
import { type CalibrationReport, reportCalibration } from './calibrate/calibrate.js';
import { footCurves } from './contacts/foot-curves.js';
import { mirrored, mirroredPose } from './mirrored.js';
import type { RetargetOptions } from './options.js';
import { prepare } from './prepare.js';
import { qualityWarnings } from './quality/bars.js';
import { measureQuality, type Quality } from './quality/quality.js';
import { raisedToGround } from './raise-to-ground.js';
import { solveBody } from './solve/solve-body.js';
import { lowerFoot } from './solve/target-legs.js';
import { ROOT_MODES, type RootMode } from './transfer/root-mode.js';
import { rootWay } from './transfer/root-way.js';
import type { ClipPart } from './transfer/unanimated.js';

/** Goes up whenever the same input gives other numbers, so that earlier results are made anew. */
export const RETARGET_VERSION = 6;

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
  given: Clip,
  sourceBody: Body,
  targetSkeleton: Skeleton,
  targetBody: Body,
  options: RetargetOptions = {},
): { clip: Clip; report: RetargetReport } {
  if (options.mirror) {
    const image = mirrored(given, sourceBody);
    return retargetClip(image.clip, image.body, targetSkeleton, targetBody, {
      ...options,
      mirror: false,
      ...(options.sourcePose && { sourcePose: mirroredPose(options.sourcePose) }),
    });
  }
  const { clip, warnings: raised } = raisedToGround(given, sourceBody);
  const prepared = prepare(clip, sourceBody, targetSkeleton, targetBody, options);
  const { source, target, plan, leftOut, padding, sourceLeg, targetLeg, legRatio, scale } = prepared;
  const { track, feet } = source;
  const {
    quality = 'high',
    contacts = true,
    hands = [],
    root: usualRoot = ROOT_MODES['from-pelvis'],
  } = options;
  const solved = solveBody({
    plan,
    source,
    target,
    scale,
    sourceLeg,
    targetLeg,
    rate: clip.rate,
    quality,
    contacts: contacts && !plan.same,
    hands,
  });
  const first = options.trimCalibration ? padding + source.calibrationFrames : padding;
  const frameCount = clip.frameCount - (first - padding);
  const root = rootWay(leftOut.has('lower') ? STILL : usualRoot, {
    source,
    target,
    pelvis: solved.pelvis,
    feet: lowerFoot(solved.legs, track.frameCount),
    rate: clip.rate,
    scale,
  });
  const { clip: result, places } = assembleClip(clip, plan, source, target, solved, {
    root,
    first,
    frameCount,
  });
  const standing = (side: Side): Uint8Array | undefined =>
    feet[side]?.standing.subarray(first, first + frameCount);
  const scores = measureQuality(
    { places: placesOfTrack(partOfTrack(track, first, frameCount), sourceBody), leg: sourceLeg },
    { places, leg: targetLeg },
    { L: standing('L'), R: standing('R') },
    clip.rate,
    Math.max(0, source.calibrationFrames - first),
    scale.horizontal / legRatio,
  );
  const warnings = [...raised, ...prepared.warnings, ...qualityWarnings(scores, legRatio)];
  const added = options.footCurves ? footCurves(places, feet, first, clip.rate) : [];
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

/** A frame of a loop's other rounds, by its number in the clip; frames of the clip itself stay. */
function frameOfRound(frame: number, frameCount: number): number {
  const length = Math.max(1, frameCount - 1);
  return frame >= 0 && frame < frameCount ? frame : ((frame % length) + length) % length;
}
