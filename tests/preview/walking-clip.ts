import { type Clip, type Joint, makeRate } from '../../src/clip/index.js';
import { fromAxisAngle, setQuat } from '../../src/math/quat.js';
import { setVec3, type Vec3 } from '../../src/math/vec3.js';

export interface WalkOptions {
  readonly name?: string;
  readonly frameCount?: number;
  readonly rate?: number;
  /** 1 gives a body of about 1.7 m. */
  readonly size?: number;
  /** Radius of the circle that is walked, metres. */
  readonly radius?: number;
}

const X: Vec3 = [1, 0, 0];
const SWING = 0.5;

const BODY: readonly [name: string, parent: string, place: Vec3][] = [
  ['Hips', '', [0, 0.95, 0]],
  ['Spine', 'Hips', [0, 0.12, 0]],
  ['Chest', 'Spine', [0, 0.18, 0]],
  ['Neck', 'Chest', [0, 0.22, 0]],
  ['Head', 'Neck', [0, 0.1, 0.01]],
  ['HeadTop', 'Head', [0, 0.18, 0]],
  ...(['Left', 'Right'] as const).flatMap((side): [string, string, Vec3][] => {
    const out = side === 'Left' ? 1 : -1;
    return [
      [`${side}Shoulder`, 'Chest', [0.04 * out, 0.16, 0]],
      [`${side}Arm`, `${side}Shoulder`, [0.13 * out, 0, 0]],
      [`${side}ForeArm`, `${side}Arm`, [0.04 * out, -0.27, 0]],
      [`${side}Hand`, `${side}ForeArm`, [0.02 * out, -0.25, 0.02]],
      [`${side}HandEnd`, `${side}Hand`, [0, -0.15, 0]],
      [`${side}UpLeg`, 'Hips', [0.1 * out, -0.04, 0]],
      [`${side}Leg`, `${side}UpLeg`, [0, -0.43, 0.01]],
      [`${side}Foot`, `${side}Leg`, [0, -0.4, -0.02]],
      [`${side}ToeBase`, `${side}Foot`, [0, -0.07, 0.13]],
      [`${side}ToeEnd`, `${side}ToeBase`, [0, 0, 0.07]],
    ];
  }),
];

/** A figure with 26 joints that swings its limbs on a circle; feet have contact curves. */
export function walkingClip(options: WalkOptions = {}): Clip {
  const { name = 'walk', frameCount = 120, rate = 30, size = 1, radius = 1.5 } = options;
  const index = new Map(BODY.map(([joint], j) => [joint, j]));
  const joints = BODY.map(
    ([joint, parent, place]): Joint => ({
      name: joint,
      sourceName: joint,
      parent: index.get(parent) ?? -1,
      restTranslation: [place[0] * size, place[1] * size, place[2] * size],
      restRotation: [0, 0, 0, 1],
      restScale: [1, 1, 1],
    }),
  );
  const rotations = new Float64Array(4 * joints.length * frameCount);
  const translations = new Float64Array(3 * joints.length * frameCount);
  const contacts = { Left: new Float64Array(frameCount), Right: new Float64Array(frameCount) };
  for (let f = 0; f < frameCount; f++) {
    const angle = (f / rate) * 0.8;
    const phase = (f / rate) * 2 * Math.PI;
    joints.forEach((joint, j) => {
      setVec3(translations, f * joints.length + j, joint.restTranslation);
      setQuat(rotations, f * joints.length + j, [0, 0, 0, 1]);
    });
    const turn = (joint: string, radians: number): void =>
      setQuat(rotations, f * joints.length + (index.get(joint) ?? 0), fromAxisAngle(X, radians));
    setQuat(rotations, f * joints.length, fromAxisAngle([0, 1, 0], angle + Math.PI / 2));
    setVec3(translations, f * joints.length, [
      radius * Math.sin(angle),
      0.95 * size + 0.02 * size * Math.cos(2 * phase),
      radius * Math.cos(angle),
    ]);
    for (const [side, shift] of [
      ['Left', 0],
      ['Right', Math.PI],
    ] as const) {
      const swing = Math.sin(phase + shift);
      turn(`${side}UpLeg`, -SWING * swing);
      turn(`${side}Leg`, SWING * (1 + Math.cos(phase + shift)) * 0.7);
      turn(`${side}Arm`, SWING * swing);
      turn(`${side}ForeArm`, -0.4);
      contacts[side][f] = Math.cos(phase + shift) < 0 ? 1 : 0;
    }
  }
  return {
    name,
    skeleton: { joints },
    rate: makeRate(rate),
    frameCount,
    rotations,
    translations,
    curves: [
      { name: 'FootContact_L', values: contacts.Left },
      { name: 'FootContact_R', values: contacts.Right },
    ],
    attributes: [],
    events: [{ name: 'step', time: 1, duration: 0 }],
    source: {
      file: '',
      format: 'none',
      take: name,
      unitMetres: 1,
      axes: 'Y up',
      rate: makeRate(rate),
      guesses: [],
    },
    warnings: [],
  };
}
