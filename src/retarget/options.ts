import type { Clip, WorldPose } from '../clip/index.js';
import type { SoleMode } from './calibrate/soles.js';
import type { HandWish } from './solve/hand-wishes.js';
import type { SolveQuality } from './solve/solve-body.js';
import type { RootMode } from './transfer/root-mode.js';
import type { StretchChain } from './transfer/stretch.js';

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
