import { type Joint, type Skeleton, validateSkeleton } from 'gaitway/clip';
import { add, cross, distance, normalise, reject, scale, subtract, type Vec3 } from '#math/vec3.js';

export type Side = 'L' | 'R';
export const SIDES: readonly Side[] = ['L', 'R'];

/** +1 on the left, −1 on the right: the sign of x. */
export const signOf = (side: Side): number => (side === 'L' ? 1 : -1);

export interface Leg {
  readonly thigh: number;
  readonly calf: number;
  readonly foot: number;
  readonly toe: number;
  readonly thighLength: number;
  readonly calfLength: number;
  /** From the pelvis joint, rest. */
  readonly hipOffset: Vec3;
  /** Ankle from the ball of the foot, rest. */
  readonly ankleFromBall: Vec3;
  /** Height of the ankle and of the ball over the sole. */
  readonly ankleHeight: number;
  readonly ballHeight: number;
  /** How far the heel lies behind the ankle, and the tip of the toes before the ball. */
  readonly heelBack: number;
  readonly toeLength: number;
  /** How far to the side of the middle the ankle stands in the rest pose, and how far before the pelvis. */
  readonly standAside: number;
  readonly standAhead: number;
}

export interface Arm {
  readonly clavicle: number;
  readonly upperArm: number;
  readonly forearm: number;
  readonly hand: number;
  /** Rest directions, and the axes about which the elbow bends the forearm forwards. */
  readonly upperDirection: Vec3;
  readonly upperHinge: Vec3;
  readonly foreDirection: Vec3;
  readonly foreHinge: Vec3;
  /** Axis about which fingers curl towards the palm. */
  readonly curlAxis: Vec3;
  /** Chains from the palm outwards, thumb first. */
  readonly fingers: readonly (readonly number[])[];
  /** Twist joints with the part of the hand's turn about the forearm that each takes. */
  readonly foreTwists: readonly { readonly joint: number; readonly part: number }[];
}

/**
 * A body that can be posed: joints, rest pose and what the walker must know of its measures.
 *
 * In the rest pose every joint's axes are the world's, so the pose lies in the offsets alone; metres, Y up,
 * facing +Z, left is +X.
 */
export interface Figure {
  readonly family: string;
  readonly skeleton: Skeleton;
  readonly roles: Readonly<Record<string, string>>;
  /** Rest places in the world, [joints] of [x, y, z]. */
  readonly rest: readonly Vec3[];
  /** Joint on the ground that travels with the body, or −1 where the pelvis carries the travel. */
  readonly root: number;
  readonly pelvis: number;
  readonly spine: readonly number[];
  readonly neck: readonly number[];
  readonly head: number;
  readonly legs: Readonly<Record<Side, Leg>>;
  readonly arms: Readonly<Record<Side, Arm>>;
  /** Helper joints that stand where another joint stands: `ik_foot_l` on `foot_l`. */
  readonly followers: readonly { readonly joint: number; readonly of: number }[];
  /** Hip to knee to ankle. */
  readonly legLength: number;
  readonly pelvisHeight: number;
}

/** A row of a skeleton table: name, parent's name (empty for the root), offset in centimetres. */
export type Row = readonly [name: string, parent: string, offset: Vec3];

/** Which joints of a table play which part; a left joint's name gives the right one through `rightName`. */
export interface Parts {
  readonly family: string;
  readonly rows: readonly Row[];
  readonly rightName: (leftName: string) => string;
  readonly root?: string;
  readonly pelvis: string;
  readonly spine: readonly string[];
  readonly neck: readonly string[];
  readonly head: string;
  readonly leg: readonly [thigh: string, calf: string, foot: string, toe: string];
  readonly arm: readonly [clavicle: string, upperArm: string, forearm: string, hand: string];
  readonly fingers: readonly (readonly string[])[];
  readonly foreTwists: readonly (readonly [name: string, part: number])[];
  readonly followers: readonly (readonly [joint: string, of: string])[];
  readonly heelBackCm: number;
  readonly toeLengthCm: number;
}

/** Rows of the left side and, after them, their mirror images. */
export function bothSides(rows: readonly Row[], rightName: (leftName: string) => string): Row[] {
  const mirrored = rows.map(
    ([name, parent, [x, y, z]]): Row => [rightName(name), rightName(parent), [-x, y, z]],
  );
  return [...rows, ...mirrored];
}

/** A figure from its table. */
export function makeFigure(parts: Parts): Figure {
  const names = parts.rows.map(([name]) => name);
  const index = (name: string): number => {
    const found = names.indexOf(name);
    if (found < 0) throw new Error(`The table of ${parts.family} has no joint "${name}".`);
    return found;
  };
  const joints = parts.rows.map(
    ([name, parent, [x, y, z]]): Joint => ({
      name,
      parent: parent === '' ? -1 : index(parent),
      restTranslation: [x / 100, y / 100, z / 100],
      restRotation: [0, 0, 0, 1],
      restScale: [1, 1, 1],
      sourceName: name,
    }),
  );
  const skeleton: Skeleton = { joints };
  validateSkeleton(skeleton);
  const rest: Vec3[] = [];
  for (const joint of joints) {
    rest.push(joint.parent < 0 ? joint.restTranslation : add(rest[joint.parent], joint.restTranslation));
  }
  const named = (side: Side) => (name: string) => index(side === 'L' ? name : parts.rightName(name));
  const pelvis = index(parts.pelvis);

  const makeLeg = (side: Side): Leg => {
    const [thigh, calf, foot, toe] = parts.leg.map(named(side));
    return {
      thigh,
      calf,
      foot,
      toe,
      thighLength: distance(rest[thigh], rest[calf]),
      calfLength: distance(rest[calf], rest[foot]),
      hipOffset: subtract(rest[thigh], rest[pelvis]),
      ankleFromBall: subtract(rest[foot], rest[toe]),
      ankleHeight: rest[foot][1],
      ballHeight: rest[toe][1],
      heelBack: parts.heelBackCm / 100,
      toeLength: parts.toeLengthCm / 100,
      standAside: Math.abs(rest[foot][0]),
      standAhead: rest[foot][2] - rest[pelvis][2],
    };
  };
  const makeArm = (side: Side): Arm => {
    const [clavicle, upperArm, forearm, hand] = parts.arm.map(named(side));
    const upperDirection = normalise(subtract(rest[forearm], rest[upperArm]));
    const foreDirection = normalise(subtract(rest[hand], rest[forearm]));
    const upperHinge = normalise(cross(upperDirection, [0, 0, 1]));
    const foreHinge = normalise(reject(upperHinge, foreDirection));
    const palm = scale(foreHinge, signOf(side));
    return {
      clavicle,
      upperArm,
      forearm,
      hand,
      upperDirection,
      upperHinge,
      foreDirection,
      foreHinge,
      curlAxis: normalise(cross(foreDirection, palm)),
      fingers: parts.fingers.map((chain) => chain.map(named(side))),
      foreTwists: parts.foreTwists.map(([name, part]) => ({ joint: named(side)(name), part })),
    };
  };
  const legs = { L: makeLeg('L'), R: makeLeg('R') };

  const sideRoles = (side: Side): [string, string][] => {
    const name = (left: string): string => (side === 'L' ? left : parts.rightName(left));
    const [clavicle, upperArm, forearm, hand] = parts.arm.map(name);
    const [thigh, calf, foot, toe] = parts.leg.map(name);
    const of = { clavicle, upperArm, forearm, hand, thigh, calf, foot, toe };
    return Object.entries(of).map(([role, joint]) => [`${role}${side}`, joint]);
  };
  const spineMiddle = parts.spine[Math.floor(parts.spine.length / 2)];
  return {
    family: parts.family,
    skeleton,
    roles: Object.fromEntries([
      ['pelvis', parts.pelvis],
      ['spine1', parts.spine[0]],
      ['spine2', spineMiddle],
      ['spine3', parts.spine.at(-1) as string],
      ['neck', parts.neck[0]],
      ['head', parts.head],
      ...sideRoles('L'),
      ...sideRoles('R'),
    ]),
    rest,
    root: parts.root === undefined ? -1 : index(parts.root),
    pelvis,
    spine: parts.spine.map(index),
    neck: parts.neck.map(index),
    head: index(parts.head),
    legs,
    arms: { L: makeArm('L'), R: makeArm('R') },
    followers: parts.followers.map(([joint, of]) => ({ joint: index(joint), of: index(of) })),
    legLength: legs.L.thighLength + legs.L.calfLength,
    pelvisHeight: rest[pelvis][1],
  };
}
