import type { Axis } from '../../math/euler.js';
import type { BvhFile } from './parse.js';

const RADIANS = Math.PI / 180;
const AXIS_INDEX: Readonly<Record<Axis, 0 | 1 | 2>> = { X: 0, Y: 1, Z: 2 };

/** Joint-to-parent pose in file units and file axes. */
export interface BvhPose {
  /** [joints, 4] */
  readonly rotations: Float64Array;
  /** [joints, 3] */
  readonly translations: Float64Array;
}

export const makeBvhPose = (jointCount: number): BvhPose => ({
  rotations: new Float64Array(4 * jointCount),
  translations: new Float64Array(3 * jointCount),
});

/**
 * Writes the pose of a row, or the zero pose for frame −1.
 *
 * Turns are multiplied in the order in which the joint lists them; a position channel replaces its axis of
 * the OFFSET.
 */
export function readBvhPose(bvh: BvhFile, frame: number, out: BvhPose): BvhPose {
  const { rotations, translations } = out;
  const row = frame * bvh.channelCount;
  const values = bvh.motion.values;
  for (let j = 0; j < bvh.joints.length; j++) {
    const joint = bvh.joints[j];
    translations[3 * j] = joint.offset[0];
    translations[3 * j + 1] = joint.offset[1];
    translations[3 * j + 2] = joint.offset[2];
    let x = 0;
    let y = 0;
    let z = 0;
    let w = 1;
    if (frame >= 0) {
      for (let c = 0; c < joint.channels.length; c++) {
        const channel = joint.channels[c];
        const value = values[row + joint.firstChannel + c];
        const axis = AXIS_INDEX[channel.axis];
        if (channel.kind === 'position') translations[3 * j + axis] = value;
        else if (channel.kind === 'rotation') {
          const s = Math.sin((value * RADIANS) / 2);
          const k = Math.cos((value * RADIANS) / 2);
          const [ax, ay, az, aw] = [x, y, z, w];
          if (axis === 0) {
            x = ax * k + aw * s;
            y = ay * k + az * s;
            z = az * k - ay * s;
            w = aw * k - ax * s;
          } else if (axis === 1) {
            x = ax * k - az * s;
            y = ay * k + aw * s;
            z = az * k + ax * s;
            w = aw * k - ay * s;
          } else {
            x = ax * k + ay * s;
            y = ay * k - ax * s;
            z = az * k + aw * s;
            w = aw * k - az * s;
          }
        }
      }
    }
    rotations[4 * j] = x;
    rotations[4 * j + 1] = y;
    rotations[4 * j + 2] = z;
    rotations[4 * j + 3] = w;
  }
  return out;
}
