import { type Clip, restWorldPose, sceneOfClip } from '../clip/index.js';
import { GaitwayError } from '../errors.js';
import { distance, type Vec3, vec3At } from '../math/vec3.js';
import type { Body, Finger, FingerName, Side } from '../retarget/index.js';
import { bodyOfScene } from './body-of-scene.js';

const SIDE_NAMES: Readonly<Record<Side, string>> = { L: 'left', R: 'right' };
const LIMB_NAMES = {
  clavicle: 'Shoulder',
  upperArm: 'UpperArm',
  forearm: 'LowerArm',
  hand: 'Hand',
  thigh: 'UpperLeg',
  calf: 'LowerLeg',
  foot: 'Foot',
  toe: 'Toes',
} as const;
const FINGER_NAMES: Readonly<Record<FingerName, string>> = {
  thumb: 'Thumb',
  index: 'Index',
  middle: 'Middle',
  ring: 'Ring',
  pinky: 'Little',
};
const FINGER_PARTS = ['Proximal', 'Intermediate', 'Distal'];
const THUMB_PARTS = ['Metacarpal', 'Proximal', 'Distal'];
/** Share of their distance by which the head must stand above the hips, and these above the feet. */
const UPRIGHT = 0.7;

/**
 * The joints of a clip by VRM 1.0 bone name, for a clip whose rest pose is a standing person.
 *
 * @throws GaitwayError `vrma/no-standing-rest` where the rest pose is no such person, or what
 *   `characterise` throws where the joints make no body.
 */
export function vrmBonesOfClip(clip: Clip): Record<string, number> {
  const body = bodyOfScene(sceneOfClip(clip, clip.source.file));
  requireStandingRest(clip, body);
  return vrmBonesOfBody(body);
}

function vrmBonesOfBody({ roles, spine, fingers }: Body): Record<string, number> {
  const bones: Record<string, number | undefined> = {
    hips: roles.pelvis,
    spine: spine[0],
    chest: spine.length > 2 ? spine[Math.floor((spine.length - 1) / 2)] : spine[1],
    upperChest: spine.length > 2 ? spine.at(-1) : undefined,
    neck: roles.neck,
    head: roles.head,
  };
  for (const side of ['L', 'R'] as const) {
    const name = SIDE_NAMES[side];
    for (const [role, bone] of Object.entries(LIMB_NAMES))
      bones[name + bone] = roles[`${role as keyof typeof LIMB_NAMES}${side}`];
    for (const [finger, found] of Object.entries(fingers[side])) {
      const parts = finger === 'thumb' ? THUMB_PARTS : FINGER_PARTS;
      jointsOfFinger(finger as FingerName, found).forEach((joint, i) => {
        bones[name + FINGER_NAMES[finger as FingerName] + parts[i]] = joint;
      });
    }
  }
  return Object.fromEntries(
    Object.entries(bones).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}

/** VRM counts three joints a finger from the knuckle, and a thumb from its root in the palm. */
const jointsOfFinger = (name: FingerName, { metacarpal, joints }: Finger): readonly number[] =>
  (name === 'thumb' && metacarpal !== undefined ? [metacarpal, ...joints] : joints).slice(0, 3);

function requireStandingRest(clip: Clip, { roles }: Body): void {
  const { positions } = restWorldPose(clip.skeleton);
  const isAbove = (upper: number | undefined, lower: number | undefined): boolean => {
    if (upper === undefined || lower === undefined) return true;
    const [a, b]: [Vec3, Vec3] = [vec3At(positions, upper), vec3At(positions, lower)];
    return a[1] - b[1] > UPRIGHT * distance(a, b);
  };
  if (isAbove(roles.head, roles.pelvis) && isAbove(roles.pelvis, roles.footL)) return;
  throw new GaitwayError(
    'vrma/no-standing-rest',
    `${clip.source.file || `"${clip.name}"`}: the rest pose is no standing person, which a VRMA needs; carry the clip onto a VRM model first: gaitway retarget <file> --to model.vrm --format vrma.`,
    { file: clip.source.file },
  );
}
