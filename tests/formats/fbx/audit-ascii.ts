/** Ticks of FBX's usual clock in a second. */
const TICKS = 46_186_158_000;

export interface MadeKey {
  readonly time: number;
  readonly value: number;
  /** `KeyAttrFlags`; cubic, automatic, time-independent where absent. */
  readonly flags?: number;
  /** `KeyAttrDataFloat`: slopes or bias, and both weights (right, next left) as shares. */
  readonly data?: readonly [number, number];
  readonly weights?: readonly [number, number];
  /** Tension, continuity and bias, in place of `data`. */
  readonly tcb?: readonly [number, number, number];
}

export interface MadeCurve {
  readonly joint: number;
  readonly property: 'Lcl Translation' | 'Lcl Rotation' | 'Lcl Scaling';
  readonly axis: 'X' | 'Y' | 'Z';
  readonly keys: readonly MadeKey[];
  /** Letter and count of what the curve does before and after its keys. */
  readonly before?: readonly [letter: string, count: number];
  readonly after?: readonly [letter: string, count: number];
}

type Property = boolean | number | readonly [number, number, number];

export interface MadeLayer {
  readonly properties?: Readonly<Record<string, Property>>;
  readonly weight?: readonly MadeKey[];
  readonly curves: readonly MadeCurve[];
}

export interface MadeFbx {
  /** Properties of each joint of a chain, root first. */
  readonly joints: readonly Readonly<Record<string, Property>>[];
  readonly layers: readonly MadeLayer[];
  readonly settings?: Readonly<Record<string, number>>;
  /** Seconds. */
  readonly span?: readonly [number, number];
}

/** An FBX 7.4 file as text: a chain of joints `joint0`, `joint1`, … and one take of several layers. */
export function makeAsciiFbx({ joints, layers, settings = {}, span = [0, 1] }: MadeFbx): string {
  const objects: [kind: string, text: string][] = [];
  const connections: string[] = [];
  let nextId = 1000;
  const add = (kind: string, title: string, type: string, body: string): number => {
    const id = nextId++;
    objects.push([kind, `${kind}: ${id}, "${title}", "${type}" {\n${body}\n}`]);
    return id;
  };
  const connect = (child: number, parent: number, property?: string): void => {
    connections.push(`C: "${property ? 'OP' : 'OO'}",${child},${parent}${property ? `, "${property}"` : ''}`);
  };
  const models = joints.map((properties, j) =>
    add(
      'Model',
      `Model::joint${j}`,
      'LimbNode',
      `Version: 232\n${propertyBlock(properties)}\nShading: Y\nCulling: "CullingOff"`,
    ),
  );
  models.forEach((model, j) => {
    const attribute = add('NodeAttribute', `NodeAttribute::joint${j}`, 'LimbNode', 'TypeFlags: "Skeleton"');
    connect(attribute, model);
    connect(model, j === 0 ? 0 : (models[j - 1] ?? 0));
  });
  const [start, stop] = span.map((seconds) => Math.round(seconds * TICKS));
  const times = ['LocalStart', 'LocalStop', 'ReferenceStart', 'ReferenceStop'].map(
    (name) => `P: "${name}", "KTime", "Time", "",${name.endsWith('Stop') ? stop : start}`,
  );
  const stack = add('AnimationStack', 'AnimStack::Take', '', `Properties70: {\n${times.join('\n')}\n}`);
  layers.forEach((layer, l) => {
    const id = add('AnimationLayer', `AnimLayer::Layer${l}`, '', propertyBlock(layer.properties ?? {}));
    connect(id, stack);
    const curve = (keys: MadeCurve): number => add('AnimationCurve', 'AnimCurve::', '', curveBody(keys));
    if (layer.weight) {
      const node = add('AnimationCurveNode', 'AnimCurveNode::Weight', '', initial(['Weight'], [100]));
      connect(node, id);
      connect(node, id, 'Weight');
      connect(curve({ joint: 0, property: 'Lcl Scaling', axis: 'X', keys: layer.weight }), node, 'd|Weight');
    }
    const driven = new Map<string, MadeCurve[]>();
    for (const one of layer.curves) {
      const key = `${one.joint}|${one.property}`;
      driven.set(key, [...(driven.get(key) ?? []), one]);
    }
    for (const group of driven.values()) {
      const { joint, property } = group[0] as MadeCurve;
      const still = joints[joint]?.[property] ?? (property === 'Lcl Scaling' ? [1, 1, 1] : [0, 0, 0]);
      const node = add(
        'AnimationCurveNode',
        `AnimCurveNode::${property.slice(4, 5)}`,
        '',
        initial(['X', 'Y', 'Z'], still as readonly number[]),
      );
      connect(node, id);
      connect(node, models[joint] ?? 0, property);
      for (const one of group) connect(curve(one), node, `d|${one.axis}`);
    }
  });
  const kinds = [...new Set(objects.map(([kind]) => kind))];
  const types = kinds.map((kind) => {
    const count = objects.filter(([other]) => other === kind).length;
    const template = TEMPLATES[kind];
    return `ObjectType: "${kind}" {\nCount: ${count}\n${template ? `PropertyTemplate: "${template[0]}" {\n${propertyBlock(template[1])}\n}` : ''}\n}`;
  });
  const global = {
    UpAxis: 1,
    UpAxisSign: 1,
    FrontAxis: 2,
    FrontAxisSign: 1,
    CoordAxis: 0,
    CoordAxisSign: 1,
    UnitScaleFactor: 1,
    TimeMode: 3,
    ...settings,
  };
  const globals = Object.entries(global).map(([name, value]) =>
    /Factor|Rate/.test(name)
      ? `P: "${name}", "double", "Number", "",${value}`
      : `P: "${name}", "int", "Integer", "",${value}`,
  );
  return `; FBX 7.4.0 project file
FBXHeaderExtension:  {
FBXHeaderVersion: 1003
FBXVersion: 7400
Creator: "made by a test"
}
GlobalSettings:  {
Version: 1000
Properties70:  {
${globals.join('\n')}
}
}
Documents:  {
Count: 1
Document: 1, "", "Scene" {
RootNode: 0
}
}
References:  {
}
Definitions:  {
Version: 100
Count: ${objects.length + 1}
ObjectType: "GlobalSettings" {
Count: 1
}
${types.join('\n')}
}
Objects:  {
${objects.map(([, text]) => text).join('\n')}
}
Connections:  {
${connections.join('\n')}
}
Takes:  {
Current: "Take"
Take: "Take" {
FileName: "Take.tak"
LocalTime: ${start},${stop}
ReferenceTime: ${start},${stop}
}
}
`;
}

const TEMPLATES: Readonly<Record<string, readonly [string, Readonly<Record<string, Property>>]>> = {
  Model: ['FbxNode', { RotationActive: false, RotationOrder: 0, InheritType: 0, 'Lcl Scaling': [1, 1, 1] }],
  AnimationStack: ['FbxAnimStack', {}],
  AnimationLayer: [
    'FbxAnimLayer',
    {
      Weight: 100,
      Mute: false,
      Solo: false,
      BlendMode: 0,
      RotationAccumulationMode: 0,
      ScaleAccumulationMode: 0,
    },
  ],
  AnimationCurveNode: ['FbxAnimCurveNode', {}],
};

function propertyBlock(properties: Readonly<Record<string, Property>>): string {
  const lines = Object.entries(properties).map(([name, value]) => {
    if (name.startsWith('Lcl '))
      return `P: "${name}", "${name}", "", "A",${(value as readonly number[]).join(',')}`;
    if (typeof value === 'boolean') return `P: "${name}", "bool", "", "",${Number(value)}`;
    if (typeof value !== 'number') return `P: "${name}", "Vector3D", "Vector", "",${value.join(',')}`;
    return name === 'Weight'
      ? `P: "Weight", "Number", "", "A",${value}`
      : `P: "${name}", "enum", "", "",${value}`;
  });
  return `Properties70:  {\n${lines.join('\n')}\n}`;
}

const initial = (names: readonly string[], values: readonly number[]): string =>
  `Properties70:  {\n${names.map((name, k) => `P: "d|${name}", "Number", "", "A",${values[k]}`).join('\n')}\n}`;

const array = (name: string, values: readonly number[]): string =>
  `${name}: *${values.length} {\na: ${values.join(',')}\n}`;

const bitsOf = (value: number): number => new Int32Array(Float32Array.of(value).buffer)[0] ?? 0;

function curveBody({ keys, before, after }: MadeCurve): string {
  const data = keys.flatMap(({ data = [0, 0], weights, tcb }) => {
    if (tcb) return [...tcb.map(bitsOf), 0];
    const packed = weights ? Math.round(weights[0] * 1e4) | (Math.round(weights[1] * 1e4) << 16) : 218434821;
    return [bitsOf(data[0]), bitsOf(data[1]), packed, 0];
  });
  const side = (name: string, rule: readonly [string, number] | undefined): string[] =>
    rule ? [`${name}: {\nType: ${rule[0]}\nRepetition: ${rule[1]}\n}`] : [];
  return [
    `Default: ${keys[0]?.value ?? 0}`,
    'KeyVer: 4009',
    array(
      'KeyTime',
      keys.map(({ time }) => Math.round(time * TICKS)),
    ),
    array(
      'KeyValueFloat',
      keys.map(({ value }) => value),
    ),
    array(
      'KeyAttrFlags',
      keys.map(({ flags = 0x2108 }) => flags),
    ),
    array('KeyAttrDataFloat', data),
    array(
      'KeyAttrRefCount',
      keys.map(() => 1),
    ),
    ...side('Pre-Extrapolation', before),
    ...side('Post-Extrapolation', after),
  ].join('\n');
}
