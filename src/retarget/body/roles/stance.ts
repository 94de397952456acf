import type { BodyRole, Skeleton, WorldPose } from '../../../clip/index.js';
import { quatAt, rotate } from '../../../math/quat.js';
import {
  add,
  cross,
  dot,
  length,
  mix,
  normalise,
  reject,
  subtract,
  UP,
  type Vec3,
  vec3At,
  ZERO,
} from '../../../math/vec3.js';
import { SIDES } from '../body.js';

type RoleJoints = Readonly<Partial<Record<BodyRole, number>>>;

/** How a figure stands in a pose. */
export interface Stance {
  /** From the hips to the head, unit. */
  readonly up: Vec3;
  /** Where toes point and knees bend, square to `up`, unit; undefined where the pose does not tell. */
  readonly forward: Vec3 | undefined;
  /** To the figure's left; undefined like `forward`. */
  readonly left: Vec3 | undefined;
  /** Whether the figure is upright with its legs below it, so that the pose says what is where. */
  readonly upright: boolean;
}

/** Upright: within about 50 degrees of the vertical. */
const UPRIGHT = 0.64;
/** A way forward counts from this share of the leg's length. */
const CLEAR = 0.02;

/**
 * Reads from the places of the roles alone how a figure stands; sides do not enter, so that they may be judged
 * by the result.
 *
 * @param hands joints on the thumb's side and on the little finger's side of each hand, used where feet and
 *   knees are silent: a hand at rest has its thumb in front.
 */
export function stanceOf(
  skeleton: Skeleton,
  pose: WorldPose,
  roles: RoleJoints,
  hands: readonly (readonly [number, number])[] = [],
): Stance | undefined {
  const at = (role: BodyRole): Vec3 | undefined =>
    roles[role] === undefined ? undefined : vec3At(pose.positions, roles[role]);
  const [thighL, thighR, calfL, calfR] = [at('thighL'), at('thighR'), at('calfL'), at('calfR')];
  const top = at('head') ?? at('neck') ?? at('upperArmL') ?? at('spine3');
  if (!thighL || !thighR || !calfL || !calfR || !top) return undefined;
  const hips = mix(thighL, thighR, 0.5);
  const trunk = subtract(top, hips);
  const up = normalise(trunk);
  const size = length(subtract(calfL, thighL)) + length(subtract(calfR, thighR));
  const down = dot(add(subtract(thighL, calfL), subtract(thighR, calfR)), UP) / Math.max(size, 1e-9);
  const upright = size > 1e-6 && length(trunk) > 0.3 * size && dot(up, UP) > UPRIGHT && down > 0.3;
  let forward: Vec3 = ZERO;
  for (const side of SIDES) {
    const [thigh, calf, foot, toe] = (['thigh', 'calf', 'foot', 'toe'] as const).map((part) =>
      at(`${part}${side}`),
    );
    const tip = toe ?? tipOf(skeleton, pose, roles[`foot${side}`]);
    if (foot && tip) forward = add(forward, subtract(tip, foot));
    if (thigh && calf && foot) {
      const line = normalise(subtract(foot, thigh));
      forward = add(forward, reject(subtract(calf, thigh), line));
    }
  }
  forward = reject(forward, up);
  if (length(forward) < CLEAR * size) {
    for (const [thumb, pinky] of hands)
      forward = add(forward, subtract(vec3At(pose.positions, thumb), vec3At(pose.positions, pinky)));
    forward = reject(forward, up);
  }
  if (length(forward) < CLEAR * size) return { up, forward: undefined, left: undefined, upright };
  const ahead = normalise(forward);
  return { up, forward: ahead, left: cross(up, ahead), upright };
}

/** The end of a joint that nothing hangs on, where the file says it. */
function tipOf({ joints }: Skeleton, pose: WorldPose, joint: number | undefined): Vec3 | undefined {
  const offset = joint === undefined ? undefined : joints[joint].endOffset;
  if (joint === undefined || offset === undefined) return undefined;
  return add(vec3At(pose.positions, joint), rotate(quatAt(pose.rotations, joint), offset));
}

/**
 * Whether two joints lie to their own sides: above 0 as named, below 0 crossed, 0 where the pose does not tell.
 */
export function sidedness(pose: WorldPose, stance: Stance, left: number, right: number): number {
  const apart = subtract(vec3At(pose.positions, left), vec3At(pose.positions, right));
  return stance.left === undefined || length(apart) < 1e-9 ? 0 : dot(apart, stance.left) / length(apart);
}

/** Legs and arms both reach the ground below a trunk that lies across: four legs. */
export function standsOnFour(pose: WorldPose, roles: RoleJoints): boolean {
  const at = (role: BodyRole): Vec3 | undefined =>
    roles[role] === undefined ? undefined : vec3At(pose.positions, roles[role]);
  const middle = (part: 'thigh' | 'upperArm' | 'hand' | 'foot'): Vec3 | undefined => {
    const [left, right] = [at(`${part}L`), at(`${part}R`)];
    return left && right ? mix(left, right, 0.5) : undefined;
  };
  const [hips, shoulders, hands, feet] = [
    middle('thigh'),
    middle('upperArm'),
    middle('hand'),
    middle('foot'),
  ];
  if (!hips || !shoulders || !hands || !feet) return false;
  const trunk = subtract(shoulders, hips);
  const lying = Math.abs(dot(normalise(trunk), UP)) < 0.5;
  const legs = hips[1] - feet[1];
  const arms = shoulders[1] - hands[1];
  const size = length(trunk);
  const onGround = Math.abs(hands[1] - feet[1]) < 0.35 * Math.max(legs, arms);
  return lying && onGround && Math.min(legs, arms) > 0.5 * size;
}
