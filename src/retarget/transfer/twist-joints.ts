import { BODY_ROLES, type BodyRole } from '../../clip/index.js';
import { divideRows, multiplyRows } from '../../math/quat-rows.js';
import { size3 } from '../../math/size.js';
import type { Body } from '../body/body.js';
import type { TransferPlan } from './transfer-plan.js';

/** Turns a target's twist joints once the rest of the pose stands. */
export interface TwistJoints {
  /** Rewrites the twist joints' rows of `local` [joints, 4], reading the other rows. */
  apply(local: Float64Array): void;
}

/** Segments whose far end twists (a hand, a foot); the others twist at their near end (shoulder, hip). */
const FAR_END: Readonly<Partial<Record<BodyRole, BodyRole>>> = {
  forearmL: 'handL',
  forearmR: 'handR',
  calfL: 'footL',
  calfR: 'footR',
};

/**
 * Shares the twist of limbs over their twist joints, by where these lie along the segment.
 *
 * In forearm and calf a joint takes its part of the hand's or foot's twist: none at the elbow, all at the
 * wrist. In upper arm and thigh the segment itself is twisted, so a joint takes back what the skin near the
 * shoulder or hip must not follow: all at the near end, none at the far one.
 */
export function makeTwistJoints(plan: TransferPlan, body: Body): TwistJoints {
  const rows = body.twists.flatMap(({ joint, limb, fraction, inChain }) => {
    const segment = body.roles[limb];
    if (inChain || segment === undefined || !BODY_ROLES.includes(limb)) return [];
    const far = FAR_END[limb];
    const driver = far === undefined ? segment : body.roles[far];
    const end = body.roles[far ?? nextRole(limb)];
    if (driver === undefined || end === undefined || plan.skeleton.joints[joint]?.parent !== segment)
      return [];
    const axis = Float64Array.from(plan.restTranslations.subarray(3 * end, 3 * end + 3));
    const size = size3(axis[0], axis[1], axis[2]);
    if (size < 1e-6) return [];
    return [
      {
        joint,
        driver,
        near: far === undefined,
        share: far === undefined ? fraction - 1 : fraction,
        axis: axis.map((x) => x / size),
      },
    ];
  });
  const change = new Float64Array(4);
  const twist = new Float64Array(4);
  const axis = new Float64Array(3);
  return {
    apply(local) {
      for (const row of rows) {
        const at = 4 * row.driver;
        // The driver's turn away from rest, in the segment's frame: behind rest for the far end, before it for the near one.
        if (row.near) divideRows(plan.restRotations, at, local, at, change, 0);
        else {
          for (let k = 0; k < 3; k++) twist[k] = -plan.restRotations[at + k];
          twist[3] = plan.restRotations[at + 3];
          multiplyRows(local, at, twist, 0, change, 0);
        }
        axis.set(row.axis);
        const along = change[0] * axis[0] + change[1] * axis[1] + change[2] * axis[2];
        const angle = row.share * 2 * halfAngle(along, change[3]);
        const s = Math.sin(angle / 2);
        for (let k = 0; k < 3; k++) twist[k] = axis[k] * s;
        twist[3] = Math.cos(angle / 2);
        multiplyRows(twist, 0, plan.restRotations, 4 * row.joint, local, 4 * row.joint);
      }
    },
  };
}

/** Half the twist, −π/2..π/2, easing to 0 where the swing nears a half turn and twist loses its meaning. */
function halfAngle(along: number, w: number): number {
  const sure = along * along + w * w;
  const angle = Math.atan2(w < 0 ? -along : along, Math.abs(w));
  return sure > 0.15 ? angle : (angle * sure) / 0.15;
}

const nextRole = (limb: BodyRole): BodyRole =>
  limb.replace('upperArm', 'forearm').replace('thigh', 'calf') as BodyRole;
