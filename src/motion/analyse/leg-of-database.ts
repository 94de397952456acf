import type { MotionDatabase } from '../database/database.js';

/** Metres from thigh to ankle where the skeleton does not tell. */
const USUAL_LEG = 0.85;

/** Metres from thigh to ankle of the database's skeleton, the mean of both legs; 0.85 where it has no legs. */
export function legOfDatabase({ joints, roles }: MotionDatabase): number {
  const legs = ['L', 'R'].flatMap((side) => {
    const thigh = joints.findIndex(({ name }) => name === roles[`thigh${side}`]);
    let joint = joints.findIndex(({ name }) => name === roles[`foot${side}`]);
    let length = 0;
    while (joint > thigh && thigh >= 0) {
      length += Math.hypot(...joints[joint].offset);
      joint = joints[joint].parent;
    }
    return joint === thigh && length > 0 ? [length] : [];
  });
  return legs.length > 0 ? legs.reduce((sum, leg) => sum + leg, 0) / legs.length : USUAL_LEG;
}
