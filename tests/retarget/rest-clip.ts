import { type Clip, makeRate, restPose, type Skeleton } from '../../src/clip/index.js';
import { turningArm } from '../clip/walker.js';

/** A clip of the rest pose, for a test to move joints in. */
export function restClip(skeleton: Skeleton, frames: number, rateHz = 30): Clip {
  const { rotations, translations } = restPose(skeleton);
  const repeat = (row: Float64Array): Float64Array =>
    Float64Array.from({ length: frames * row.length }, (_, i) => row[i % row.length]);
  return {
    ...turningArm({ frames, rate: makeRate(rateHz) }),
    skeleton,
    rotations: repeat(rotations),
    translations: repeat(translations),
    curves: [],
  };
}
