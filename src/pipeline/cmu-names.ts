import { type Clip, type Joint, sceneOfClip } from '../clip/index.js';
import { type Body, SIDES, type Side } from '../retarget/index.js';
import { bodyOfScene } from './body-of-scene.js';

const SIDE_NAMES: Readonly<Record<Side, string>> = { L: 'Left', R: 'Right' };
const LIMB_NAMES = {
  thigh: 'UpLeg',
  calf: 'Leg',
  foot: 'Foot',
  toe: 'ToeBase',
  clavicle: 'Shoulder',
  upperArm: 'Arm',
  forearm: 'ForeArm',
  hand: 'Hand',
} as const;
const FINGER_NAMES = {
  index: 'HandIndex',
  middle: 'HandMiddle',
  ring: 'HandRing',
  pinky: 'HandPinky',
} as const;

/**
 * The joints of a body under the names of the CMU motion-capture library, by joint: `Hips`, `LHipJoint`,
 * `LeftUpLeg`, `LowerBack`, `Spine`, `Spine1`, `Neck`, …
 *
 * The library has three spine joints, two of a neck, one of an index finger and a thumb; where the clip has
 * more they count on (`Spine2`, `Neck2`, `LeftHandIndex2`, `LThumb2`), other fingers are named after the index.
 *
 * @throws GaitwayError what `characterise` throws where the joints make no body.
 */
export function cmuNamesOfClip(clip: Clip): Map<number, string> {
  const { roles, spine, neck, fingers } = bodyOfScene(sceneOfClip(clip, clip.source.file));
  const names = new Map<number, string>();
  const name = (joint: number | undefined, as: string): void => {
    if (joint !== undefined) names.set(joint, as);
  };
  name(roles.pelvis, 'Hips');
  spine.forEach((joint, i) => {
    name(joint, spine.length > 2 && i === 0 ? 'LowerBack' : numbered('Spine', spine.length > 2 ? i - 1 : i));
  });
  neck.forEach((joint, i) => {
    name(joint, numbered('Neck', i));
  });
  name(roles.head, 'Head');
  for (const side of SIDES) {
    const word = SIDE_NAMES[side];
    name(hipJoint(clip.skeleton.joints, roles, side), `${side}HipJoint`);
    for (const [limb, part] of Object.entries(LIMB_NAMES))
      name(roles[`${limb as keyof typeof LIMB_NAMES}${side}`], word + part);
    const { thumb, ...others } = fingers[side];
    [thumb?.metacarpal, ...(thumb?.joints ?? [])]
      .filter((joint) => joint !== undefined)
      .forEach((joint, i) => {
        name(joint, i === 0 ? `${side}Thumb` : `${side}Thumb${i + 1}`);
      });
    name(others.index?.metacarpal, `${word}FingerBase`);
    for (const [finger, part] of Object.entries(FINGER_NAMES))
      others[finger as keyof typeof FINGER_NAMES]?.joints.forEach((joint, i) => {
        name(joint, `${word}${part}${i + 1}`);
      });
  }
  return names;
}

const numbered = (name: string, n: number): string => (n === 0 ? name : `${name}${n}`);

/** The joint between the pelvis and this thigh alone, as the library itself has it. */
function hipJoint(joints: readonly Joint[], roles: Body['roles'], side: Side): number | undefined {
  const [own, other] = [roles[`thigh${side}`], roles[`thigh${side === 'L' ? 'R' : 'L'}`]];
  if (own === undefined || other === undefined || roles.pelvis === undefined) return undefined;
  const above = joints[own].parent;
  const between = above >= 0 && joints[above].parent === roles.pelvis;
  return between && above !== joints[other].parent ? above : undefined;
}
