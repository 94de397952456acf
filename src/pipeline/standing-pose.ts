import { existsSync } from 'node:fs';
import {
  bake,
  type Clip,
  forwardKinematics,
  makeWorldPose,
  restPose,
  restWorldPose,
  type Scene,
  type Skeleton,
  type WorldPose,
  withRestTake,
  worldPoseOfFrame,
} from '../clip/index.js';
import { GaitwayError } from '../errors.js';
import { openScene } from './open-file.js';

/**
 * The pose in which a body stands, by what a person calls it: `rest`, `zero` (all joints unturned), a frame of
 * `clip` (`12` or `12f`), the first frame of another take of `scene` by its name, or a file on the same skeleton,
 * whose first frame it is.
 *
 * @throws GaitwayError `retarget/no-pose` where nothing is so called or the clip ends before the frame,
 *   `retarget/other-skeleton` naming a joint that the file lacks, and what `openScene` throws.
 */
export async function standingPose(
  text: string,
  skeleton: Skeleton,
  scene?: Scene,
  clip?: Clip,
): Promise<WorldPose> {
  if (text === 'rest') return restWorldPose(skeleton);
  if (text === 'zero') return zeroPose(skeleton);
  const frame = /^(\d+)f?$/.exec(text)?.[1];
  if (frame !== undefined && clip) {
    if (Number(frame) < clip.frameCount) return worldPoseOfFrame(clip, Number(frame));
    throw new GaitwayError(
      'retarget/no-pose',
      `${clip.source.file || clip.name} has no frame ${frame} to stand in; its last is ${clip.frameCount - 1}.`,
      { frame: Number(frame), frameCount: clip.frameCount },
    );
  }
  const take = scene?.takes.findIndex(({ name }) => name === text) ?? -1;
  if (scene && take >= 0) return worldPoseOfFrame(bake(scene, { take }), 0);
  if (existsSync(text)) return poseOfFile(text, skeleton);
  const takes = scene?.takes.flatMap(({ name }) => (name ? [`"${name}"`] : [])).join(', ');
  throw new GaitwayError(
    'retarget/no-pose',
    `"${text}" is no pose to stand in: rest, zero, a frame (12f)${takes ? `, a take (${takes})` : ''} or a file is wanted.`,
    { pose: text },
  );
}

function zeroPose(skeleton: Skeleton): WorldPose {
  const { translations } = restPose(skeleton);
  const unturned = Float64Array.from({ length: 4 * skeleton.joints.length }, (_, i) => (i % 4 === 3 ? 1 : 0));
  const pose = makeWorldPose(skeleton.joints.length);
  forwardKinematics(skeleton, unturned, translations, pose);
  return pose;
}

/** First frame of a file, its joints in the order of `skeleton`. */
async function poseOfFile(path: string, skeleton: Skeleton): Promise<WorldPose> {
  const clip = bake(withRestTake(await openScene(path)));
  const pose = worldPoseOfFrame(clip, 0);
  const indices = new Map(clip.skeleton.joints.map(({ name }, j) => [name, j]));
  const ordered = makeWorldPose(skeleton.joints.length);
  skeleton.joints.forEach(({ name }, j) => {
    const other = indices.get(name);
    if (other === undefined) {
      throw new GaitwayError(
        'retarget/other-skeleton',
        `${path} has no joint "${name}", so its pose is not one of this skeleton; a file with the same joints is wanted.`,
        { file: path, joint: name },
      );
    }
    ordered.positions.set(pose.positions.subarray(3 * other, 3 * other + 3), 3 * j);
    ordered.rotations.set(pose.rotations.subarray(4 * other, 4 * other + 4), 4 * j);
  });
  return ordered;
}
