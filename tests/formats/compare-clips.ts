import { type Clip, jointIndex, worldPoseOfFrame } from '../../src/clip/index.js';
import { angleBetween, conjugate, multiply, quatAt } from '../../src/math/quat.js';
import { distance, vec3At } from '../../src/math/vec3.js';

/**
 * Largest differences between two clips in world space over all frames; joints are matched by name.
 *
 * Rotations are compared as change since the first frame, because formats give joints other axes.
 */
export function compareClips(
  a: Clip,
  b: Clip,
  nameInB: (name: string) => string = (name) => name,
): { metres: number; degrees: number } {
  let metres = 0;
  let degrees = 0;
  const pairs = a.skeleton.joints.map((joint, i) => [i, jointIndex(b.skeleton, nameInB(joint.name))]);
  if (pairs.some(([, other]) => other < 0)) throw new Error('a joint is missing');
  const firstA = worldPoseOfFrame(a, 0);
  const firstB = worldPoseOfFrame(b, 0);
  for (let f = 0; f < a.frameCount; f++) {
    const poseA = worldPoseOfFrame(a, f);
    const poseB = worldPoseOfFrame(b, f);
    for (const [i, k] of pairs) {
      metres = Math.max(metres, distance(vec3At(poseA.positions, i), vec3At(poseB.positions, k)));
      const deltaA = multiply(quatAt(poseA.rotations, i), conjugate(quatAt(firstA.rotations, i)));
      const deltaB = multiply(quatAt(poseB.rotations, k), conjugate(quatAt(firstB.rotations, k)));
      degrees = Math.max(degrees, (angleBetween(deltaA, deltaB) * 180) / Math.PI);
    }
  }
  return { metres, degrees };
}
