import {
  type Clip,
  jointIndex,
  makeWorldPose,
  rateHz,
  restWorldPose,
  worldPoseOfFrame,
} from '../../clip/index.js';
import { GaitwayError } from '../../errors.js';
import { type MotionTrack, makeMotionTrack } from './motion-track.js';

export interface TrackOfClipOptions {
  /** What the track is called; the clip's own name by default. */
  readonly name?: string;
  /** Keep how joints are turned, beside where they are. */
  readonly rotations?: boolean;
}

/**
 * The motion track of a clip whose joints are known by role (`{pelvis: 'Hips', thighL: 'LeftUpLeg', …}`); keys like
 * `joint:weapon_l` stand for joints that have no role (see `jointKey`).
 *
 * Positions are those of the clip's own frames; resample first where another rate is wanted.
 *
 * @throws GaitwayError `motion/unknown-joint` where a role names a joint that the clip lacks, and those of
 *   `makeMotionTrack`.
 */
export function trackOfClip(
  clip: Clip,
  roles: Readonly<Record<string, string>>,
  { name = clip.name, rotations: withRotations = false }: TrackOfClipOptions = {},
): MotionTrack {
  const names = Object.keys(roles);
  const joints = names.map((role) => {
    const index = jointIndex(clip.skeleton, roles[role] ?? '');
    if (index >= 0) return index;
    throw new GaitwayError(
      'motion/unknown-joint',
      `${name}: the ${role} is said to be "${roles[role]}", which is no joint of this skeleton; correct the bone map.`,
      { clip: name, role, joint: roles[role] },
    );
  });
  const positions = new Float64Array(clip.frameCount * joints.length * 3);
  const rotations = withRotations ? new Float64Array(clip.frameCount * joints.length * 4) : undefined;
  const pose = makeWorldPose(clip.skeleton.joints.length);
  let at = 0;
  let turned = 0;
  for (let f = 0; f < clip.frameCount; f++) {
    worldPoseOfFrame(clip, f, pose);
    for (const joint of joints) {
      positions[at++] = pose.positions[3 * joint];
      positions[at++] = pose.positions[3 * joint + 1];
      positions[at++] = pose.positions[3 * joint + 2];
    }
    if (!rotations) continue;
    for (const joint of joints)
      for (let k = 0; k < 4; k++) rotations[turned++] = pose.rotations[4 * joint + k];
  }
  const track = makeMotionTrack(name, names, positions, rateHz(clip.rate));
  if (!rotations) return track;
  const rest = restWorldPose(clip.skeleton).rotations;
  const restRotations = Float64Array.from(
    joints.flatMap((joint) => [...rest.subarray(4 * joint, 4 * joint + 4)]),
  );
  return { ...track, rotations, restRotations };
}
