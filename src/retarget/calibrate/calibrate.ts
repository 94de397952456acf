import { type BodyRole, type Clip, restWorldPose, type Skeleton, type WorldPose } from '../../clip/index.js';
import type { Warning } from '../../errors.js';
import type { PoseKernels } from '../../kernels/pose-kernels.js';
import { multiply, quatAt, rotate } from '../../math/quat.js';
import { angleBetweenVectors, type Vec3 } from '../../math/vec3.js';
import { type Body, SIDES, type Side } from '../body/body.js';
import { directionOf, legLength } from '../body/standing.js';
import { poseOfTrack, type WorldTrack, worldTrack } from '../body/world-track.js';
import { type FeetContacts, feetContacts } from '../contacts/feet-contacts.js';
import { plausibleSole, readAnatomy } from './anatomy.js';
import type { Figure } from './figure.js';
import { observedHinges, observedSoles } from './motion-evidence.js';
import { calibrationFrameCount, findReferencePose, type ReferencePose } from './reference-pose.js';
import { joinSplitLimbs } from './split-limbs.js';

/** A figure that moves: its clip in world space, and its size. */
export interface MovingFigure {
  readonly figure: Figure;
  readonly track: WorldTrack;
  /** Frames at the start that are a T-pose for calibration. */
  readonly calibrationFrames: number;
  /** Where its feet stand. */
  readonly feet: FeetContacts;
  /** The clip shows the feet standing flat. */
  readonly solesSeen: boolean;
}

/** How two bodies were brought to stand alike. */
export interface CalibrationReport {
  readonly source: ReferencePose['kind'];
  readonly sourceFrame: number | undefined;
  readonly target: ReferencePose['kind'];
  readonly calibrationFrames: number;
  /** Degrees by which each limb of the target's pose had to be turned to lie as in the source's. */
  readonly limbDegrees: Readonly<Partial<Record<BodyRole, number>>>;
  readonly largestDegrees: number;
  /** Degrees by which palms and soles lay apart, roll and all, before they were turned alike. */
  readonly palmDegrees: Readonly<Partial<Record<Side, number>>>;
  readonly soleDegrees: Readonly<Partial<Record<Side, number>>>;
}

/** What is known of a body that moves besides its clip. */
export interface MovingOptions {
  /** Pitch of a flat foot, radians, where the clip shows none. */
  readonly usualPitch?: number | undefined;
  /** A pose in which the body stands; found where it is not given. */
  readonly pose?: WorldPose | undefined;
  /** What has the clip's joints for its source. */
  readonly kernels?: PoseKernels;
}

/** Reads the anatomy of a body that moves off the pose in which it stands, and off its motion. */
export function calibrateMoving(
  clip: Clip,
  body: Body,
  { usualPitch, pose, kernels }: MovingOptions,
): MovingFigure {
  const track = worldTrack(clip, kernels);
  const calibrationFrames = calibrationFrameCount(clip, body);
  const reference = findReferencePose(clip.skeleton, body, clip, calibrationFrames, pose);
  const feet = feetContacts(track, body, clip.rate, sizeOf(track, body), calibrationFrames);
  const evidence = {
    hinges: observedHinges(track, body, calibrationFrames),
    soles: observedSoles(track, body, feet, calibrationFrames),
    ...(usualPitch !== undefined && { usualPitch }),
  };
  const anatomy = readAnatomy(clip.skeleton, body, reference, evidence);
  const solesSeen = SIDES.some((side) => plausibleSole(evidence.soles[`foot${side}`]) !== undefined);
  return {
    figure: { skeleton: clip.skeleton, body, anatomy },
    track: joinSplitLimbs(track, clip.skeleton, body, anatomy),
    calibrationFrames,
    feet,
    solesSeen,
  };
}

/** Reads the anatomy of a skeleton that has no motion off its rest pose. */
export function calibrateStill(skeleton: Skeleton, body: Body, pose?: WorldPose): Figure {
  const reference = findReferencePose(skeleton, body, undefined, 0, pose);
  return { skeleton, body, anatomy: readAnatomy(skeleton, body, reference) };
}

/** Leg length of a moving body, metres: that of its middle frame, as rest poses may have other lengths. */
export const sizeOf = (track: WorldTrack, body: Body): number =>
  legLength(poseOfTrack(track, track.frameCount >> 1), body);

/** Leg length of a skeleton at rest, metres. */
export const restSizeOf = (skeleton: Skeleton, body: Body): number =>
  legLength(restWorldPose(skeleton), body);

const LIMBS: readonly (readonly [BodyRole, BodyRole])[] = (['L', 'R'] as const).flatMap((side) => [
  [`clavicle${side}`, `upperArm${side}`] as const,
  [`upperArm${side}`, `forearm${side}`] as const,
  [`forearm${side}`, `hand${side}`] as const,
  [`thigh${side}`, `calf${side}`] as const,
  [`calf${side}`, `foot${side}`] as const,
  [`foot${side}`, `toe${side}`] as const,
]);

/** Tells how far the two reference poses lie apart, limb by limb; `frameOf` numbers the source's frames. */
export function reportCalibration(
  source: MovingFigure,
  target: Figure,
  frameOf: (frame: number) => number,
): CalibrationReport {
  const a = source.figure.anatomy.reference;
  const b = target.anatomy.reference;
  const limbDegrees: Partial<Record<BodyRole, number>> = {};
  for (const [from, to] of LIMBS) {
    const u = directionOf(a.world, source.figure.body, from, to);
    const v = directionOf(b.world, target.body, from, to);
    if (u && v) limbDegrees[from] = (angleBetweenVectors(u, v) * 180) / Math.PI;
  }
  return {
    source: a.kind,
    sourceFrame: a.frame === undefined ? undefined : frameOf(a.frame),
    target: b.kind,
    calibrationFrames: source.calibrationFrames,
    limbDegrees,
    largestDegrees: Math.max(0, ...Object.values(limbDegrees)),
    palmDegrees: planesApart(source.figure, target, 'hand', [0, 0, 1]),
    soleDegrees: planesApart(source.figure, target, 'foot', [0, 1, 0]),
  };
}

/** Degrees between the planes of hands (palms) or feet (soles) in both reference poses; `normal` is their anatomy's. */
function planesApart(
  source: Figure,
  target: Figure,
  part: 'hand' | 'foot',
  normal: Vec3,
): Partial<Record<Side, number>> {
  const apart: Partial<Record<Side, number>> = {};
  for (const side of SIDES) {
    const [u, v] = [source, target].map(({ body, anatomy }) => {
      const joint = body.roles[`${part}${side}`];
      if (joint === undefined || !anatomy.known[joint]) return undefined;
      const { rotations } = anatomy.reference.world;
      return rotate(multiply(quatAt(rotations, joint), quatAt(anatomy.jointFromAnatomy, joint)), normal);
    });
    if (u && v) apart[side] = (angleBetweenVectors(u, v) * 180) / Math.PI;
  }
  return apart;
}

/** Warns where nobody stands in the pose that anatomy had to be read from. */
export function calibrationWarnings(figure: Figure, whose: string): Warning[] {
  const { trunk, legs } = figure.anatomy.reference.misfit;
  const worst = (Math.max(trunk, legs) * 180) / Math.PI;
  if (worst < 45) return [];
  return [
    {
      code: 'retarget/no-standing-pose',
      message: `The ${whose} never stands straight (its best pose is ${worst.toFixed(0)} degrees off), so its limbs may come out turned; a clip that begins with a T-pose helps.`,
    },
  ];
}
