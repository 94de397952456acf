import { type BodyRole, restWorldPose, type Skeleton, type WorldPose } from '../../clip/index.js';
import {
  conjugate,
  fromAxes,
  fromAxisAngle,
  multiply,
  type Quat,
  quatAt,
  rotate,
  setQuat,
} from '../../math/quat.js';
import {
  angleBetweenVectors,
  cross,
  dot,
  length,
  normalise,
  reject,
  scale,
  subtract,
  UP,
  type Vec3,
  vec3At,
} from '../../math/vec3.js';
import { type Body, FINGERS, SIDES, type Side } from '../body/body.js';
import { type BodyAxes, bodyAxes, directionOf, trunkDirection } from '../body/standing.js';
import type { Evidence, SoleEvidence } from './motion-evidence.js';
import type { ReferencePose } from './reference-pose.js';

/**
 * How the joints of a skeleton sit in the body: for each known joint the rotation from anatomy to joint.
 *
 * Anatomical axes are the same on every body, so a joint's turn can be handed from one to another:
 *
 * | parts                              | x                  | y       | z                                   |
 * | ---------------------------------- | ------------------ | ------- | ----------------------------------- |
 * | pelvis, spine, neck, head, clavicle | left              | up      | forward                             |
 * | upper arm, forearm, thigh, calf    | along the bone     | z × x   | the axis about which the limb bends |
 * | hand, fingers                      | along the bone     | z × x   | palm normal or finger's hinge       |
 * | foot, toes                         | left of the sole   | up off the sole | towards the toes            |
 */
export interface Anatomy {
  /** [joints, 4], anatomy's rotation in the joint's frame; the identity where not known. */
  readonly jointFromAnatomy: Float64Array;
  /** [joints], 1 where known. */
  readonly known: Uint8Array;
  readonly reference: ReferencePose;
}

export interface ClipEvidence {
  readonly hinges: Partial<Record<BodyRole, Evidence>>;
  readonly soles: Partial<Record<BodyRole, SoleEvidence>>;
  /** Pitch of a flat foot, radians, for feet whose own is not to be found. */
  readonly usualPitch?: number;
}

const DEGREE = Math.PI / 180;
/** An arm bent by less shows no plane of its own in a still pose. */
const BENT_ENOUGH = 15 * DEGREE;
/** A trunk whose joints lie straighter than this at rest shows which way is up in each of them. */
const STRAIGHT = 20 * DEGREE;
const LEAST_FRAMES = { hinge: 8, sole: 3 };
const LEAST_AGREEMENT = { hinge: 0.8, sole: 0.97 };
/** A pose is believed before the clip's motion, unless that contradicts it by more than this. */
const TRUSTED = { arms: 50 * DEGREE, legs: 15 * DEGREE, hinges: 2 * DEGREE, soles: 4 * DEGREE };
/** Limbs that never bend about any other axis than one have it from their rig, as people's never do. */
const RIGGED_AGREEMENT = 0.9995;
/** Legs nearer to straight down than this stand on flat soles. */
const STANDING = 8 * DEGREE;
/** From the ankle down to the ball: −27° on Unreal's mannequin, −39° on Mixamo's figures. */
const USUAL_PITCH = -33 * DEGREE;
const PITCHES = { steepest: -51 * DEGREE, flattest: -7 * DEGREE };
const NO_EVIDENCE: ClipEvidence = { hinges: {}, soles: {} };

/** Reads a body's anatomy off a reference pose, helped by what its clip shows. */
export function readAnatomy(
  skeleton: Skeleton,
  body: Body,
  reference: ReferencePose,
  evidence: ClipEvidence = NO_EVIDENCE,
): Anatomy {
  const count = skeleton.joints.length;
  const jointFromAnatomy = new Float64Array(4 * count);
  for (let j = 0; j < count; j++) jointFromAnatomy[4 * j + 3] = 1;
  const known = new Uint8Array(count);
  const { world } = reference;
  const fromClip = reference.kind === 'clip-frame';
  /** Joints below keep to their parents as in this pose: the clip's frame may have them bent. */
  const neutral = fromClip ? restWorldPose(skeleton) : world;
  const axes = bodyAxes(world, body) ?? CANONICAL;

  const rotationIn = (pose: WorldPose, joint: number): Quat => quatAt(pose.rotations, joint);
  const anatomyInWorld = (joint: number): Quat =>
    multiply(rotationIn(world, joint), quatAt(jointFromAnatomy, joint));
  const know = (joint: number | undefined, worldFromAnatomy: Quat, pose: WorldPose = world): void => {
    if (joint === undefined) return;
    setQuat(jointFromAnatomy, joint, multiply(conjugate(rotationIn(pose, joint)), worldFromAnatomy));
    known[joint] = 1;
  };
  /** Gives `joint` the anatomy of `like`, as the two stand to each other in the neutral pose. */
  const knowLike = (joint: number | undefined, like: number): void =>
    know(joint, multiply(rotationIn(neutral, like), quatAt(jointFromAnatomy, like)), neutral);

  const { pelvis, head } = body.roles;
  const upper = [...body.spine, ...body.neck, head].filter((joint) => joint !== undefined);
  const straight = fromClip
    ? straightTrunk(neutral, body, pelvis === undefined ? upper : [pelvis, ...upper])
    : undefined;
  for (const joint of [pelvis, ...upper]) know(joint, straight ?? axes.rotation, straight ? neutral : world);
  // Whoever stands straight in a clip may still look aside; a straight zero pose does not.
  const chest = body.spine.at(-1);
  if (fromClip && !straight && chest !== undefined && isStraight(neutral, upper)) {
    for (const joint of [...body.neck, head]) knowLike(joint, chest);
  }

  for (const side of SIDES) {
    know(body.roles[`clavicle${side}`], axes.rotation);
    for (const [group, upperRole, lowerRole, endRole] of [
      ['arms', `upperArm${side}`, `forearm${side}`, `hand${side}`],
      ['legs', `thigh${side}`, `calf${side}`, `foot${side}`],
    ] as const) {
      const above =
        directionOf(world, body, upperRole, lowerRole) ?? directionOf(world, body, upperRole, endRole);
      if (!above) continue;
      const below = directionOf(world, body, lowerRole, endRole) ?? above;
      const hinge = stillHinge(group, above, below, axes);
      for (const [role, along] of [
        [upperRole, above],
        [lowerRole, below],
      ] as const) {
        const joint = body.roles[role];
        if (joint === undefined) continue;
        const seen = evidence.hinges[role];
        const observed = seen && reject(rotate(rotationIn(world, joint), seen.direction), along);
        const still = normalise(reject(hinge, along), normalise(reject(axes.up, along)));
        const enough = seen && seen.frames >= LEAST_FRAMES.hinge && seen.agreement >= LEAST_AGREEMENT.hinge;
        const trusted = seen && seen.agreement > RIGGED_AGREEMENT ? TRUSTED.hinges : TRUSTED[group];
        const believe = observed && enough && (fromClip || angleBetweenVectors(observed, still) > trusted);
        know(joint, limbFrame(along, believe ? normalise(observed, still) : still));
      }
    }
    knowHand(side);
    knowFoot(side);
  }
  return { jointFromAnatomy, known, reference };

  function knowHand(side: Side): void {
    const [hand, forearm] = [body.roles[`hand${side}`], body.roles[`forearm${side}`]];
    if (hand === undefined || forearm === undefined) return;
    const palm = palmFrame(world, body, side);
    if (palm) know(hand, palm);
    else if (known[forearm]) knowLike(hand, forearm);
    else return;
    const hold = multiply(rotationIn(neutral, hand), quatAt(jointFromAnatomy, hand));
    const palmNormal = rotate(hold, [0, 0, 1]);
    const across = rotate(hold, [0, 1, 0]);
    for (const name of FINGERS) {
      const finger = body.fingers[side][name];
      if (!finger) continue;
      const joints = finger.metacarpal === undefined ? finger.joints : [finger.metacarpal, ...finger.joints];
      joints.forEach((joint, i) => {
        const along = fingerDirection(skeleton, neutral, joint, joints[i + 1]);
        if (!along) return;
        // The thumb lies in the plane of the palm; the other fingers bend about the line across it.
        const hinge = reject(name === 'thumb' ? palmNormal : across, along);
        know(
          joint,
          limbFrame(along, normalise(hinge, normalise(reject(axes.up, along), palmNormal))),
          neutral,
        );
      });
    }
  }

  function knowFoot(side: Side): void {
    const role = `foot${side}` as const;
    const [foot, ball] = [body.roles[role], body.roles[`toe${side}`]];
    if (foot === undefined) return;
    const toe = directionOf(world, body, role, `toe${side}`);
    const seen = plausibleSole(evidence.soles[role]);
    const observed = seen && normalise(rotate(rotationIn(world, foot), seen.direction));
    const standing = !fromClip && reference.misfit.legs < STANDING;
    let up = UP;
    if (observed && !(standing && angleBetweenVectors(observed, UP) < TRUSTED.soles)) up = observed;
    else if (!standing && toe) up = soleByPitch(side, toe);
    const along = toe ?? axes.forward;
    const forward = normalise(reject(along, up), normalise(reject(axes.forward, up), axes.forward));
    know(foot, fromAxes(cross(up, forward), up, forward));
    if (ball === undefined) return;
    if (fromClip) knowLike(ball, foot);
    else know(ball, anatomyInWorld(foot));
  }

  /** Up off a sole that was never seen flat: level across as the knee's hinge, pitched as the other foot or as usual. */
  function soleByPitch(side: Side, toe: Vec3): Vec3 {
    const other = plausibleSole(evidence.soles[side === 'L' ? 'footR' : 'footL'])?.pitch;
    const pitch = other ?? evidence.usualPitch ?? USUAL_PITCH;
    const calf = body.roles[`calf${side}`];
    const hinge = calf !== undefined && known[calf] ? rotate(anatomyInWorld(calf), [0, 0, 1]) : axes.left;
    const left = normalise(reject(hinge, toe), axes.left);
    return cross(rotate(fromAxisAngle(left, pitch), toe), left);
  }
}

/** Evidence of a flat sole that can be believed: who dances on tiptoe shows none. */
export function plausibleSole(seen: SoleEvidence | undefined): SoleEvidence | undefined {
  const enough = seen && seen.frames >= LEAST_FRAMES.sole && seen.agreement >= LEAST_AGREEMENT.sole;
  const pitch = seen?.pitch ?? USUAL_PITCH;
  return enough && pitch > PITCHES.steepest && pitch < PITCHES.flattest ? seen : undefined;
}

const CANONICAL: BodyAxes = { left: [1, 0, 0], up: UP, forward: [0, 0, 1], rotation: [0, 0, 0, 1] };

/** x along the bone, z the hinge; both unit and square to each other. */
const limbFrame = (along: Vec3, hinge: Vec3): Quat => fromAxes(along, cross(hinge, along), hinge);

/** The hinge of a limb in a still pose: the plane of a bent arm, else what people's elbows and knees do. */
function stillHinge(group: 'arms' | 'legs', upper: Vec3, lower: Vec3, axes: BodyAxes): Vec3 {
  const along = normalise([upper[0] + lower[0], upper[1] + lower[1], upper[2] + lower[2]], upper);
  // Elbows close forwards, knees backwards.
  const usual = group === 'arms' ? cross(along, axes.forward) : cross(axes.forward, along);
  const plane = cross(upper, lower);
  const bent = group === 'arms' && angleBetweenVectors(upper, lower) > BENT_ENOUGH;
  return bent && dot(plane, usual) > 0 ? normalise(plane) : normalise(usual, axes.left);
}

/**
 * The body's axes in a pose of zero rotations whose trunk is straight: up along it, left along the hips.
 *
 * Nothing where the trunk is bent there: then zero says nothing about standing.
 */
function straightTrunk(zero: WorldPose, body: Body, chain: readonly number[]): Quat | undefined {
  const trunk = trunkDirection(zero, body);
  const { thighL, thighR } = body.roles;
  if (!trunk || thighL === undefined || thighR === undefined || !isStraight(zero, chain)) return undefined;
  const across = subtract(vec3At(zero.positions, thighL), vec3At(zero.positions, thighR));
  const left = normalise(reject(across, trunk));
  return dot(left, left) > 0.5 ? fromAxes(left, trunk, cross(left, trunk)) : undefined;
}

/** Whether all steps of a chain point nearly the same way; joints in one place count for straight. */
function isStraight(pose: WorldPose, chain: readonly number[]): boolean {
  const steps = chain
    .slice(1)
    .map((joint, i) => subtract(vec3At(pose.positions, joint), vec3At(pose.positions, chain[i] as number)))
    .filter((step) => length(step) > 1e-6);
  return steps.length > 0 && steps.every((step) => angleBetweenVectors(step, steps[0] as Vec3) < STRAIGHT);
}

/** x towards the knuckles, y across the palm towards the index finger; nothing without two knuckles. */
function palmFrame(pose: WorldPose, body: Body, side: Side): Quat | undefined {
  const hand = body.roles[`hand${side}`];
  const knuckles = (['index', 'middle', 'ring', 'pinky'] as const).flatMap(
    (name) => body.fingers[side][name]?.joints[0] ?? [],
  );
  if (hand === undefined || knuckles.length < 2) return undefined;
  const first = vec3At(pose.positions, knuckles[0] as number);
  const last = vec3At(pose.positions, knuckles.at(-1) as number);
  const middle: Vec3 = scale([first[0] + last[0], first[1] + last[1], first[2] + last[2]], 0.5);
  const along = normalise(subtract(middle, vec3At(pose.positions, hand)));
  const across = normalise(reject(subtract(first, last), along));
  if (dot(along, along) < 0.5 || dot(across, across) < 0.5) return undefined;
  return limbFrame(along, cross(along, across));
}

/** Where a finger's joint points: to the next one, else the way its own bone came. */
function fingerDirection(
  skeleton: Skeleton,
  pose: WorldPose,
  joint: number,
  next: number | undefined,
): Vec3 | undefined {
  if (next !== undefined) {
    const d = normalise(subtract(vec3At(pose.positions, next), vec3At(pose.positions, joint)));
    if (dot(d, d) > 0.5) return d;
  }
  // Rigs turn all joints of a finger alike, so the last bone lies in its joint as the one before lies in its own.
  const own = normalise(skeleton.joints[joint]?.restTranslation ?? [0, 0, 0]);
  return dot(own, own) > 0.5 ? rotate(quatAt(pose.rotations, joint), own) : undefined;
}
