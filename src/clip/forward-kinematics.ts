import type { Clip } from './clip.js';
import type { Skeleton } from './skeleton.js';

/** World places and turns of all joints in one pose. */
export interface WorldPose {
  /** [joints, 3], metres */
  readonly positions: Float64Array;
  /** [joints, 4] */
  readonly rotations: Float64Array;
}

export const makeWorldPose = (jointCount: number): WorldPose => ({
  positions: new Float64Array(3 * jointCount),
  rotations: new Float64Array(4 * jointCount),
});

/**
 * World pose from joint-to-parent rotations and translations.
 *
 * | argument       | shape        | unit                         |
 * | -------------- | ------------ | ---------------------------- |
 * | `rotations`    | [joints, 4]  | unit quaternions, from `at4` |
 * | `translations` | [joints, 3]  | metres, from `at3`           |
 *
 * The pose is written to `out` from joint row `to` on. Joints come parent first; nothing is allocated.
 */
export function forwardKinematics(
  skeleton: { readonly joints: readonly { readonly parent: number }[] },
  rotations: Float64Array,
  translations: Float64Array,
  out: WorldPose,
  at4 = 0,
  at3 = 0,
  to = 0,
): WorldPose {
  const { joints } = skeleton;
  const { positions: p, rotations: r } = out;
  for (let j = 0; j < joints.length; j++) {
    const parent = joints[j].parent;
    const i4 = at4 + 4 * j;
    const i3 = at3 + 3 * j;
    const bx = rotations[i4];
    const by = rotations[i4 + 1];
    const bz = rotations[i4 + 2];
    const bw = rotations[i4 + 3];
    const tx = translations[i3];
    const ty = translations[i3 + 1];
    const tz = translations[i3 + 2];
    const o4 = 4 * (to + j);
    const o3 = 3 * (to + j);
    if (parent < 0) {
      r[o4] = bx;
      r[o4 + 1] = by;
      r[o4 + 2] = bz;
      r[o4 + 3] = bw;
      p[o3] = tx;
      p[o3 + 1] = ty;
      p[o3 + 2] = tz;
      continue;
    }
    const q4 = 4 * (to + parent);
    const q3 = 3 * (to + parent);
    const ax = r[q4];
    const ay = r[q4 + 1];
    const az = r[q4 + 2];
    const aw = r[q4 + 3];
    r[o4] = aw * bx + ax * bw + ay * bz - az * by;
    r[o4 + 1] = aw * by - ax * bz + ay * bw + az * bx;
    r[o4 + 2] = aw * bz + ax * by - ay * bx + az * bw;
    r[o4 + 3] = aw * bw - ax * bx - ay * by - az * bz;
    const ux = 2 * (ay * tz - az * ty);
    const uy = 2 * (az * tx - ax * tz);
    const uz = 2 * (ax * ty - ay * tx);
    p[o3] = p[q3] + tx + aw * ux + ay * uz - az * uy;
    p[o3 + 1] = p[q3 + 1] + ty + aw * uy + az * ux - ax * uz;
    p[o3 + 2] = p[q3 + 2] + tz + aw * uz + ax * uy - ay * ux;
  }
  return out;
}

/** World pose of a clip's frame. */
export function worldPoseOfFrame(clip: Clip, frame: number, out?: WorldPose): WorldPose {
  const count = clip.skeleton.joints.length;
  return forwardKinematics(
    clip.skeleton,
    clip.rotations,
    clip.translations,
    out ?? makeWorldPose(count),
    4 * count * frame,
    3 * count * frame,
  );
}

/** Rest rotations [joints, 4] and translations [joints, 3] as flat arrays. */
export function restPose(skeleton: Skeleton): { rotations: Float64Array; translations: Float64Array } {
  return {
    rotations: Float64Array.from(skeleton.joints.flatMap((joint) => joint.restRotation)),
    translations: Float64Array.from(skeleton.joints.flatMap((joint) => joint.restTranslation)),
  };
}

/** World pose of a skeleton's rest pose. */
export function restWorldPose(skeleton: Skeleton): WorldPose {
  const rest = restPose(skeleton);
  return forwardKinematics(
    skeleton,
    rest.rotations,
    rest.translations,
    makeWorldPose(skeleton.joints.length),
  );
}
