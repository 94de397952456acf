import type { Clip, Joint } from '../../../src/clip/index.js';
import {
  conjugate,
  fromAxisAngle,
  IDENTITY,
  multiply,
  type Quat,
  quatAt,
  rotate,
  setQuat,
} from '../../../src/math/quat.js';
import { setVec3, vec3At } from '../../../src/math/vec3.js';
import { makeFeatureBuilder } from '../../../src/motion/database/build.js';
import type { MotionDatabase } from '../../../src/motion/database/database.js';
import { type FeatureSchema, parseFeatureSchema } from '../../../src/motion/features/schema.js';
import { trackOfClip } from '../../../src/motion/features/track-of-clip.js';
import { makePoseBankBuilder, type PoseBank } from '../../../src/motion/simulate/pose-bank.js';
import { walkingClip } from '../../preview/walking-clip.js';

export interface MadeWalker {
  readonly name?: string;
  readonly frames?: number;
  readonly rate?: number;
  /** Metres per second along its way. */
  readonly speed?: number;
  /** Radians per second, to the left. */
  readonly turn?: number;
}

/** Joints of `walkingClip` by role. */
export const WALKER_ROLES: Readonly<Record<string, string>> = Object.fromEntries([
  ['pelvis', 'Hips'],
  ['spine1', 'Spine'],
  ['spine3', 'Chest'],
  ['neck', 'Neck'],
  ['head', 'Head'],
  ...(['L', 'R'] as const).flatMap((side) => {
    const name = side === 'L' ? 'Left' : 'Right';
    return [
      [`upperArm${side}`, `${name}Arm`],
      [`forearm${side}`, `${name}ForeArm`],
      [`hand${side}`, `${name}Hand`],
      [`thigh${side}`, `${name}UpLeg`],
      [`calf${side}`, `${name}Leg`],
      [`foot${side}`, `${name}Foot`],
      [`toe${side}`, `${name}ToeBase`],
    ];
  }),
]);

/** `walkingClip` on a way of its own: straight ahead along +Z, or on a circle. */
export function madeWalker(walker: MadeWalker = {}): Clip {
  const { name = 'walk', frames = 121, rate = 30, speed = 1.2, turn = 0 } = walker;
  const clip = walkingClip({ name, frameCount: frames, rate });
  const count = clip.skeleton.joints.length;
  let [x, z] = [0, 0];
  for (let f = 0; f < frames; f++) {
    const yaw = (turn * f) / rate;
    setQuat(clip.rotations, f * count, fromAxisAngle([0, 1, 0], yaw));
    setVec3(clip.translations, f * count, [x, clip.translations[3 * f * count + 1], z]);
    x += (speed / rate) * Math.sin(yaw + turn / rate / 2);
    z += (speed / rate) * Math.cos(yaw + turn / rate / 2);
  }
  return clip;
}

export const SCHEMA = parseFeatureSchema({
  name: 'feet and path',
  channels: [
    { type: 'pose', joints: [{ role: 'footL' }, { role: 'footR' }] },
    {
      type: 'trajectory',
      samples: [1 / 3, 2 / 3, 1].map((time) => ({ time, position: true, facing: true })),
    },
  ],
});

const BY_NAME = { 'joint:RightHand': 'RightHand', 'joint:LeftHand': 'LeftHand' };

export interface MadePlay {
  readonly database: MotionDatabase;
  readonly bank: PoseBank;
  readonly clips: readonly Clip[];
}

export interface MadePlayOptions {
  readonly schema?: FeatureSchema;
  readonly mirror?: boolean;
  readonly loop?: boolean;
  readonly roles?: Readonly<Record<string, string>>;
}

/** A database of clips at their own rate with its poses. */
export function madePlay(
  clips: readonly Clip[],
  { schema = SCHEMA, mirror = false, loop = false, roles = WALKER_ROLES }: MadePlayOptions = {},
): MadePlay {
  const builder = makeFeatureBuilder(schema, { ends: 'extrapolate', mirror, loops: loop ? 'all' : 'none' });
  for (const clip of clips) {
    builder.add({
      track: trackOfClip(clip, { ...roles, ...BY_NAME }, { name: clip.name, rotations: true }),
      source: `${clip.name}.bvh`,
      joints: clip.skeleton.joints.map(({ name, parent, restTranslation: [x, y, z] }) => ({
        name,
        parent,
        offset: [x, y, z],
      })),
      roles,
    });
  }
  const { database } = builder.finish();
  const poses = makePoseBankBuilder(database);
  for (const [c, { source }] of database.clips.entries()) {
    const clip = clips.find(({ name }) => `${name}.bvh` === source);
    if (clip && poses.needs(c)) poses.add(c, clip);
  }
  return { database, bank: poses.bank(), clips };
}

/** Walks straight, to the left and to the right, and runs. */
export const madeLibrary = (options: MadePlayOptions = {}): MadePlay =>
  madePlay(
    [
      madeWalker({ name: 'straight' }),
      madeWalker({ name: 'left', turn: 1.2 }),
      madeWalker({ name: 'right', turn: -1.2 }),
      madeWalker({ name: 'run', speed: 3 }),
      madeWalker({ name: 'run left', speed: 3, turn: 1 }),
      madeWalker({ name: 'run right', speed: 3, turn: -1 }),
    ],
    options,
  );

/** The clip under a joint that wanders about its studio, as a file with a node above the hips has it. */
export function withNodeAbove(clip: Clip): Clip {
  const node: Joint = {
    ...(clip.skeleton.joints[0] as Joint),
    name: 'Node',
    sourceName: 'Node',
    restTranslation: [0, 0, 0],
  };
  const prop: Joint = { ...node, name: 'Prop', sourceName: 'Prop', parent: 0, restTranslation: [0.2, 0, 0] };
  const joints = [
    node,
    ...clip.skeleton.joints.map((joint) => ({ ...joint, parent: joint.parent + 1 })),
    prop,
  ];
  const count = joints.length;
  const rotations = new Float64Array(4 * count * clip.frameCount);
  const translations = new Float64Array(3 * count * clip.frameCount);
  for (let f = 0; f < clip.frameCount; f++) {
    const turn: Quat = [0, Math.sin(0.3 + 0.01 * f), 0, Math.cos(0.3 + 0.01 * f)];
    const place = [0.1 * f, 0, 2] as const;
    setQuat(rotations, f * count, turn);
    setVec3(translations, f * count, place);
    for (let j = 0; j < clip.skeleton.joints.length; j++) {
      const from = f * clip.skeleton.joints.length + j;
      const to = f * count + j + 1;
      const [q, t] = [quatAt(clip.rotations, from), vec3At(clip.translations, from)];
      const isRoot = j === 0;
      setQuat(rotations, to, isRoot ? multiply(conjugate(turn), q) : q);
      setVec3(
        translations,
        to,
        isRoot ? rotate(conjugate(turn), [t[0] - place[0], t[1] - place[1], t[2] - place[2]]) : t,
      );
    }
    setQuat(rotations, f * count + count - 1, IDENTITY);
    setVec3(translations, f * count + count - 1, prop.restTranslation);
  }
  return { ...clip, skeleton: { joints }, rotations, translations, curves: [] };
}
