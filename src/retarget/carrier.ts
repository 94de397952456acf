import type { Clip, Joint, Skeleton } from '../clip/index.js';
import { GaitwayError } from '../errors.js';
import { BLOCK_FRAMES } from '../kernels/pose-block.js';
import { clipOn } from './assemble-clip.js';
import type { Body } from './body/body.js';
import { worldTrack } from './body/world-track.js';
import type { RetargetOptions } from './options.js';
import { prepare } from './prepare.js';
import { helperJoints } from './transfer/helper-joints.js';
import { makePelvisPath } from './transfer/pelvis-path.js';
import { seekOnly } from './transfer/sought.js';
import { writeSteps } from './transfer/transfer-steps.js';
import { twistJoints } from './transfer/twist-joints.js';

/** Carries the poses of clips from one skeleton to another that were brought to stand alike once. */
export interface Carrier {
  /**
   * A clip of the source's skeleton on the target's: every joint turned as the source's, the hips on their way.
   *
   * That is all: feet are not held nor set on the floor, the root stays at rest, nothing is smoothed or measured.
   *
   * @throws GaitwayError `retarget/other-skeleton` where the clip's joints are not those of the source,
   *   `retarget/not-finite` naming joint and frame where a turn or place is no number.
   */
  carry(clip: Clip): Clip;
}

/** The options that say how two bodies stand alike and how far the target goes. */
export type CarrierOptions = Pick<
  RetargetOptions,
  'sourcePose' | 'targetPose' | 'targetClip' | 'soles' | 'travel'
>;

/**
 * Brings two bodies to stand alike, by a clip of the source, for poses that are to be carried at once: a preview while
 * somebody scrubs, or what comes live. `retargetClip` does the rest of what a finished clip needs.
 *
 * @throws GaitwayError `retarget/no-legs` where either body has no legs to measure it by.
 */
export function makeCarrier(
  clip: Clip,
  sourceBody: Body,
  targetSkeleton: Skeleton,
  targetBody: Body,
  options: CarrierOptions = {},
): Carrier {
  const { source, target, plan, scale } = prepare(clip, sourceBody, targetSkeleton, targetBody, options);
  const { block, worldPoses, carryPoses } = plan.kernels;
  const finished = {
    twists: plan.same ? [] : twistJoints(plan, targetBody),
    helpers: helperJoints(plan, targetBody),
  };
  const stepCount = writeSteps(block, plan, {}, { world: [], finished, fromLocal: true });
  const pelvisPath = makePelvisPath(source.figure, target, plan, scale);
  seekOnly(block, stepCount, pelvisPath.joints);
  const path = new Float64Array(3 * BLOCK_FRAMES);
  const { joints } = clip.skeleton;
  const jointCount = joints.length;
  const { length } = targetSkeleton.joints;
  return {
    carry(clip) {
      refuseOtherJoints(clip, joints);
      const { frameCount } = clip;
      const rotations = new Float64Array(4 * length * frameCount);
      const translations = new Float64Array(3 * length * frameCount);
      block.last.fill(0);
      let isWhole = true;
      for (let first = 0; first < frameCount; first += BLOCK_FRAMES) {
        const end = Math.min(frameCount, first + BLOCK_FRAMES);
        const count = end - first;
        block.sourceLocalTurns.set(clip.rotations.subarray(4 * jointCount * first, 4 * jointCount * end));
        block.sourceLocalPlaces.set(clip.translations.subarray(3 * jointCount * first, 3 * jointCount * end));
        isWhole = worldPoses(count) && isWhole;
        pelvisPath.write(
          { jointCount, frameCount: count, positions: block.sourcePlaces, rotations: block.sourceTurns },
          path,
        );
        for (let i = 0; i < count; i++)
          for (let k = 0; k < 3; k++) block.givenPlaces[3 * (i * length + plan.pelvis) + k] = path[3 * i + k];
        isWhole = carryPoses(stepCount, count) && isWhole;
        rotations.set(block.localTurns.subarray(0, 4 * length * count), 4 * length * first);
        translations.set(block.localPlaces.subarray(0, 3 * length * count), 3 * length * first);
      }
      const result = clipOn(plan.skeleton, clip, { rotations, translations, frameCount });
      // It is the source that has numbers that are none.
      if (!isWhole) worldTrack(clip);
      return result;
    },
  };
}

function refuseOtherJoints({ skeleton, name }: Clip, joints: Skeleton['joints']): void {
  const isSame = ({ name, parent }: Joint, j: number): boolean =>
    joints[j]?.name === name && joints[j].parent === parent;
  if (skeleton.joints.length === joints.length && skeleton.joints.every(isSame)) return;
  throw new GaitwayError(
    'retarget/other-skeleton',
    `"${name}" moves other joints than the clip that its carrier was made by; make a carrier for each skeleton.`,
    { clip: name },
  );
}
