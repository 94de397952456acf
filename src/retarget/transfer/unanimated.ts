import type { BodyRole, Clip } from '../../clip/index.js';
import { angleBetween, type Quat, quatAt } from '../../math/quat.js';
import { type Body, FINGERS, SIDES } from '../body/body.js';

/** A joint that stays so near to its rest is not animated, radians and metres. */
const SAME = { turn: 1e-3, place: 1e-4 };

/** Parts of a body that clips leave out. */
export const CLIP_PARTS = ['lower', 'upper', 'fingersL', 'fingersR'] as const;
export type ClipPart = (typeof CLIP_PARTS)[number];

const LOWER: readonly BodyRole[] = ['pelvis', 'thighL', 'thighR', 'calfL', 'calfR', 'footL', 'footR'];
const UPPER: readonly BodyRole[] = [
  'head',
  ...SIDES.flatMap((side) => [`upperArm${side}`, `forearm${side}`, `hand${side}`] as const),
];

/**
 * The parts of a body that a clip does not animate: their joints never leave the rest pose.
 *
 * A clip in which nothing moves at all leaves nothing out: it shows a pose.
 */
export function unanimatedParts(clip: Clip, body: Body): ReadonlySet<ClipPart> {
  const rests = (joints: readonly (number | undefined)[]): boolean => {
    const there = joints.filter((joint) => joint !== undefined);
    return there.length > 0 && there.every((joint) => isAtRest(clip, joint));
  };
  const roles = (names: readonly BodyRole[]): (number | undefined)[] => names.map((name) => body.roles[name]);
  const { spine, neck } = body;
  const found = new Set<ClipPart>();
  if (rests(roles(LOWER))) found.add('lower');
  if (rests([...roles(UPPER), ...spine, ...neck])) found.add('upper');
  if (found.size === 2) return new Set();
  for (const side of SIDES) {
    const fingers = FINGERS.flatMap((name) => body.fingers[side][name]?.joints ?? []);
    if (rests(fingers)) found.add(`fingers${side}`);
  }
  return found;
}

function isAtRest({ skeleton, rotations, translations, frameCount }: Clip, joint: number): boolean {
  const { restRotation, restTranslation } = skeleton.joints[joint];
  const rest = restRotation as Quat;
  const count = skeleton.joints.length;
  for (let f = 0; f < frameCount; f++) {
    const row = f * count + joint;
    if (angleBetween(rest, quatAt(rotations, row)) > SAME.turn) return false;
    for (let k = 0; k < 3; k++)
      if (Math.abs(translations[3 * row + k] - restTranslation[k]) > SAME.place) return false;
  }
  return true;
}

/** Whether a joint with a role belongs to a part that is left out. */
export function isLeftOut(role: BodyRole, parts: ReadonlySet<ClipPart>): boolean {
  const isLower = /^(pelvis|thigh|calf|foot|toe)/.test(role);
  return parts.has(isLower ? 'lower' : 'upper');
}
