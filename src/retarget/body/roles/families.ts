import type { JointName } from './joint-name.js';
import { readJointNames } from './joint-name.js';

/**
 * Families of skeletons and the joints that only they have, as their files spell them.
 *
 * The one with the most marks that are all there wins; `not` rules a family out.
 */
const FAMILIES: readonly { readonly family: string; readonly marks: string; readonly not?: string }[] = [
  {
    family: 'ue5-mannequin',
    marks: 'pelvis spine_05 neck_02 clavicle_l clavicle_r ball_l ik_foot_root ik_hand_gun',
  },
  {
    family: 'ue4-mannequin',
    marks: 'pelvis spine_03 neck_01 clavicle_l clavicle_r ball_l ik_foot_root',
    not: 'spine_04',
  },
  { family: 'metahuman', marks: 'pelvis spine_05 neck_02 clavicle_l clavicle_r ball_l', not: 'ik_foot_root' },
  { family: 'ue-like', marks: 'pelvis neck_01 clavicle_l clavicle_r ball_l spine_01', not: 'spine_04' },
  {
    family: 'mixamo',
    marks: 'Hips Spine2 LeftShoulder LeftArm LeftForeArm LeftUpLeg LeftLeg LeftToeBase',
    not: 'Spine3',
  },
  {
    family: 'rokoko',
    marks: 'Hips Spine2 LeftShoulder LeftArm LeftForeArm LeftUpLeg LeftLeg LeftToeBase LeftInHandIndex',
  },
  {
    family: 'perception-neuron',
    marks: 'Hips Spine2 LeftArm LeftForeArm LeftUpLeg LeftInHandIndex',
    not: 'LeftToeBase',
  },
  {
    family: 'lafan1',
    marks: 'Hips Spine2 LeftShoulder LeftArm LeftForeArm LeftUpLeg LeftToe',
    not: 'LeftToeBase',
  },
  { family: 'geno', marks: 'Hips Spine3 Neck1 LeftArm LeftForeArm LeftUpLeg LeftToeBase LeftForeArmEnd' },
  { family: 'hik', marks: 'Hips Spine LeftArm LeftForeArm LeftUpLeg' },
  { family: 'biped-hik', marks: 'Hips Pelvis Spine3 LeftArm LeftForeArm LeftUpLeg LeftFootThumb1' },
  { family: 'cmu-cgspeed', marks: 'Hips LHipJoint LowerBack Spine1 Neck1 LeftArm LeftToeBase' },
  { family: 'cmu-max', marks: 'Hips LHipJoint lowerback lowerneck LeftShoulder LeftHip' },
  { family: 'acclaim', marks: 'root lowerback thorax lhumerus rhumerus lfemur rfemur ltibia rtibia' },
  { family: 'poser-daz', marks: 'hip abdomen chest lShldr lButtock lThigh lShin' },
  {
    family: 'xsens',
    marks: 'Hips Chest Chest2 LeftCollar LeftShoulder LeftElbow LeftHip LeftKnee LeftAnkle',
    not: 'lowerback',
  },
  { family: 'bandai-namco', marks: 'joint_Root Hips Chest Shoulder_L UpperArm_L LowerLeg_L Toes_L' },
  { family: 'smpl', marks: 'Pelvis Spine3 Left_collar Left_shoulder Left_hip Left_knee Left_ankle' },
  { family: 'makehuman', marks: 'root spine05 spine01 neck01 upperarm01.L upperleg01.L lowerleg01.L' },
  {
    family: 'cc3',
    marks: 'CC_Base_Hip CC_Base_Waist CC_Base_NeckTwist01 CC_Base_L_Upperarm CC_Base_L_Thigh CC_Base_L_Calf',
  },
  {
    family: 'rigify',
    marks: 'DEF-spine.003 DEF-shoulder.L DEF-upper_arm.L DEF-forearm.L DEF-thigh.L DEF-shin.L',
  },
  { family: 'biped', marks: 'Pelvis Spine Neck L_Clavicle L_UpperArm L_Forearm L_Thigh L_Calf L_Toe0' },
  { family: 'kaykit', marks: 'hips spine chest upperarm.l wrist.l upperleg.l lowerleg.l toes.l' },
  { family: 'vrm', marks: 'hips spine head leftUpperArm leftLowerArm leftUpperLeg leftLowerLeg' },
  { family: 'vrm', marks: 'torso_1 torso_7 neck_1 l_up_arm l_low_arm l_up_leg l_low_leg' },
  { family: 'vrm', marks: 'pelvis tummy chest upper_arm.l lowerarm.l shin.l' },
  { family: 'meta', marks: 'b_spine0 b_spine3 b_neck0 b_l_shoulder b_l_arm b_l_forearm b_l_upleg b_l_leg' },
  { family: 'boxman', marks: 'butt_bone body_lower body_upper arm_upper.L leg_lower.L' },
  { family: 'robot-expressive', marks: 'Hips Abdomen Torso Palm2.L LowerLeg.L Foot.L' },
  { family: 'cesium-man', marks: 'torso_joint_3 leg_joint_L_5 arm_joint_L__4_' },
];

const idOf = ({ side, key }: JointName): string => `${side ?? ''}:${key}`;

/** The family whose marks a skeleton has, or `unknown`. */
export function familyOf(names: readonly JointName[]): string {
  const known = new Set(names.map(idOf));
  const has = (list: string): boolean =>
    readJointNames(list.split(' ')).every((name) => known.has(idOf(name)));
  let best = { family: 'unknown', count: 0 };
  for (const { family, marks, not } of FAMILIES) {
    const count = marks.split(' ').length;
    if (count > best.count && has(marks) && (not === undefined || !has(not))) best = { family, count };
  }
  return best.family;
}
