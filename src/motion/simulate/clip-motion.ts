import { makeLocalPose } from '../../clip/index.js';
import type { MotionDatabase } from '../database/database.js';
import { type MovingPose, makeMovingPose, measureSpeeds } from './inertial-pose.js';
import type { Playhead } from './playhead.js';
import type { PoseBank } from './pose-bank.js';
import type { GroundPose } from './root-path.js';

/** What a clip does at a moment: its pose as it moves, and the root's movement per second (left, ahead, turn). */
export interface ClipMotion {
  readonly pose: MovingPose;
  readonly root: GroundPose;
}

export const makeClipMotion = (jointCount: number): ClipMotion => ({
  pose: makeMovingPose(jointCount),
  root: { x: 0, z: 0, yaw: 0 },
});

/** Reads the motion of clips at a moment, speeds over `2 · dt` seconds round it or what the clip has of them. */
export function makeClipMotionReader(
  { clips, rateHz }: MotionDatabase,
  bank: PoseBank,
  dt: number,
): (head: Playhead, out: ClipMotion) => void {
  const count = bank.body.kept.length;
  const [before, after] = [makeLocalPose(count), makeLocalPose(count)];
  return ({ clip, frame }, { pose, root }) => {
    const { frameCount, loops } = clips[clip];
    const reach = dt * rateHz;
    const low = loops ? frame - reach : Math.max(frame - reach, 0);
    const high = loops ? frame + reach : Math.min(frame + reach, frameCount - 1);
    const seconds = Math.max(high - low, 1e-9) / rateHz;
    bank.sample(clip, frame / rateHz, pose);
    bank.sample(clip, low / rateHz, before);
    bank.sample(clip, high / rateHz, after);
    measureSpeeds(before, after, seconds, pose);
    bank.root.step(clip, low, high, root);
    root.x /= seconds;
    root.z /= seconds;
    root.yaw /= seconds;
  };
}
