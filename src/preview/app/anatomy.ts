import { type Clip, childrenOf, worldPoseOfFrame } from '../../clip/index.js';
import { footContacts, trackOfClip } from '../../motion/index.js';
import { type Body, characterise } from '../../retarget/index.js';
import { type JointSide, sidesOfJoints } from './joint-sides.js';

/** When the feet stand on the floor, [frames] each, 1 while they do. */
export interface Contacts {
  readonly left: ArrayLike<number>;
  readonly right: ArrayLike<number>;
  /** Found here from the way of the feet; else they are curves of the clip. */
  readonly found: boolean;
}

/** What the page knows of a clip's skeleton besides its joints. */
export interface Anatomy {
  /** Absent where no biped was found. */
  readonly body: Body | undefined;
  /** Why there is no body. */
  readonly fault: string | undefined;
  readonly sides: readonly JointSide[];
  /** The joint that carries the body. */
  readonly pelvis: number;
  readonly contacts: Contacts | undefined;
}

/** Shares of a clip at which somebody may be standing where the rest pose is no person. */
const SHARES = [0, 0.25, 0.5, 0.75, 1];

/** Reads a clip's skeleton as the retargeter does; whatever is no biped is shown all the same. */
export function anatomyOf(clip: Clip): Anatomy {
  let body: Body | undefined;
  let fault: string | undefined;
  try {
    const last = clip.frameCount - 1;
    const pose = SHARES.map((share) => worldPoseOfFrame(clip, Math.round(share * last)));
    body = characterise(clip.skeleton, { pose });
  } catch (error) {
    fault = error instanceof Error ? error.message : String(error);
  }
  return {
    body,
    fault,
    sides: sidesOfJoints(clip.skeleton, body),
    pelvis: body?.roles.pelvis ?? firstBranching(clip),
    contacts: contactsOf(clip, body),
  };
}

/** The first joint that has three children or more carries most bodies. */
const firstBranching = (clip: Clip): number =>
  Math.max(
    0,
    childrenOf(clip.skeleton.joints).findIndex((children) => children.length >= 3),
  );

function contactsOf(clip: Clip, body: Body | undefined): Contacts | undefined {
  const curve = (name: string): Float64Array | undefined =>
    clip.curves.find((candidate) => candidate.name === name)?.values;
  const left = curve('FootContact_L');
  const right = curve('FootContact_R');
  if (left && right) return { left, right, found: false };
  if (!body || clip.frameCount < 2) return undefined;
  const names = Object.entries(body.roles).map(([role, joint]) => [role, clip.skeleton.joints[joint].name]);
  try {
    const both = footContacts(trackOfClip(clip, Object.fromEntries(names)));
    return {
      left: both.filter((_, i) => i % 2 === 0),
      right: both.filter((_, i) => i % 2 === 1),
      found: true,
    };
  } catch {
    // A body without feet has none to find.
    return undefined;
  }
}
