import {
  type Clip,
  makeWorldPose,
  restWorldPose,
  type Skeleton,
  type WorldPose,
  worldPoseOfFrame,
} from '../../clip/index.js';
import { angleBetweenVectors, type Vec3 } from '../../math/vec3.js';
import { type Body, SIDES } from '../body/body.js';
import { bodyAxes, directionOf, type StandingMisfit, standingMisfit } from '../body/standing.js';

/** The pose from which a body's anatomy is read: somebody stands in it and it is known how. */
export interface ReferencePose {
  readonly kind: 'given' | 'rest' | 't-pose' | 'clip-frame';
  /** The clip's frame, where it is one. */
  readonly frame: number | undefined;
  readonly world: WorldPose;
  readonly misfit: StandingMisfit;
}

const DEGREE = Math.PI / 180;
/** A rest pose further than this from standing is a zero pose, not a person. */
const MOST = { trunk: 35 * DEGREE, legs: 40 * DEGREE, arms: 50 * DEGREE, feet: 75 * DEGREE };
const MOST_FRAMES_LOOKED_AT = 400;
const LEVEL_ARM = 12 * DEGREE;
const JUMP = 15 * DEGREE;
const EASING = 8 * DEGREE;
const MOST_CALIBRATION_FRAMES = 8;

/**
 * Frames at the start of a clip that are a T-pose put there for calibration, 0 where there are none.
 *
 * Both arms lie within 12° of level in frame 0 and turn by more than 15° to frame 1; frames that still
 * ease out of it (more than 8° a frame) count too, at most 8 in all.
 */
export function calibrationFrameCount(clip: Clip, body: Body): number {
  if (clip.frameCount < 3) return 0;
  const pose = makeWorldPose(clip.skeleton.joints.length);
  const arms = (frame: number): Vec3[] => {
    worldPoseOfFrame(clip, frame, pose);
    return SIDES.map((side) => directionOf(pose, body, `upperArm${side}`, `hand${side}`)).filter(
      (arm) => arm !== undefined,
    );
  };
  const levels = (list: Vec3[]): number[] => list.map((arm) => Math.asin(Math.max(-1, Math.min(1, arm[1]))));
  let before = arms(0);
  if (before.length < 2 || levels(before).some((level) => Math.abs(level) > LEVEL_ARM)) return 0;
  const next = levels(arms(1));
  if (levels(before).every((level, i) => Math.abs(level - next[i]) <= JUMP)) return 0;
  before = arms(1);
  for (let count = 1; count < MOST_CALIBRATION_FRAMES && count + 1 < clip.frameCount; count++) {
    const now = arms(count + 1);
    if (Math.max(...now.map((arm, i) => angleBetweenVectors(arm, before[i]))) <= EASING) return count;
    before = now;
  }
  return Math.min(MOST_CALIBRATION_FRAMES, clip.frameCount - 1);
}

const isPerson = (m: StandingMisfit): boolean =>
  m.trunk < MOST.trunk && m.legs < MOST.legs && m.arms < MOST.arms && m.feet < MOST.feet;

/**
 * The pose to read anatomy from: the one that was given, else a T-pose at the clip's start, else the rest pose where a person stands in
 * it, else the frame of the clip that comes nearest to standing.
 *
 * Without a clip, or in a clip in which nobody ever stands, it is the rest pose whatever it is; `misfit`
 * tells how far off it is.
 */
export function findReferencePose(
  skeleton: Skeleton,
  body: Body,
  clip?: Clip,
  calibrationFrames = 0,
  given?: WorldPose,
): ReferencePose {
  const upright: StandingMisfit = { trunk: Math.PI, legs: Math.PI, arms: Math.PI, feet: Math.PI };
  const judge = (world: WorldPose): StandingMisfit => {
    const axes = bodyAxes(world, body);
    return axes ? standingMisfit(world, body, axes) : upright;
  };
  if (given) return { kind: 'given', frame: undefined, world: given, misfit: judge(given) };
  if (clip && calibrationFrames > 0) {
    const world = worldPoseOfFrame(clip, 0);
    const misfit = judge(world);
    if (isPerson(misfit)) return { kind: 't-pose', frame: 0, world, misfit };
  }
  const rest = restWorldPose(skeleton);
  const restMisfit = judge(rest);
  if (!clip || isPerson(restMisfit))
    return { kind: 'rest', frame: undefined, world: rest, misfit: restMisfit };

  const scratch = makeWorldPose(skeleton.joints.length);
  const stride = Math.max(1, Math.floor((clip.frameCount - calibrationFrames) / MOST_FRAMES_LOOKED_AT));
  let best = { frame: -1, cost: cost(restMisfit), misfit: restMisfit };
  for (let f = calibrationFrames; f < clip.frameCount; f += stride) {
    const misfit = judge(worldPoseOfFrame(clip, f, scratch));
    if (cost(misfit) < best.cost - 1e-9) best = { frame: f, cost: cost(misfit), misfit };
  }
  if (best.frame < 0) return { kind: 'rest', frame: undefined, world: rest, misfit: restMisfit };
  return {
    kind: 'clip-frame',
    frame: best.frame,
    world: worldPoseOfFrame(clip, best.frame),
    misfit: best.misfit,
  };
}

/** The trunk counts most: everything above it is read off it. */
const cost = (m: StandingMisfit): number => 2 * m.trunk * m.trunk + m.legs * m.legs + m.arms * m.arms;
