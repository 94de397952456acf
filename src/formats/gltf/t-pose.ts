import { makeWorldPose, restWorldPose, type Skeleton, type WorldPose } from '../../clip/index.js';
import {
  fromAxisAngle,
  IDENTITY,
  multiply,
  type Quat,
  quatAt,
  rotate,
  setQuat,
  shortestArc,
} from '../../math/quat.js';
import { add, length, normalise, setVec3, subtract, UP, type Vec3, vec3At } from '../../math/vec3.js';
import { ARM_BONES } from './vrm-names.js';

/** Shorter than this (metres) a bone points nowhere. */
const NO_LENGTH = 1e-6;

/**
 * A skeleton's rest pose made a T-pose: turned about the vertical so that it faces +Z, with arms, hands and
 * fingers (thumbs left as they are) straight along ±X. Legs, trunk and head stay as they stand.
 *
 * Takes for granted that the rest pose is a person who stands upright. `humanBones` gives joints by VRM bone.
 */
export function tPoseOf(skeleton: Skeleton, humanBones: ReadonlyMap<string, number>): WorldPose {
  const { joints } = skeleton;
  const rest = restWorldPose(skeleton);
  const placeOf = (joint: number): Vec3 => vec3At(rest.positions, joint);
  const facing = turnToFront(placeOf, humanBones);
  const aims = aimsOf(humanBones);

  const out = makeWorldPose(joints.length);
  const turns: Quat[] = [];
  joints.forEach(({ parent }, j) => {
    const before = parent < 0 ? facing : turns[parent];
    const place =
      parent < 0
        ? rotate(facing, placeOf(j))
        : add(vec3At(out.positions, parent), rotate(before, subtract(placeOf(j), placeOf(parent))));
    const aim = aims.get(j);
    const bone = aim && rotate(before, subtract(placeOf(aim.next), placeOf(j)));
    const isAimed = aim !== undefined && bone !== undefined && length(bone) > NO_LENGTH;
    turns.push(isAimed ? multiply(shortestArc(normalise(bone), aim.along), before) : before);
    setVec3(out.positions, j, place);
    setQuat(out.rotations, j, multiply(turns[j], quatAt(rest.rotations, j)));
  });
  return out;
}

interface Aim {
  readonly next: number;
  readonly along: Vec3;
}

/** Where bones of arms point, by joint. */
function aimsOf(humanBones: ReadonlyMap<string, number>): Map<number, Aim> {
  const aims = new Map<number, Aim>();
  for (const [side, along] of [
    ['left', [1, 0, 0]],
    ['right', [-1, 0, 0]],
  ] as const) {
    for (const [bone, pointsAt] of ARM_BONES) {
      const joint = humanBones.get(side + bone);
      const next = humanBones.get(side + pointsAt);
      if (joint !== undefined && next !== undefined) aims.set(joint, { next, along });
    }
  }
  return aims;
}

/** The turn about the vertical after which the left hip joint stands at +X of the right one. */
function turnToFront(placeOf: (joint: number) => Vec3, humanBones: ReadonlyMap<string, number>): Quat {
  const left = humanBones.get('leftUpperLeg');
  const right = humanBones.get('rightUpperLeg');
  if (left === undefined || right === undefined) return IDENTITY;
  const [x, , z] = subtract(placeOf(left), placeOf(right));
  return Math.hypot(x, z) > NO_LENGTH ? fromAxisAngle(UP, Math.atan2(z, x)) : IDENTITY;
}
