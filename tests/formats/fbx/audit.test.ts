import { describe, expect, it } from 'vitest';
import type { Scene } from '../../../src/clip/index.js';
import { readScene } from '../../../src/formats/index.js';
import { AFFINE_SIZE } from '../../../src/math/affine.js';
import { type MadeCurve, type MadeFbx, type MadeKey, makeAsciiFbx } from './audit-ascii.js';
import { autodeskRuns, bakeWithAutodesk } from './autodesk.js';

const chain = (extra: MadeFbx['joints'][number] = {}): MadeFbx['joints'] => [
  { 'Lcl Translation': [3, 90, -2], RotationActive: true, InheritType: 1 },
  {
    'Lcl Translation': [10, 20, 5],
    'Lcl Rotation': [10, -20, 30],
    RotationActive: true,
    InheritType: 1,
    ...extra,
  },
  { 'Lcl Translation': [4, 30, -6], RotationActive: true, InheritType: 1 },
];
const TIMES = [0.1, 0.3, 0.45, 0.8];
const VALUES = [0, 40, 25, -30];
const keysWith = (rest: (i: number) => Partial<MadeKey>): MadeKey[] =>
  TIMES.map((time, i) => ({ time, value: VALUES[i] ?? 0, ...rest(i) }));
const curve = (keys: readonly MadeKey[], extra: Partial<MadeCurve> = {}): MadeCurve => ({
  joint: 1,
  property: 'Lcl Rotation',
  axis: 'Y',
  keys,
  ...extra,
});
const plain = keysWith(() => ({ flags: 0x4 }));
const turn = (x: number, y: number, z: number, joint = 1): MadeCurve[] =>
  (['X', 'Y', 'Z'] as const).map((axis, k) =>
    curve(
      [
        { time: 0, value: 5, flags: 4 },
        { time: 1, value: [x, y, z][k] ?? 0, flags: 4 },
      ],
      { axis, joint },
    ),
  );
const one = (curves: readonly MadeCurve[], extra: Partial<MadeFbx> = {}): MadeFbx => ({
  joints: chain(),
  layers: [{ curves }],
  ...extra,
});
const over = (properties: Record<string, number | boolean>, extra: object = {}): MadeFbx => ({
  joints: chain(),
  layers: [{ curves: turn(40, -30, 70) }, { properties, curves: turn(-20, 50, 10), ...extra }],
});

const scales = (value: number, end: number): MadeCurve[] =>
  (['X', 'Y', 'Z'] as const).map((axis) =>
    curve(
      [value, end].map((v, time) => ({ time, value: v, flags: 4 })),
      { property: 'Lcl Scaling', axis },
    ),
  );

const cases: Record<string, MadeFbx> = {
  ...Object.fromEntries(
    [0, 1, 2].flatMap((mode) =>
      [0, 1].map((accumulation) => [
        `scales of layers, mode ${mode}, accumulation ${accumulation}`,
        {
          joints: chain(),
          layers: [
            { curves: scales(1, 3) },
            {
              properties: { BlendMode: mode, ScaleAccumulationMode: accumulation, Weight: 40 },
              curves: scales(2, 1.5),
            },
          ],
        },
      ]),
    ),
  ),
  'constant keys': one([curve(keysWith(() => ({ flags: 0x2 })))]),
  'constant keys that take the next': one([curve(keysWith(() => ({ flags: 0x102 })))]),
  'linear keys': one([curve(plain)]),
  'auto, time-independent': one([curve(keysWith(() => ({ flags: 0x2108 })))]),
  auto: one([curve(keysWith(() => ({ flags: 0x108 })))]),
  'auto with bias': one([curve(keysWith(() => ({ flags: 0x2108, data: [30, 30] })))]),
  'auto with negative bias': one([curve(keysWith(() => ({ flags: 0x108, data: [-60, -60] })))]),
  'auto, clamp': one([
    curve(
      [
        [0, 0],
        [0.3, 10],
        [0.5, 10],
        [1, -20],
      ].map(([time, value]) => ({ time: time ?? 0, value: value ?? 0, flags: 0x3108 })),
    ),
  ]),
  'auto, clamp-progressive': one([curve(keysWith(() => ({ flags: 0x6108 })))]),
  'clamp-progressive without time-independent': one([curve(keysWith(() => ({ flags: 0x4108 })))]),
  TCB: one([curve(keysWith((i) => ({ flags: 0x208, tcb: [0.3, -0.4, 0.2 * i] })))]),
  'TCB neutral': one([curve(keysWith(() => ({ flags: 0x208, tcb: [0, 0, 0] })))]),
  user: one([curve(keysWith((i) => ({ flags: 0x408, data: [50 - 40 * i, 80 * i - 100] })))]),
  'user, broken': one([curve(keysWith((i) => ({ flags: 0xc08, data: [50 - 40 * i, 200 - 90 * i] })))]),
  'user, weighted': one([
    curve(keysWith((i) => ({ flags: 0x3000408, data: [150 - 100 * i, -70], weights: [0.6, 0.2] }))),
  ]),
  'user, one weight': one([
    curve(keysWith((i) => ({ flags: 0x1000408, data: [150 - 100 * i, -70], weights: [0.9, 0.3333] }))),
  ]),
  'mixed kinds': one([curve(keysWith((i) => ({ flags: [0x2108, 0x4, 0x2, 0x408][i] ?? 4, data: [0, 60] })))]),
  'auto, last constant': one([curve(keysWith((i) => ({ flags: i === 3 ? 0x2002 : 0x2108 })))]),
  'auto after linear': one([curve(keysWith((i) => ({ flags: i % 2 ? 0x2108 : 0x4 })))]),
  ...Object.fromEntries(
    ['C', 'R', 'M', 'A'].flatMap((letter) =>
      [-1, 0, 1, 2].map((count) => [
        `extrapolation ${letter} ${count}`,
        one([curve(plain, { before: [letter, count], after: [letter, count] })], { span: [0, 3] }),
      ]),
    ),
  ),
  ...Object.fromEntries(
    [0, 1, 2, 3, 4, 5, 6].map((order) => [
      `order ${order}`,
      { ...one(turn(40, -30, 70)), joints: chain({ RotationOrder: order }) },
    ]),
  ),
  'order without RotationActive': {
    ...one(turn(40, -30, 70)),
    joints: chain({ RotationOrder: 3, RotationActive: false, PreRotation: [10, 20, 30] }),
  },
  'for limits only': {
    ...one(turn(40, -30, 70)),
    joints: chain({ RotationOrder: 3, RotationSpaceForLimitOnly: true, PreRotation: [10, 20, 30] }),
  },
  'pre and post': {
    ...one(turn(40, -30, 70)),
    joints: chain({ RotationOrder: 2, PreRotation: [10, 20, 30], PostRotation: [-40, 15, 25] }),
  },
  pivots: {
    ...one([
      ...turn(40, -30, 70),
      curve(
        plain.map((k) => ({ ...k, value: 1 + k.value / 100 })),
        { property: 'Lcl Scaling', axis: 'X' },
      ),
    ]),
    joints: chain({
      RotationPivot: [1, 2, 3],
      RotationOffset: [4, -5, 6],
      ScalingPivot: [-2, 3, 1],
      ScalingOffset: [1, 1, -3],
      PreRotation: [10, 20, 30],
    }),
  },
  ...Object.fromEntries(
    // The third way of inheriting cannot be said in glTF.
    [0, 1].map((inherit) => [
      `inherit ${inherit}, uniform`,
      {
        ...one(turn(40, -30, 70)),
        joints: [
          { 'Lcl Translation': [3, 90, -2], 'Lcl Scaling': [2, 2, 2], InheritType: 1 },
          ...chain({ InheritType: inherit }).slice(1),
        ] as MadeFbx['joints'],
      },
    ]),
  ),
  ...Object.fromEntries(
    [0, 1, 2].map((mode) => [`layer mode ${mode}, weight 40`, over({ BlendMode: mode, Weight: 40 })]),
  ),
  ...Object.fromEntries(
    [0, 1, 2].map((mode) => [
      `layer mode ${mode}, by channel, weight 40`,
      over({ BlendMode: mode, Weight: 40, RotationAccumulationMode: 1 }),
    ]),
  ),
  'layer mute': over({ BlendMode: 1, Mute: true }),
  'layer solo': {
    joints: chain(),
    layers: [
      { curves: turn(40, -30, 70) },
      { properties: { Solo: true, BlendMode: 0 }, curves: turn(-20, 50, 10) },
      { curves: turn(90, 0, 0) },
    ],
  },
  'layer weight moves': over(
    { BlendMode: 1 },
    {
      weight: [
        { time: 0, value: 0, flags: 4 },
        { time: 1, value: 100, flags: 4 },
      ],
    },
  ),
  'additive weight moves': over(
    { BlendMode: 0 },
    {
      weight: [
        { time: 0, value: 0, flags: 4 },
        { time: 1, value: 100, flags: 4 },
      ],
    },
  ),
  'base layer weight': {
    joints: chain(),
    layers: [{ properties: { Weight: 50 }, curves: turn(40, -30, 70) }],
  },
  ...Object.fromEntries(
    [0, 1].map((mode) => [
      `scale layers ${mode}`,
      {
        joints: chain(),
        layers: [0, 1].map((l) => ({
          properties: { ScaleAccumulationMode: mode, Weight: l ? 40 : 100 },
          curves: [
            curve(
              plain.map((k) => ({ ...k, value: 1.5 + k.value / 100 })),
              { property: 'Lcl Scaling', axis: 'X', joint: 1 },
            ),
          ],
        })),
      },
    ]),
  ),
  'Z up': one(turn(40, -30, 70), { settings: { UpAxis: 2, FrontAxis: 1, FrontAxisSign: -1 } }),
  'X up': one(turn(40, -30, 70), { settings: { UpAxis: 0, FrontAxis: 2, CoordAxis: 1, CoordAxisSign: -1 } }),
  metres: one(turn(40, -30, 70), { settings: { UnitScaleFactor: 100 } }),
  'inches, original other': one(turn(40, -30, 70), {
    settings: { UnitScaleFactor: 2.54, OriginalUnitScaleFactor: 100, OriginalUpAxis: 2 },
  }),
  'begins off 0': one([curve(plain)], { span: [0.25, 1] }),
};

describe.skipIf(!autodeskRuns)('FBX as read by Autodesk', () => {
  it.each(Object.keys(cases))('%s', async (name) => {
    const made = withMovingJoints(cases[name] as MadeFbx);
    const text = makeAsciiFbx(made);
    const { scene: theirs, nodes } = await bakeWithAutodesk(text, 60);
    const ours = await readScene(new TextEncoder().encode(text), { file: `${name}.fbx` });
    expect(nodes).toHaveLength(made.joints.length + 1);
    const [start, stop] = made.span ?? [0, 1];
    const frames = Math.round((stop - start) * 60);
    expect([ours.takes[0]?.frameCount, theirs.takes[0]?.frameCount]).toEqual([frames + 1, frames + 1]);
    let worst = { cm: 0, joint: '', frame: 0 };
    for (let f = 0; f <= frames; f++) {
      const [a, b] = [placesAt(ours, f / 60), placesAt(theirs, f / 60)];
      for (const [joint, [x, y, z]] of a) {
        const q = b.get(joint);
        if (!q) throw new Error(`${joint} is not in the baked file`);
        const cm = 100 * Math.hypot(x - q[0], y - q[1], z - q[2]);
        if (!(cm <= worst.cm)) worst = { cm, joint, frame: f };
      }
    }
    expect(worst.cm, JSON.stringify(worst)).toBeLessThan(
      0.001 * Math.max(1, (made.settings?.UnitScaleFactor ?? 1) / 10),
    );
  });
});

/** Every joint moves over the whole span, so that all of them are baked and over all frames. */
function withMovingJoints(made: MadeFbx): MadeFbx {
  const [start, stop] = made.span ?? [0, 1];
  const moves = made.joints.flatMap((properties, joint) => {
    const place = properties['Lcl Translation'] as readonly number[];
    return (['X', 'Y', 'Z'] as const).map((axis, k) =>
      curve(
        [start, stop].map((time, end) => ({ time, value: (place[k] ?? 0) + end * (k + 1), flags: 0x4 })),
        { joint, property: 'Lcl Translation', axis },
      ),
    );
  });
  const [bottom, ...rest] = made.layers;
  return { ...made, layers: [{ ...bottom, curves: [...moves, ...(bottom?.curves ?? [])] }, ...rest] };
}

function placesAt(scene: Scene, time: number): Map<string, readonly [number, number, number]> {
  const out = new Float64Array(scene.skeleton.joints.length * AFFINE_SIZE);
  scene.evaluate(0, time, out);
  return new Map(
    scene.skeleton.joints.map(({ name }, j) => {
      const at = j * AFFINE_SIZE + 9;
      return [name, [out[at] ?? 0, out[at + 1] ?? 0, out[at + 2] ?? 0]] as const;
    }),
  );
}
