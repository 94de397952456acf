import type { Vec3 } from '#math/vec3.js';
import { bothSides, type Figure, makeFigure, type Row } from './figure.js';

const rightName = (name: string): string => name.replace(/_l$/, '_r');

/** An offset in the left arm of an A-pose: so long, so far below the horizontal, so far forwards. */
function along(length: number, downDeg: number, forwardDeg = 0): Vec3 {
  const down = (downDeg * Math.PI) / 180;
  const forward = (forwardDeg * Math.PI) / 180;
  const flat = length * Math.cos(forward);
  return [flat * Math.cos(down), -flat * Math.sin(down), length * Math.sin(forward)];
}

const UPPER = { length: 25.1, down: 51, forward: 0 };
const FORE = { length: 23.6, down: 45, forward: 9 };
const upper = (part: number): Vec3 => along(part * UPPER.length, UPPER.down, UPPER.forward);
const fore = (part: number): Vec3 => along(part * FORE.length, FORE.down, FORE.forward);

/** A metacarpal and three joints; `spread` turns the finger away from the middle one, towards +Z. */
const finger = (name: string, palm: number, spread: number, lengths: readonly [number, number]): Row[] => [
  [`${name}_metacarpal_l`, 'hand_l', along(3, FORE.down, FORE.forward + 2 * spread)],
  [`${name}_01_l`, `${name}_metacarpal_l`, along(palm - 3, FORE.down, FORE.forward + spread)],
  [`${name}_02_l`, `${name}_01_l`, along(lengths[0], FORE.down + 4, FORE.forward + 0.4 * spread)],
  [`${name}_03_l`, `${name}_02_l`, along(lengths[1], FORE.down + 8, FORE.forward + 0.4 * spread)],
];

const LEFT_ARM: readonly Row[] = [
  ['clavicle_l', 'spine_05', [1.3, 4.6, 0.9]],
  ['upperarm_l', 'clavicle_l', [14.1, -0.9, -2.3]],
  ['upperarm_twist_01_l', 'upperarm_l', upper(1 / 3)],
  ['upperarm_twist_02_l', 'upperarm_l', upper(2 / 3)],
  ['lowerarm_l', 'upperarm_l', upper(1)],
  ['lowerarm_twist_02_l', 'lowerarm_l', fore(1 / 3)],
  ['lowerarm_twist_01_l', 'lowerarm_l', fore(2 / 3)],
  ['hand_l', 'lowerarm_l', fore(1)],
  ['thumb_01_l', 'hand_l', along(3.1, FORE.down, FORE.forward + 52)],
  ['thumb_02_l', 'thumb_01_l', along(3.8, FORE.down + 6, FORE.forward + 34)],
  ['thumb_03_l', 'thumb_02_l', along(2.7, FORE.down + 6, FORE.forward + 26)],
  ...finger('index', 8.3, 12, [3.6, 2.2]),
  ...finger('middle', 8.4, 0, [4.1, 2.5]),
  ...finger('ring', 8.1, -10, [3.8, 2.3]),
  ...finger('pinky', 7.4, -20, [3, 1.8]),
];

const LEFT_LEG: readonly Row[] = [
  ['thigh_l', 'pelvis', [8.7, -1.6, -0.2]],
  ['thigh_twist_01_l', 'thigh_l', [0.6, -12.5, 0.1]],
  ['thigh_twist_02_l', 'thigh_l', [1.2, -25, 0.2]],
  ['calf_l', 'thigh_l', [1.8, -37.6, 0.3]],
  ['calf_twist_02_l', 'calf_l', [0.5, -12, -0.6]],
  ['calf_twist_01_l', 'calf_l', [1, -24, -1.2]],
  ['foot_l', 'calf_l', [1.5, -36.2, -1.8]],
  ['ball_l', 'foot_l', [1.1, -6.1, 12.6]],
];

const LEFT_HELPERS: readonly Row[] = [
  ['ik_foot_l', 'ik_foot_root', [12, 7.6, -1.5]],
  ['ik_hand_l', 'ik_hand_gun', [0, 0, 0]],
];

/**
 * A short walker with the joint names of Unreal's UE5 mannequin in an A-pose: 89 joints, with a root on the
 * ground, twist joints and ik_ helpers.
 *
 * The names are those that such a skeleton has; the measures and the pose are our own.
 */
export function shortFigure(): Figure {
  return makeFigure({
    family: 'sample-unreal',
    rows: [
      ['root', '', [0, 0, 0]],
      ['pelvis', 'root', [0, 84.4, -0.4]],
      ['spine_01', 'pelvis', [0, 3.2, 0.6]],
      ['spine_02', 'spine_01', [0, 6.6, 0.4]],
      ['spine_03', 'spine_02', [0, 7.1, -0.8]],
      ['spine_04', 'spine_03', [0, 8.4, -1.7]],
      ['spine_05', 'spine_04', [0, 16.9, -1.9]],
      ['neck_01', 'spine_05', [0, 10.4, 1.2]],
      ['neck_02', 'neck_01', [0, 4.6, 1.6]],
      ['head', 'neck_02', [0, 4.4, 0.8]],
      ...bothSides(LEFT_ARM, rightName),
      ...bothSides(LEFT_LEG, rightName),
      ['ik_foot_root', 'root', [0, 0, 0]],
      ['ik_hand_root', 'root', [0, 0, 0]],
      ['ik_hand_gun', 'ik_hand_root', [0, 0, 0]],
      ...bothSides(LEFT_HELPERS, rightName),
      ['interaction', 'root', [0, 0, 0]],
      ['center_of_mass', 'root', [0, 0, 0]],
    ],
    rightName,
    root: 'root',
    pelvis: 'pelvis',
    spine: [1, 2, 3, 4, 5].map((k) => `spine_0${k}`),
    neck: ['neck_01', 'neck_02'],
    head: 'head',
    leg: ['thigh_l', 'calf_l', 'foot_l', 'ball_l'],
    arm: ['clavicle_l', 'upperarm_l', 'lowerarm_l', 'hand_l'],
    fingers: ['thumb', 'index', 'middle', 'ring', 'pinky'].map((name) =>
      [1, 2, 3].map((k) => `${name}_0${k}_l`),
    ),
    foreTwists: [
      ['lowerarm_twist_02_l', 1 / 3],
      ['lowerarm_twist_01_l', 2 / 3],
    ],
    followers: [
      ['ik_foot_l', 'foot_l'],
      ['ik_foot_r', 'foot_r'],
      ['ik_hand_gun', 'hand_r'],
      ['ik_hand_r', 'hand_r'],
      ['ik_hand_l', 'hand_l'],
    ],
    heelBackCm: 4.6,
    toeLengthCm: 6.4,
  });
}
