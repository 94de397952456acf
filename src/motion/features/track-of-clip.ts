import {
  type Clip,
  jointIndex,
  makeWorldPose,
  rateHz,
  restWorldPose,
  type WorldPose,
  worldPoseOfFrame,
} from '../../clip/index.js';
import { GaitwayError } from '../../errors.js';
import { type MotionTrack, makeMotionTrack } from './motion-track.js';

export interface TrackOfClipOptions {
  /** What the track is called; the clip's own name by default. */
  readonly name?: string;
  /** Keep how joints are turned, beside where they are. */
  readonly rotations?: boolean;
  /** Joint that the root is: on the ground below it, facing as it is turned from its rest. */
  readonly rootJoint?: string;
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
  { name = clip.name, rotations: withRotations = false, rootJoint }: TrackOfClipOptions = {},
): MotionTrack {
  const names = Object.keys(roles);
  const jointOf = (role: string, joint: string, cure = 'correct the bone map'): number => {
    const index = jointIndex(clip.skeleton, joint);
    if (index >= 0) return index;
    throw new GaitwayError(
      'motion/unknown-joint',
      `${name}: the ${role} is said to be "${joint}", which is no joint of this skeleton; ${cure}.`,
      { clip: name, role, joint },
    );
  };
  const joints = names.map((role) => jointOf(role, roles[role] ?? ''));
  const root =
    rootJoint === undefined
      ? undefined
      : makeRootPath(clip, jointOf('root', rootJoint, 'name another root joint, or none'));
  const positions = new Float64Array(clip.frameCount * joints.length * 3);
  const rotations = withRotations ? new Float64Array(clip.frameCount * joints.length * 4) : undefined;
  const pose = makeWorldPose(clip.skeleton.joints.length);
  let at = 0;
  let turned = 0;
  for (let f = 0; f < clip.frameCount; f++) {
    worldPoseOfFrame(clip, f, pose);
    root?.take(f, pose);
    for (const joint of joints) {
      positions[at++] = pose.positions[3 * joint];
      positions[at++] = pose.positions[3 * joint + 1];
      positions[at++] = pose.positions[3 * joint + 2];
    }
    if (!rotations) continue;
    for (const joint of joints)
      for (let k = 0; k < 4; k++) rotations[turned++] = pose.rotations[4 * joint + k];
  }
  const found = makeMotionTrack(name, names, positions, rateHz(clip.rate));
  const track = root && rootJoint !== undefined ? { ...found, ...root.path, rootJoint } : found;
  if (!rotations) return track;
  const rest = restWorldPose(clip.skeleton).rotations;
  const restRotations = Float64Array.from(
    joints.flatMap((joint) => [...rest.subarray(4 * joint, 4 * joint + 4)]),
  );
  return { ...track, rotations, restRotations };
}

/** Collects where a joint stands and faces, frame by frame; a joint that points straight up faces as before. */
function makeRootPath(
  clip: Clip,
  joint: number,
): {
  readonly take: (frame: number, pose: WorldPose) => void;
  readonly path: Pick<MotionTrack, 'rootX' | 'rootZ' | 'facingX' | 'facingZ'>;
} {
  const [rootX, rootZ, facingX, facingZ] = [0, 1, 2, 3].map(() => new Float64Array(clip.frameCount));
  const rest = restWorldPose(clip.skeleton).rotations.subarray(4 * joint, 4 * joint + 4);
  const [rx, ry, rz, rw] = [-rest[0], -rest[1], -rest[2], rest[3]];
  let [u, v] = [0, 1];
  const take = (frame: number, { positions, rotations }: WorldPose): void => {
    const [x, y, z, w] = rotations.subarray(4 * joint, 4 * joint + 4);
    // The turn from rest, and what it makes of +Z.
    const tx = w * rx + x * rw + y * rz - z * ry;
    const ty = w * ry - x * rz + y * rw + z * rx;
    const tz = w * rz + x * ry - y * rx + z * rw;
    const tw = w * rw - x * rx - y * ry - z * rz;
    const aheadX = 2 * (tx * tz + tw * ty);
    const aheadZ = 1 - 2 * (tx * tx + ty * ty);
    const size = Math.hypot(aheadX, aheadZ);
    if (size > UPRIGHT) [u, v] = [aheadX / size, aheadZ / size];
    rootX[frame] = positions[3 * joint];
    rootZ[frame] = positions[3 * joint + 2];
    facingX[frame] = u;
    facingZ[frame] = v;
  };
  return { take, path: { rootX, rootZ, facingX, facingZ } };
}

/** Shorter than this on the ground, a direction points up or down. */
const UPRIGHT = 1e-3;
