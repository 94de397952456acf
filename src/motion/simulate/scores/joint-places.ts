import { forwardKinematics, type LocalPose, makeLocalPose, makeWorldPose } from '../../../clip/index.js';
import type { MotionDatabase } from '../../database/database.js';
import type { Playhead } from '../playhead.js';
import type { PoseBank } from '../pose-bank.js';
import type { GroundPose } from '../root-path.js';

/** Joints of the play body that play one of the body's roles: those that are scored. */
export const scoredJoints = ({ body }: PoseBank): readonly number[] =>
  Object.values(body.roles).filter((joint) => joint !== undefined);

/** Where scored joints are and how fast, seen from the root of a clip at a moment. */
export interface JointMotion {
  /** [joints, 3], metres */
  readonly places: Float64Array;
  /** [joints, 3], metres per second in the world, turned into the root's frame */
  readonly velocities: Float64Array;
}

/** Reads joint motion of clips, velocities over `2 · dt` seconds or what the clip has of them. */
export function makeJointReader(
  { clips, rateHz }: MotionDatabase,
  bank: PoseBank,
  dt: number,
): (head: Playhead) => JointMotion {
  const joints = scoredJoints(bank);
  const pose = makeLocalPose(bank.body.kept.length);
  const root: GroundPose = { x: 0, z: 0, yaw: 0 };
  return ({ clip, frame }) => {
    const last = clips[clip].frameCount - 1;
    const low = Math.max(frame - dt * rateHz, 0);
    const high = Math.min(frame + dt * rateHz, last);
    const perSecond = rateHz / Math.max(high - low, 1e-9);
    const places = placesAt(bank, clip, frame / rateHz, joints, pose);
    const before = placesAt(bank, clip, low / rateHz, joints, pose);
    const velocities = placesAt(bank, clip, high / rateHz, joints, pose);
    bank.root.step(clip, low, high, root);
    for (let k = 0; k < velocities.length; k += 3) {
      const [x, z] = [places[k], places[k + 2]];
      velocities[k] = (velocities[k] - before[k] + root.x + root.yaw * z) * perSecond;
      velocities[k + 1] = (velocities[k + 1] - before[k + 1]) * perSecond;
      velocities[k + 2] = (velocities[k + 2] - before[k + 2] + root.z - root.yaw * x) * perSecond;
    }
    return { places, velocities };
  };
}

function placesAt(
  bank: PoseBank,
  clip: number,
  seconds: number,
  joints: readonly number[],
  pose: LocalPose,
): Float64Array {
  bank.sample(clip, seconds, pose);
  const { positions } = forwardKinematics(
    bank.body,
    pose.rotations,
    pose.translations,
    makeWorldPose(bank.body.kept.length),
  );
  return Float64Array.from(joints.flatMap((j) => [...positions.subarray(3 * j, 3 * j + 3)]));
}
