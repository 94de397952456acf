import { asciiFbx, curveNode, hang, type Key, type LimbProperties, limb, property } from './made-ascii.js';

const SECONDS = 2;

export interface FeatureFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly rateHz: 24 | 30 | 60;
}

interface ArmOptions {
  readonly root?: LimbProperties;
  readonly arm?: LimbProperties;
  readonly tip?: LimbProperties;
  /** Keys of the arm's rotation about x, y and z. */
  readonly turn?: readonly (readonly Key[])[];
  readonly place?: readonly (readonly Key[])[];
  readonly size?: readonly (readonly Key[])[];
  readonly extra?: string;
  readonly settings?: string;
  readonly headerLines?: string;
  readonly more?: { readonly objects: string; readonly connections: string };
  readonly rateHz?: 24 | 30 | 60;
}

/** Linear keys. */
export const line = (...values: number[]): Key[] =>
  values.map((value, i) => ({ at: (i * SECONDS) / Math.max(1, values.length - 1), value }));

/** Keys of one kind at uneven times. */
export const bent = (flags: number, data?: Key['data']): Key[] =>
  [
    [0, 0],
    [0.3, 40],
    [0.7, 42],
    [1.5, -30],
    [2, 10],
  ].map(([at = 0, value = 0]) => ({ at, value, flags, ...(data && { data }) }));

const TURN = [line(0, 50, -20), line(10, -30, 60), line(-40, 20, 35)];

/** A root, an arm and a tip; each moves a little, so that all of them are seen in a baked file. */
export function arm(name: string, options: ArmOptions = {}): FeatureFile {
  const { turn = TURN, place, size, extra } = options;
  const detail = extra === undefined ? {} : { extra };
  const parts = [
    curveNode(2000, 1, 'Lcl Translation', [line(0, 5), line(0, 1), line(0, -3)]),
    curveNode(2100, 2, 'Lcl Rotation', turn, detail),
    curveNode(2200, 3, 'Lcl Rotation', [line(0, 30), line(5, 10), line(0, -20)]),
    ...(place ? [curveNode(2300, 2, 'Lcl Translation', place, detail)] : []),
    ...(size?.[0]?.length
      ? [curveNode(2400, 2, 'Lcl Scaling', size, { ...detail, defaults: [1, 1, 1] })]
      : []),
  ];
  return {
    name,
    rateHz: options.rateHz ?? 30,
    bytes: asciiFbx({
      objects:
        limb(1, 'root', { 'Lcl Translation': [1, 2, 3], ...options.root }) +
        limb(2, 'arm', { 'Lcl Translation': [0, 10, 0], 'Lcl Rotation': [20, 30, 40], ...options.arm }) +
        limb(3, 'tip', { 'Lcl Translation': [8, 3, 1], ...options.tip }) +
        parts.map(({ objects }) => objects).join('') +
        (options.more?.objects ?? ''),
      connections:
        hang([1, 0], [2, 1], [3, 2]) +
        parts.map(({ connections }) => connections).join('') +
        (options.more?.connections ?? ''),
      settings: (options.settings ?? '') + property('TimeMode', 'enum', '', '', 6),
      takeSeconds: SECONDS,
      ...(options.headerLines !== undefined && { headerLines: options.headerLines }),
    }),
  };
}

const side = (name: string, type: string, count?: number): string =>
  `${name}: {\nType: ${type}\n${count === undefined ? '' : `Repetition: ${count}\n`}}\n`;

/** Three keys in the middle of the take, so that both ends extrapolate. */
const MIDDLE: Key[] = [
  { at: 0.8, value: 0 },
  { at: 1, value: 20 },
  { at: 1.2, value: 5 },
];

const CUBIC: readonly (readonly [string, number, Key['data']?])[] = [
  ['constant', 0x2],
  ['constant, next', 0x102],
  ['linear', 0x4],
  ['automatic, time-independent', 0x2108],
  ['automatic', 0x108],
  ['automatic, clamped', 0x3108],
  ['automatic, clamped progressively', 0x6108],
  ['user', 0x408, [30, -20, 0, 0]],
  ['user, broken', 0xc08, [30, -20, 0, 0]],
  ['tension, continuity, bias', 0x208, [0.3, -0.2, 0, 0]],
  ['user, weighted on both sides', 0x3000408, [30, -20, [5000, 2000], 0]],
  ['user, weighted on the right', 0x1000408, [30, -20, [7000, 3333], 0]],
  ['user, weighted on the left', 0x2000408, [30, -20, [3333, 6000], 0]],
];

const TCB: Pick<Key, 'flags' | 'data'> = { flags: 0x208, data: [0.3, -0.2, 0.4, 0] };

export const CURVE_FILES: readonly FeatureFile[] = [
  ...CUBIC.map(([name, flags, data]) => arm(name, { turn: [bent(flags, data)], rateHz: 60 })),
  arm('a last constant key after automatic ones', {
    turn: [bent(0x2108).map((key, i) => (i === 4 ? { ...key, flags: 0x2002 } : key))],
  }),
  arm('automatic between linear keys', {
    turn: [bent(0x2108).map((key, i) => (i === 1 || i === 3 ? { ...key, flags: 4 } : key))],
  }),
  arm('clamped after a linear key of the same value', {
    turn: [bent(0x3108).map((key, i) => (i === 1 ? { ...key, value: 42, flags: 4 } : key))],
  }),
  arm('progressive clamping with a bias', {
    turn: [bent(0x6108, [40, -30, 0, 0]).map((key, i) => ({ ...key, value: [0, 10, 22, 40, 50][i] ?? 0 }))],
  }),
  ...[0x4, 0x2, 0x408, 0xc08, 0x2108, 0x2908].map((flags) =>
    arm(`after a TCB key one with flags ${flags.toString(16)}`, {
      turn: [bent(flags, [30, -20, 0, 0]).map((key, i) => (i % 2 === 0 ? { ...key, ...TCB } : key))],
    }),
  ),
  arm('cubic keys that say nothing of tangents', { turn: [bent(0x8, [30, -20, 0, 0])] }),
  arm('automatic between constant keys', {
    turn: [bent(0x2108).map((key, i) => (i === 2 ? { ...key, flags: 2 } : key))],
  }),
  ...['C', 'K', 'R', 'M', 'A'].flatMap((type) =>
    [undefined, 1, 2, 3].map((count) =>
      arm(`extrapolation ${type}, count ${count ?? 'not stated'}`, {
        turn: [MIDDLE],
        extra: side('Pre-Extrapolation', type, count ?? -1) + side('Post-Extrapolation', type, count ?? -1),
      }),
    ),
  ),
];

const PIVOTS: LimbProperties = {
  RotationActive: 1,
  RotationOffset: [1, 2, 3],
  RotationPivot: [-2, 1, 4],
  ScalingOffset: [0.5, -1, 2],
  ScalingPivot: [3, 1, -2],
  PreRotation: [10, -20, 30],
  PostRotation: [-15, 25, 5],
};

export const TRANSFORM_FILES: readonly FeatureFile[] = [
  arm('pivots, offsets, pre- and post-rotation', { arm: { ...PIVOTS, 'Lcl Scaling': [1.5, 1.5, 1.5] } }),
  arm('no rotation without RotationActive', { arm: { ...PIVOTS, RotationActive: 0, RotationOrder: 3 } }),
  arm('a rotation space for limits only', { arm: { ...PIVOTS, RotationSpaceForLimitOnly: 1 } }),
  ...[0, 1, 2, 3, 4, 5, 6].map((order) =>
    arm(`rotation order ${order}`, { arm: { RotationActive: 1, RotationOrder: order } }),
  ),
  ...[0, 1].map((rule) =>
    arm(`inherit type ${rule}, even scale`, {
      root: { InheritType: rule },
      arm: { InheritType: rule, 'Lcl Scaling': [2, 2, 2] },
      tip: { InheritType: rule, 'Lcl Scaling': [0.5, 0.5, 0.5] },
    }),
  ),
  ...[0, 1].map((rule) =>
    arm(`inherit type ${rule}, animated scale`, {
      arm: { InheritType: rule },
      tip: { InheritType: rule },
      size: [line(1, 2), line(1, 2), line(1, 2)],
    }),
  ),
  arm('Z up', {
    settings: `${property('UpAxis', 'int', 'Integer', '', 2)}${property('UpAxisSign', 'int', 'Integer', '', 1)}${property('FrontAxis', 'int', 'Integer', '', 1)}${property('FrontAxisSign', 'int', 'Integer', '', -1)}${property('CoordAxis', 'int', 'Integer', '', 0)}${property('CoordAxisSign', 'int', 'Integer', '', 1)}`,
  }),
  arm('a unit of a metre', { settings: property('UnitScaleFactor', 'double', 'Number', '', 100) }),
  arm('an inch, once a metre', {
    settings: `${property('UnitScaleFactor', 'double', 'Number', '', 2.54)}${property('OriginalUnitScaleFactor', 'double', 'Number', '', 100)}${property('OriginalUpAxis', 'int', 'Integer', '', 2)}`,
  }),
];

export interface LayerOptions {
  readonly properties: string;
  readonly turn?: readonly (readonly Key[])[];
  readonly place?: readonly (readonly Key[])[];
  readonly size?: readonly (readonly Key[])[];
  readonly weight?: readonly Key[];
}

/** Objects and connections of further layers that move the arm, from the lowest to the highest. */
export function layersOver(layers: readonly LayerOptions[]): { objects: string; connections: string } {
  let objects = '';
  let connections = 'C: "OO",901,900\n';
  layers.forEach(({ properties, turn, place, size, weight }, i) => {
    const layer = 902 + i;
    const id = 3000 + 1000 * i;
    const parts = [
      ...(turn ? [curveNode(id, 2, 'Lcl Rotation', turn, { layer })] : []),
      ...(place ? [curveNode(id + 100, 2, 'Lcl Translation', place, { layer })] : []),
      ...(weight ? [curveNode(id + 200, layer, 'Weight', [weight], { layer })] : []),
      ...(size ? [curveNode(id + 300, 2, 'Lcl Scaling', size, { layer })] : []),
    ];
    objects += `AnimationLayer: ${layer}, "AnimLayer::${layer}", "" {\nProperties70: {\n${properties}}\n}\n`;
    objects += parts.map((part) => part.objects).join('');
    connections += `C: "OO",${layer},900\n${parts.map((part) => part.connections).join('')}`;
  });
  return { objects, connections };
}

/** A second layer over the arm with its own turn and place, or size where the arm has one. */
function layered(
  name: string,
  properties: string,
  more: ArmOptions = {},
  weight?: readonly Key[],
): FeatureFile {
  const motion = more.size
    ? { size: [line(1, 2), line(1, 3), line(2, 0.5)] }
    : { turn: [line(5, 25), line(0, 40), line(10, -10)], place: [line(0, 4), line(10, 12), line(1, 1)] };
  return arm(name, { ...more, more: layersOver([{ properties, ...motion, ...(weight && { weight }) }]) });
}
const mode = (name: string, value: number): string => property(name, 'enum', '', '', value);
const weightOf = (value: number): string => property('Weight', 'Number', '', 'A', value);

export const LAYER_FILES: readonly FeatureFile[] = [
  layered('additive', mode('BlendMode', 0)),
  ...[1, 2, 3, 4, 5].flatMap((order) =>
    [100, 40].map((weight) =>
      layered(`additive at ${weight} %, rotation order ${order}`, mode('BlendMode', 0) + weightOf(weight), {
        arm: { RotationActive: 1, RotationOrder: order },
      }),
    ),
  ),
  layered('additive, by channel', mode('BlendMode', 0) + mode('RotationAccumulationMode', 1)),
  layered('additive at 40 %', mode('BlendMode', 0) + weightOf(40)),
  layered(
    'additive at 40 %, by channel',
    mode('BlendMode', 0) + mode('RotationAccumulationMode', 1) + weightOf(40),
  ),
  layered('overriding', mode('BlendMode', 1)),
  layered('overriding at 40 %', mode('BlendMode', 1) + weightOf(40)),
  layered(
    'overriding at 40 %, by channel',
    mode('BlendMode', 1) + mode('RotationAccumulationMode', 1) + weightOf(40),
  ),
  layered('passing through at 40 %', mode('BlendMode', 2) + weightOf(40)),
  layered('muted', mode('BlendMode', 1) + property('Mute', 'bool', '', '', 1)),
  layered('solo', mode('BlendMode', 1) + property('Solo', 'bool', '', '', 1) + weightOf(40)),
  ...[0, 1, 2].flatMap((blend) =>
    [0, 1].flatMap((scale) =>
      [line(1.5, 2), undefined].map((keys) =>
        layered(
          `scale, blend mode ${blend}, accumulation ${scale}, base ${keys ? 'moves' : 'stands'}`,
          mode('BlendMode', blend) + mode('ScaleAccumulationMode', scale) + weightOf(40),
          { size: keys ? [keys, keys, keys] : [[], [], []], arm: { 'Lcl Scaling': [3, 3, 3] } },
        ),
      ),
    ),
  ),
  layered('additive with an animated weight', mode('BlendMode', 0) + weightOf(100), {}, line(0, 100)),
];
