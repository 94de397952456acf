const TICKS = 46_186_158_000;

export interface AsciiParts {
  readonly version?: number;
  /** Lines of `GlobalSettings`, as `property` makes them. */
  readonly settings?: string;
  readonly definitions?: string;
  readonly objects: string;
  readonly connections: string;
  /** Seconds of the take; none without it. */
  readonly takeSeconds?: number;
  readonly headerLines?: string;
  readonly tail?: string;
}

/** An ASCII file of the least that readers ask for; the take is stack 900 with layer 901. */
export function asciiFbx(parts: AsciiParts): Uint8Array {
  const { version = 7400, settings = '', definitions = '', objects, connections, takeSeconds } = parts;
  const stop = takeSeconds === undefined ? 0 : Math.round(takeSeconds * TICKS);
  const stack =
    takeSeconds === undefined
      ? ''
      : `AnimationStack: 900, "AnimStack::Take 001", "" {\nProperties70: {\n${property('LocalStop', 'KTime', 'Time', '', stop)}${property('ReferenceStop', 'KTime', 'Time', '', stop)}}\n}\nAnimationLayer: 901, "AnimLayer::BaseLayer", "" {\n}\n`;
  return new TextEncoder().encode(`; FBX ${version / 1000}.0 project file
FBXHeaderExtension:  {
FBXHeaderVersion: 1003
FBXVersion: ${version}
${parts.headerLines ?? ''}}
GlobalSettings:  {
Version: 1000
Properties70:  {
${settings}}
}
Definitions:  {
Version: 100
Count: 9
${OBJECT_TYPES.map((kind) => `ObjectType: "${kind}" {\nCount: 9\n}\n`).join('')}${definitions}}
Objects:  {
${objects}${stack}}
Connections:  {
${connections}
${takeSeconds === undefined ? '' : 'C: "OO",901,900\n'}}
${parts.tail ?? ''}`);
}

const OBJECT_TYPES = [
  'GlobalSettings',
  'Model',
  'NodeAttribute',
  'AnimationStack',
  'AnimationLayer',
  'AnimationCurveNode',
  'AnimationCurve',
];

type Value = number | string;
const print = (value: Value): string => (typeof value === 'number' ? String(value) : `"${value}"`);

export const property = (
  name: string,
  type: string,
  label: string,
  flags: string,
  ...values: Value[]
): string =>
  `P: "${name}", "${type}", "${label}", "${flags}"${values.map((value) => `,${print(value)}`).join('')}\n`;

/** Properties of a transform by name: `Lcl Translation`, `PreRotation`, `RotationOrder`, … */
export type LimbProperties = Readonly<Record<string, number | readonly [number, number, number]>>;

/** A limb node with its attribute, which has the id ten thousand higher. */
export function limb(id: number, name: string, properties: LimbProperties = {}, more = ''): string {
  const lines = Object.entries(properties).map(([key, value]) => {
    if (typeof value === 'number')
      return property(key, /Active|Only/.test(key) ? 'bool' : 'enum', '', '', value);
    return key.startsWith('Lcl ')
      ? property(key, key, '', 'A', ...value)
      : property(key, 'Vector3D', 'Vector', '', ...value);
  });
  return `NodeAttribute: ${id + 10_000}, "NodeAttribute::${name}", "LimbNode" {\nTypeFlags: "Skeleton"\n}\nModel: ${id}, "Model::${name}", "LimbNode" {\nVersion: 232\nProperties70:  {\n${lines.join('')}${more}}\n}\n`;
}

/** Connections of limbs to their parents (0 is the scene), with their attributes. */
export const hang = (...pairs: readonly (readonly [child: number, parent: number])[]): string =>
  pairs.map(([child, parent]) => `C: "OO",${child},${parent}\nC: "OO",${child + 10_000},${child}\n`).join('');

export interface Key {
  readonly at: number;
  readonly value: number;
  readonly flags?: number;
  /** Slope right, slope of the next key's left, packed weights as whole ten-thousandths, velocity. */
  readonly data?: readonly [number, number, readonly [number, number] | number, number];
}

const bitsOf = (value: number): number => new Int32Array(Float32Array.of(value).buffer)[0] ?? 0;

/** An animation curve; tangent data is printed as the integers of its bits, as Autodesk does. */
export function curve(id: number, keys: readonly Key[], extra = ''): string {
  const list = (numbers: readonly number[]): string => `*${numbers.length} {\na: ${numbers.join(',')}\n}`;
  const data = keys.flatMap(({ data: [right, left, weights, velocity] = [0, 0, 0, 0] }) => [
    bitsOf(right),
    bitsOf(left),
    typeof weights === 'number' ? bitsOf(weights) : (weights[0] | (weights[1] << 16)) >>> 0,
    bitsOf(velocity),
  ]);
  return `AnimationCurve: ${id}, "AnimCurve::", "" {
Default: ${keys[0]?.value ?? 0}
KeyVer: 4009
KeyTime: ${list(keys.map(({ at }) => Math.round(at * TICKS)))}
KeyValueFloat: ${list(keys.map(({ value }) => Math.fround(value)))}
KeyAttrFlags: ${list(keys.map(({ flags = 4 }) => flags))}
KeyAttrDataFloat: ${list(data)}
KeyAttrRefCount: ${list(keys.map(() => 1))}
${extra}}
`;
}

/** A curve node on a layer that drives a property of an object by up to three curves, with its connections. */
export function curveNode(
  id: number,
  of: number,
  name: string,
  curves: readonly (readonly Key[])[],
  {
    layer = 901,
    defaults = [0, 0, 0],
    extra = '',
  }: { layer?: number; defaults?: readonly number[]; extra?: string } = {},
): { objects: string; connections: string } {
  const axes = curves.length === 1 ? [name] : ['X', 'Y', 'Z'];
  const values = axes.map((axis, k) =>
    property(`d|${axis}`, 'Number', '', 'A', curves[k]?.[0]?.value ?? defaults[k] ?? 0),
  );
  const used = curves.map((keys, k) => [k, keys] as const).filter(([, keys]) => keys.length > 0);
  return {
    objects: `AnimationCurveNode: ${id}, "AnimCurveNode::${name.replace('Lcl ', '').slice(0, 1)}", "" {\nProperties70: {\n${values.join('')}}\n}\n${used.map(([k, keys]) => curve(id + 1 + k, keys, extra)).join('')}`,
    connections: `C: "OO",${id},${layer}\nC: "OP",${id},${of}, "${name}"\n${used.map(([k]) => `C: "OP",${id + 1 + k},${id}, "d|${axes[k]}"\n`).join('')}`,
  };
}
