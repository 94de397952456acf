import type { BodyRole, Clip, WorldPose } from '../clip/index.js';
import type { Quat } from '../math/quat.js';
import type { Vec3 } from '../math/vec3.js';
import type { Body } from './body/body.js';

/** The mirror image of a world pose, see `mirrored`. */
export const mirroredPose = ({ positions, rotations }: WorldPose): WorldPose => ({
  positions: reflectedPlaces(positions),
  rotations: reflectedTurns(rotations),
});

function reflectedPlaces(places: Float64Array): Float64Array {
  return places.map((value, i) => (i % 3 === 0 ? -value : value));
}

function reflectedTurns(turns: Float64Array): Float64Array {
  return turns.map((value, i) => (i % 4 === 1 || i % 4 === 2 ? -value : value));
}

/**
 * The mirror image of a figure that moves: what its left hand did, the hand on its right does.
 *
 * All is reflected across the plane x = 0, the skeleton too, so joints keep their names and lie on the other
 * side; the body's sides are exchanged with them, and so are curves whose names tell a side (`FootContact_L`).
 */
export function mirrored(clip: Clip, body: Body): { clip: Clip; body: Body } {
  const rotations = reflectedTurns(clip.rotations);
  const translations = reflectedPlaces(clip.translations);
  const joints = clip.skeleton.joints.map((joint) => ({
    ...joint,
    restTranslation: reflect(joint.restTranslation),
    restRotation: reflectTurn(joint.restRotation),
    ...(joint.endOffset && { endOffset: reflect(joint.endOffset) }),
  }));
  const curves = clip.curves.map(({ name, values }) => ({ name: otherSideName(name), values }));
  return {
    clip: { ...clip, name: `${clip.name}_mirrored`, skeleton: { joints }, rotations, translations, curves },
    body: {
      ...body,
      roles: exchanged(body.roles),
      certainty: exchanged(body.certainty),
      fingers: { L: body.fingers.R, R: body.fingers.L },
      twists: body.twists.map((twist) => ({ ...twist, limb: otherSide(twist.limb) })),
      helpers: body.helpers.map((helper) => ({
        ...helper,
        follows: helper.follows === 'root' ? 'root' : otherSide(helper.follows),
      })),
    },
  };
}

const reflect = ([x, y, z]: Vec3): Vec3 => [-x, y, z];
const reflectTurn = ([x, y, z, w]: Quat): Quat => [x, -y, -z, w];

/** `thighL` for `thighR` and the other way round; roles without a side stay. */
const otherSide = (role: BodyRole): BodyRole =>
  role.replace(/[LR]$/, (side) => (side === 'L' ? 'R' : 'L')) as BodyRole;

const exchanged = (values: Readonly<Partial<Record<BodyRole, number>>>): Partial<Record<BodyRole, number>> =>
  Object.fromEntries(Object.entries(values).map(([role, value]) => [otherSide(role as BodyRole), value]));

const OTHER: Readonly<Record<string, string>> = {
  L: 'R',
  R: 'L',
  l: 'r',
  r: 'l',
  Left: 'Right',
  Right: 'Left',
  left: 'right',
  right: 'left',
};

const otherSideName = (name: string): string =>
  name.replace(/(?<=[_.])[LRlr]$|Left|Right|left|right/g, (side) => OTHER[side]);
