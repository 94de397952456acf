import { makeWorldPose, type Scene, type WorldPose } from '../clip/index.js';
import { AFFINE_SIZE, rotationOfAffine } from '../math/affine.js';
import { setQuat } from '../math/quat.js';
import { type Body, characterise, type GivenJoints } from '../retarget/index.js';

/** Shares of the first take at which somebody may be standing where the rest pose is no person. */
const SHARES = [0, 0.25, 0.5, 0.75, 1];

/**
 * What the joints of a scene are: asks its rest pose and, where nobody stands in that, frames of its first
 * take.
 *
 * @param given what a bone map says of it.
 * @throws GaitwayError what `characterise` throws.
 */
export function bodyOfScene(scene: Scene, given?: GivenJoints): Body {
  const duration = scene.takes[0]?.duration ?? 0;
  const poses = [poseOf(scene, -1, 0)];
  if (scene.takes.length > 0)
    for (const share of duration > 0 ? SHARES : [0]) poses.push(poseOf(scene, 0, share * duration));
  return characterise(scene.skeleton, {
    name: scene.source.file || 'the scene',
    pose: poses,
    ...(scene.humanoid && { humanoid: scene.humanoid }),
    ...(given && { given }),
  });
}

function poseOf(scene: Scene, take: number, time: number): WorldPose {
  const count = scene.skeleton.joints.length;
  const matrices = new Float64Array(AFFINE_SIZE * count);
  scene.evaluate(take, time, matrices);
  const pose = makeWorldPose(count);
  for (let j = 0; j < count; j++) {
    const at = AFFINE_SIZE * j;
    pose.positions.set(matrices.subarray(at + 9, at + 12), 3 * j);
    setQuat(pose.rotations, j, rotationOfAffine(matrices, at).rotation);
  }
  return pose;
}
