import { type Clip, type Joint, makeRate } from '../../../src/clip/index.js';
import {
  conjugate,
  fromAxisAngle,
  fromRotationVector,
  multiply,
  type Quat,
  rotate,
  setQuat,
} from '../../../src/math/quat.js';
import { seededRandom } from '../../../src/math/random.js';
import { add, setVec3, subtract, type Vec3 } from '../../../src/math/vec3.js';

/** World places of a standing figure's joints in metres, [name, parent, place]; arms hang at 45 degrees. */
const FIGURE: readonly (readonly [string, string, Vec3])[] = [
  ['hips', '', [0, 0.95, 0]],
  ['spine', 'hips', [0, 1.05, 0]],
  ['chest', 'spine', [0, 1.25, 0]],
  ['neck', 'chest', [0, 1.48, 0]],
  ['head', 'neck', [0, 1.58, 0.02]],
  ...(['left', 'right'] as const).flatMap((side): [string, string, Vec3][] => {
    const s = side === 'left' ? 1 : -1;
    return [
      [`${side}UpperLeg`, 'hips', [0.1 * s, 0.9, 0]],
      [`${side}LowerLeg`, `${side}UpperLeg`, [0.1 * s, 0.5, 0.01]],
      [`${side}Foot`, `${side}LowerLeg`, [0.1 * s, 0.08, -0.02]],
      [`${side}Shoulder`, 'chest', [0.05 * s, 1.42, 0]],
      [`${side}UpperArm`, `${side}Shoulder`, [0.18 * s, 1.4, 0]],
      [`${side}LowerArm`, `${side}UpperArm`, [0.36 * s, 1.22, 0.02]],
      [`${side}Hand`, `${side}LowerArm`, [0.53 * s, 1.05, 0.05]],
      [`${side}MiddleProximal`, `${side}Hand`, [0.59 * s, 0.98, 0.07]],
    ];
  }),
];

export interface MadeHumanOptions {
  /** Turn about the vertical in radians, and height above the ground, of the rest pose. */
  readonly facing?: number;
  readonly lift?: number;
  /** Joints above the hips that are no bones and wander about. */
  readonly rootCount?: number;
  /** A joint between chest and neck that is no bone. */
  readonly between?: boolean;
}

/** A figure in an A-pose with turned joint frames in a random motion, and its joints by VRM bone. */
export function makeHuman(options: MadeHumanOptions = {}): {
  clip: Clip;
  humanBones: Record<string, number>;
} {
  const { facing = 0, lift = 0, rootCount = 0, between = false } = options;
  const random = seededRandom(5);
  const list: { name: string; parent: string; place: Vec3 }[] = [];
  for (let r = 0; r < rootCount; r++)
    list.push({ name: `root${r}`, parent: r > 0 ? `root${r - 1}` : '', place: [0, 0.1 * r, 0] });
  for (const [name, parent, place] of FIGURE) {
    if (between && name === 'neck') list.push({ name: 'between', parent, place: [0, 1.4, 0] });
    const above = between && name === 'neck' ? 'between' : parent;
    list.push({ name, parent: above || (rootCount > 0 ? `root${rootCount - 1}` : ''), place });
  }
  const yaw = fromAxisAngle([0, 1, 0], facing);
  const frames = list.map(
    (): Quat => fromRotationVector([random.normal(), random.normal(), random.normal()]),
  );
  const joints = list.map(({ name, parent, place }): Joint => {
    const p = list.findIndex((other) => other.name === parent);
    const j = list.findIndex((other) => other.name === name);
    const here = add(rotate(yaw, place), [0, lift, 0]);
    const there = p < 0 ? here : add(rotate(yaw, list[p].place), [0, lift, 0]);
    return {
      name,
      parent: p,
      restTranslation: p < 0 ? here : rotate(conjugate(frames[p]), subtract(here, there)),
      restRotation: p < 0 ? frames[j] : multiply(conjugate(frames[p]), frames[j]),
      restScale: [1, 1, 1],
      sourceName: name,
    };
  });
  const frameCount = 12;
  const rotations = new Float64Array(4 * joints.length * frameCount);
  const translations = new Float64Array(3 * joints.length * frameCount);
  joints.forEach((joint, j) => {
    const isStill = joint.name === 'between';
    const axis: Vec3 = [random.normal(), random.normal(), random.normal()];
    const moves = joint.name === 'hips' || joint.name.startsWith('root');
    for (let f = 0; f < frameCount; f++) {
      const t = isStill ? 0.3 : 0.5 * Math.sin(f / 4 + j);
      const turn = fromRotationVector([axis[0] * t, axis[1] * t, axis[2] * t]);
      setQuat(rotations, f * joints.length + j, multiply(joint.restRotation, turn));
      const way: Vec3 = moves ? [0.1 * f, 0.02 * Math.sin(f), 0.05 * f] : [0, 0, 0];
      setVec3(translations, f * joints.length + j, add(joint.restTranslation, way));
    }
  });
  return {
    clip: {
      name: 'walk',
      skeleton: { joints },
      rate: makeRate(30),
      frameCount,
      rotations,
      translations,
      curves: [],
      events: [],
      attributes: [],
      source: {
        file: '',
        format: 'none',
        take: '',
        unitMetres: 1,
        axes: 'Y up',
        rate: makeRate(30),
        guesses: [],
      },
      warnings: [],
    },
    humanBones: Object.fromEntries(
      FIGURE.map(([name]) => [name, joints.findIndex((joint) => joint.name === name)]),
    ),
  };
}
