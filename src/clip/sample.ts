import { quatAt, setQuat, slerp } from '../math/quat.js';
import { mix, setVec3, vec3At } from '../math/vec3.js';
import type { Clip } from './clip.js';
import { rateHz } from './rate.js';

/** Joint-to-parent rotations and translations of one pose. */
export interface LocalPose {
  /** [joints, 4] */
  readonly rotations: Float64Array;
  /** [joints, 3], metres */
  readonly translations: Float64Array;
}

export const makeLocalPose = (jointCount: number): LocalPose => ({
  rotations: new Float64Array(4 * jointCount),
  translations: new Float64Array(3 * jointCount),
});

/** Nearer than this to a frame, the frame itself is given. */
const ON_FRAME = 1e-6;

/**
 * The pose of a clip at `time` seconds: the frame itself where the time lies on one, else rotations
 * blended the shorter way round and translations in a straight line.
 *
 * Times outside the clip give its first or last frame.
 */
export function samplePose(clip: Clip, time: number, out: LocalPose): LocalPose {
  const count = clip.skeleton.joints.length;
  const place = Math.min(Math.max(time * rateHz(clip.rate), 0), clip.frameCount - 1);
  const near = Math.round(place);
  const exact = Math.abs(place - near) < ON_FRAME;
  const low = exact ? near : Math.floor(place);
  if (exact) {
    out.rotations.set(clip.rotations.subarray(4 * count * low, 4 * count * (low + 1)));
    out.translations.set(clip.translations.subarray(3 * count * low, 3 * count * (low + 1)));
    return out;
  }
  const t = place - low;
  for (let j = 0; j < count; j++) {
    const a = low * count + j;
    const b = a + count;
    setQuat(out.rotations, j, slerp(quatAt(clip.rotations, a), quatAt(clip.rotations, b), t));
    setVec3(out.translations, j, mix(vec3At(clip.translations, a), vec3At(clip.translations, b), t));
  }
  return out;
}
