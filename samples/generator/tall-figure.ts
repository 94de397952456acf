import { bothSides, type Figure, makeFigure, type Row } from './figure.js';

const rightName = (name: string): string => name.replace('Left', 'Right');
const p = (name: string): string => `mixamorig:${name}`;

/** Four joints a finger, the last at its tip; offsets of the first from the hand, then along +X. */
const finger = (name: string, first: Row[2], lengths: readonly [number, number, number]): Row[] => [
  [p(`LeftHand${name}1`), p('LeftHand'), first],
  ...lengths.map(
    (length, k): Row => [
      p(`LeftHand${name}${k + 2}`),
      p(`LeftHand${name}${k + 1}`),
      name === 'Thumb' ? [0.74 * length, -0.36 * length, 0.57 * length] : [length, 0, 0],
    ],
  ),
];

const LEFT_ARM: readonly Row[] = [
  [p('LeftShoulder'), p('Spine2'), [4.9, 11.2, -1.9]],
  [p('LeftArm'), p('LeftShoulder'), [11.6, -0.8, -1.6]],
  [p('LeftForeArm'), p('LeftArm'), [28.6, 0, 0]],
  [p('LeftHand'), p('LeftForeArm'), [26.9, 0, 0]],
  ...finger('Thumb', [2.7, -1.3, 2.6], [4.1, 3.3, 2.4]),
  ...finger('Index', [9.3, -0.3, 2.5], [3.9, 2.6, 2.2]),
  ...finger('Middle', [9.6, 0, 0.2], [4.3, 2.9, 2.3]),
  ...finger('Ring', [9.1, -0.1, -1.9], [3.9, 2.7, 2.3]),
  ...finger('Pinky', [8.2, -0.5, -3.8], [3.1, 2.1, 1.9]),
];

const LEFT_LEG: readonly Row[] = [
  [p('LeftUpLeg'), p('Hips'), [9.1, -5.6, 0.3]],
  [p('LeftLeg'), p('LeftUpLeg'), [0, -43.8, 0.4]],
  [p('LeftFoot'), p('LeftLeg'), [0, -43.1, -2.4]],
  [p('LeftToeBase'), p('LeftFoot'), [0, -6.9, 12.4]],
  [p('LeftToe_End'), p('LeftToeBase'), [0, 0, 8.3]],
];

/**
 * A tall walker with Mixamo's joint names and its T-pose: 65 joints, none above the hips.
 *
 * Names are as that service writes them; the measures are our own.
 */
export function tallFigure(): Figure {
  return makeFigure({
    family: 'sample-mixamo',
    rows: [
      [p('Hips'), '', [0, 101.7, 0]],
      [p('Spine'), p('Hips'), [0, 9.6, -0.4]],
      [p('Spine1'), p('Spine'), [0, 11.8, -0.7]],
      [p('Spine2'), p('Spine1'), [0, 13.2, -0.2]],
      [p('Neck'), p('Spine2'), [0, 15.9, -0.9]],
      [p('Head'), p('Neck'), [0, 9.2, 1.9]],
      [p('HeadTop_End'), p('Head'), [0, 19.4, 2.1]],
      ...bothSides(LEFT_ARM, rightName),
      ...bothSides(LEFT_LEG, rightName),
    ],
    rightName,
    pelvis: p('Hips'),
    spine: ['Spine', 'Spine1', 'Spine2'].map(p),
    neck: [p('Neck')],
    head: p('Head'),
    leg: [p('LeftUpLeg'), p('LeftLeg'), p('LeftFoot'), p('LeftToeBase')],
    arm: [p('LeftShoulder'), p('LeftArm'), p('LeftForeArm'), p('LeftHand')],
    fingers: ['Thumb', 'Index', 'Middle', 'Ring', 'Pinky'].map((name) =>
      [1, 2, 3].map((k) => p(`LeftHand${name}${k}`)),
    ),
    foreTwists: [],
    followers: [],
    heelBackCm: 5.2,
    toeLengthCm: 8.3,
  });
}
