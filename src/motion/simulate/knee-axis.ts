import { forwardKinematics, makeLocalPose, makeWorldPose } from '../../clip/index.js';
import { rotateRowBack } from '../../math/quat-rows.js';
import { size3 } from '../../math/size.js';
import type { MotionDatabase } from '../database/database.js';
import type { PoseBank } from './pose-bank.js';

/** Poses that are looked at in each clip. */
const POSES = 8;

/**
 * The axis about which a knee bends, unit, in the frame of its thigh: the mean over poses of the database, those with
 * the knee bent most counting most. Zeros where the knee never bends.
 */
export function kneeAxis(
  { clips, rateHz }: Pick<MotionDatabase, 'clips' | 'rateHz'>,
  bank: PoseBank,
  [thigh, calf, foot]: readonly [number, number, number],
): Float64Array {
  const count = bank.body.kept.length;
  const pose = makeLocalPose(count);
  const { positions: p, rotations } = makeWorldPose(count);
  const sum = new Float64Array(3);
  const axis = new Float64Array(3);
  for (const [c, { frameCount }] of clips.entries()) {
    for (let k = 0; k < POSES; k++) {
      bank.sample(c, (k * (frameCount - 1)) / (POSES * rateHz), pose);
      forwardKinematics(bank.body, pose.rotations, pose.translations, { positions: p, rotations });
      const [a, b, d] = [3 * thigh, 3 * calf, 3 * foot];
      const [ux, uy, uz] = [p[b] - p[a], p[b + 1] - p[a + 1], p[b + 2] - p[a + 2]];
      const [lx, ly, lz] = [p[d] - p[b], p[d + 1] - p[b + 1], p[d + 2] - p[b + 2]];
      axis.set([uy * lz - uz * ly, uz * lx - ux * lz, ux * ly - uy * lx]);
      rotateRowBack(rotations, 4 * thigh, axis, 0, axis, 0);
      for (let i = 0; i < 3; i++) sum[i] += axis[i];
    }
  }
  const size = size3(sum[0], sum[1], sum[2]);
  return size > 1e-9 ? sum.map((value) => value / size) : sum;
}
