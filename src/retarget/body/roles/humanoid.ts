import type { BodyRole } from '../../../clip/index.js';

/** The body roles of the VRM humanoid bones; spine and neck follow from the tree. */
const VRM_ROLES: Readonly<Record<string, BodyRole>> = {
  hips: 'pelvis',
  head: 'head',
  leftShoulder: 'clavicleL',
  leftUpperArm: 'upperArmL',
  leftLowerArm: 'forearmL',
  leftHand: 'handL',
  leftUpperLeg: 'thighL',
  leftLowerLeg: 'calfL',
  leftFoot: 'footL',
  leftToes: 'toeL',
  rightShoulder: 'clavicleR',
  rightUpperArm: 'upperArmR',
  rightLowerArm: 'forearmR',
  rightHand: 'handR',
  rightUpperLeg: 'thighR',
  rightLowerLeg: 'calfR',
  rightFoot: 'footR',
  rightToes: 'toeR',
};

/** Body roles from a file's own map of humanoid bone names to joints. */
export function rolesOfHumanoid(
  humanoid: Readonly<Record<string, number>>,
): Partial<Record<BodyRole, number>> {
  const roles: Partial<Record<BodyRole, number>> = {};
  for (const [bone, joint] of Object.entries(humanoid)) {
    const role = VRM_ROLES[bone];
    if (role !== undefined) roles[role] = joint;
  }
  return roles;
}
