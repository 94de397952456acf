import { BODY_ROLES, type BodyRole } from '../../clip/index.js';
import { conjugate, type Quat, quatAt } from '../../math/quat.js';
import { length, scale, type Vec3, vec3At } from '../../math/vec3.js';
import type { Body } from '../body/body.js';
import type { TransferPlan } from './transfer-plan.js';

/** A joint that takes a share of the twist by which another one leaves its rest. */
export interface TwistJoint {
  readonly joint: number;
  readonly driver: number;
  /** The twist is the near end's of the segment (shoulder, hip), seen before rest; else the far end's, behind it. */
  readonly isNear: boolean;
  /** −1 .. 1 */
  readonly share: number;
  /** Along the segment, of length 1. */
  readonly axis: Vec3;
  /** The driver's rest turn, back. */
  readonly before: Quat;
}

/** Segments whose far end twists (a hand, a foot); the others twist at their near end (shoulder, hip). */
const FAR_END: Readonly<Partial<Record<BodyRole, BodyRole>>> = {
  forearmL: 'handL',
  forearmR: 'handR',
  calfL: 'footL',
  calfR: 'footR',
};

/**
 * The twist joints of a target, which share the twist of limbs by where they lie along the segment.
 *
 * In forearm and calf a joint takes its part of the hand's or foot's twist: none at the elbow, all at the
 * wrist. In upper arm and thigh the segment itself is twisted, so a joint takes back what the skin near the
 * shoulder or hip must not follow: all at the near end, none at the far one.
 */
export function twistJoints(plan: TransferPlan, body: Body): TwistJoint[] {
  return body.twists.flatMap(({ joint, limb, fraction, inChain }) => {
    const segment = body.roles[limb];
    if (inChain || segment === undefined || !BODY_ROLES.includes(limb)) return [];
    const far = FAR_END[limb];
    const driver = far === undefined ? segment : body.roles[far];
    const end = body.roles[far ?? nextRole(limb)];
    if (driver === undefined || end === undefined || plan.skeleton.joints[joint]?.parent !== segment)
      return [];
    const along = vec3At(plan.restTranslations, end);
    const size = length(along);
    if (size < 1e-6) return [];
    return [
      {
        joint,
        driver,
        isNear: far === undefined,
        share: far === undefined ? fraction - 1 : fraction,
        axis: scale(along, 1 / size),
        before: conjugate(quatAt(plan.restRotations, driver)),
      },
    ];
  });
}

const nextRole = (limb: BodyRole): BodyRole =>
  limb.replace('upperArm', 'forearm').replace('thigh', 'calf') as BodyRole;
