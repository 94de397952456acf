import { restWorldPose } from '../../clip/index.js';
import { conjugate, multiply, type Quat, quatAt, rotate } from '../../math/quat.js';
import { subtract, type Vec3, vec3At } from '../../math/vec3.js';
import type { Body } from '../body/body.js';
import type { TransferPlan } from './transfer-plan.js';

/** A joint that goes with another one without being its child: `ik_foot_l`, `ik_hand_gun` and their like. */
export interface HelperJoint {
  readonly joint: number;
  readonly leader: number;
  /** Its turn and place in the leader's frame. */
  readonly turn: Quat;
  readonly place: Vec3;
}

/** Helpers keep to the joint they follow as in the rest pose, parents first; those that follow the root stay at rest to it. */
export function helperJoints(plan: TransferPlan, body: Body): HelperJoint[] {
  const { positions, rotations } = restWorldPose(plan.skeleton);
  return body.helpers
    .flatMap(({ joint, follows }) => {
      const leader = follows === 'root' ? undefined : body.roles[follows];
      if (leader === undefined) return [];
      const back = conjugate(quatAt(rotations, leader));
      const turn = multiply(back, quatAt(rotations, joint));
      const place = rotate(back, subtract(vec3At(positions, joint), vec3At(positions, leader)));
      return [{ joint, leader, turn, place }];
    })
    .sort((a, b) => a.joint - b.joint);
}
