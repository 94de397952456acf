import { restWorldPose, type WorldPose } from '../../clip/index.js';
import { conjugate, multiply, quatAt, rotate, setQuat } from '../../math/quat.js';
import { divideRows, multiplyRows, rotateRow } from '../../math/quat-rows.js';
import { setVec3, subtract, vec3At } from '../../math/vec3.js';
import type { Body } from '../body/body.js';
import type { TransferPlan } from './transfer-plan.js';

/** Sets `ik_foot_l`, `ik_hand_gun` and their like where the joints are that they stand for. */
export interface HelperJoints {
  readonly joints: readonly number[];
  /** Moves the helpers in `world`, whose other joints stand, and writes their rows of `rotations` and `translations`. */
  apply(world: WorldPose, rotations: Float64Array, translations: Float64Array): void;
}

/** Helpers keep to the joint they follow as in the rest pose; those that follow the root stay at rest to it. */
export function makeHelperJoints(plan: TransferPlan, body: Body): HelperJoints {
  const { joints } = plan.skeleton;
  const rest = restWorldPose(plan.skeleton);
  const turns = new Float64Array(4 * joints.length);
  const places = new Float64Array(3 * joints.length);
  const follows = new Int32Array(joints.length).fill(-1);
  const moving = body.helpers.flatMap(({ joint, follows: what }) => {
    const leader = what === 'root' ? undefined : body.roles[what];
    if (leader === undefined) return [];
    const back = conjugate(quatAt(rest.rotations, leader));
    setQuat(turns, joint, multiply(back, quatAt(rest.rotations, joint)));
    setVec3(
      places,
      joint,
      rotate(back, subtract(vec3At(rest.positions, joint), vec3At(rest.positions, leader))),
    );
    follows[joint] = leader;
    return [joint];
  });
  moving.sort((a, b) => a - b);
  const inverse = new Float64Array(4);
  const offset = new Float64Array(3);
  return {
    joints: moving,
    apply(world, rotations, translations) {
      for (const joint of moving) {
        const leader = follows[joint];
        const parent = joints[joint]?.parent ?? -1;
        multiplyRows(world.rotations, 4 * leader, turns, 4 * joint, world.rotations, 4 * joint);
        rotateRow(world.rotations, 4 * leader, places, 3 * joint, world.positions, 3 * joint);
        for (let k = 0; k < 3; k++) world.positions[3 * joint + k] += world.positions[3 * leader + k];
        if (parent < 0) continue;
        divideRows(world.rotations, 4 * parent, world.rotations, 4 * joint, rotations, 4 * joint);
        for (let k = 0; k < 3; k++) {
          inverse[k] = -world.rotations[4 * parent + k];
          offset[k] = world.positions[3 * joint + k] - world.positions[3 * parent + k];
        }
        inverse[3] = world.rotations[4 * parent + 3];
        rotateRow(inverse, 0, offset, 0, translations, 3 * joint);
      }
    },
  };
}
