import { GaitwayError } from '../../errors.js';
import {
  childNamed,
  type FbxNode,
  type FbxTree,
  type FbxValue,
  NO_NODES,
  numberOf,
  OLDEST_VERSION,
  textOf,
} from './node.js';

/** A property of the Properties70 form, read from its node when it is asked for: a model has dozens. */
export class FbxProperty {
  constructor(private readonly stored: readonly FbxValue[]) {}

  /** `Number`, `bool`, `KString`, … */
  get type(): string {
    return textOf(this.stored[1]);
  }

  /** `A` animatable, `+` animated, `U` made by a user. */
  get flags(): string {
    return textOf(this.stored[3]);
  }

  get values(): readonly FbxValue[] {
    return this.stored.slice(4);
  }

  /** The value at a place as a number; NaN where it is none. */
  number(at = 0): number {
    return numberOf(this.stored[4 + at]);
  }
}
export type Properties = ReadonlyMap<string, FbxProperty>;

/** Ids are 64-bit integers: numbers where these hold them exactly. */
export type FbxId = number | bigint | string;

/** An object of the file: a model, a curve, a layer, … */
export class FbxObject {
  readonly name: string;
  /** `LimbNode`, `Null`, `Mesh`, `Skin`, … */
  readonly type: string;
  private read: Properties | undefined;

  constructor(
    readonly id: FbxId,
    readonly node: FbxNode,
  ) {
    this.name = plainName(textOf(node.values[1]));
    this.type = textOf(node.values[2]);
  }

  /** `Model`, `AnimationCurve`, … */
  get kind(): string {
    return this.node.name;
  }

  /** Read when they are first asked for: most objects are never asked. */
  get properties(): Properties {
    this.read ??= readProperties(childNamed(this.node, 'Properties70'));
    return this.read;
  }
}

/** `child` belongs to `parent`, or drives its property. */
export interface Connection {
  readonly child: FbxId;
  readonly parent: FbxId;
  /** Empty for object to object. */
  readonly property: string;
}

/** Objects, connections and settings of a file; the scene's root is the id `0`. */
export interface FbxDocument {
  readonly version: number;
  readonly tree: FbxTree;
  readonly objects: ReadonlyMap<FbxId, FbxObject>;
  readonly childrenOf: ReadonlyMap<FbxId, readonly Connection[]>;
  readonly parentsOf: ReadonlyMap<FbxId, readonly Connection[]>;
  readonly settings: Properties;
  /** A property of an object: its own, else its template's; nothing where neither has it. */
  property(object: FbxObject, name: string): FbxProperty | undefined;
}

export const ROOT_ID: FbxId = 0;

/**
 * Resolves a tree into objects and connections.
 *
 * @throws GaitwayError `fbx/too-old` before version 7.0, whose animation is stored in another way.
 */
export function resolveDocument(tree: FbxTree, file: string): FbxDocument {
  if (tree.version < OLDEST_VERSION) {
    const said = tree.version > 0 ? `version ${(tree.version / 1000).toFixed(1)}` : 'no version';
    throw new GaitwayError(
      'fbx/too-old',
      `${file} is FBX of ${said}; 7.0 or newer is wanted. In the exporter choose "FBX 2014" or newer (Blender: a version since 2.80; Autodesk's free FBX Converter turns old files into new ones).`,
      { file, version: tree.version },
    );
  }
  const section = (name: string): readonly FbxNode[] => {
    const [first, ...more] = tree.nodes.filter((node) => node.name === name);
    return more.length === 0
      ? (first?.children ?? NO_NODES)
      : [first, ...more].flatMap(({ children }) => children);
  };
  const templates = readTemplates(section('Definitions'));
  const objects = new Map<FbxId, FbxObject>();
  for (const node of section('Objects')) {
    const id = idOf(node.values[0]);
    if (id !== undefined && !objects.has(id)) objects.set(id, new FbxObject(id, node));
  }
  const childrenOf = new Map<FbxId, Connection[]>();
  const parentsOf = new Map<FbxId, Connection[]>();
  for (const { values } of section('Connections')) {
    const [kind, , , property] = values;
    const [child, parent] = [idOf(values[1]), idOf(values[2])];
    if (child === undefined || parent === undefined) continue;
    // PO and PP drive a property by a property; no animation that we read is stored so.
    if (kind !== 'OO' && kind !== 'OP') continue;
    const connection = { child, parent, property: kind === 'OP' ? textOf(property) : '' };
    push(childrenOf, connection.parent, connection);
    push(parentsOf, connection.child, connection);
  }
  const settings = tree.nodes.find((node) => node.name === 'GlobalSettings');
  return {
    version: tree.version,
    tree,
    objects,
    childrenOf,
    parentsOf,
    settings: readProperties(childNamed(settings, 'Properties70')),
    property: (object, name) => object.properties.get(name) ?? templates.get(object.kind)?.get(name),
  };
}

/** A value as an id; nothing where it cannot be one. */
export const idOf = (value: FbxValue | undefined): FbxId | undefined =>
  typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string' ? value : undefined;

function push<T>(map: Map<FbxId, T[]>, key: FbxId, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** `Hips\0\x01Model` (binary) and `Model::Hips` (ASCII) are both called Hips. */
function plainName(stored: string): string {
  const split = stored.indexOf('\0\x01');
  if (split >= 0) return stored.slice(0, split);
  const at = stored.indexOf('::');
  return at >= 0 ? stored.slice(at + 2) : stored;
}

const NO_PROPERTIES: Properties = new Map();

export function readProperties(node: FbxNode | undefined): Properties {
  if (!node) return NO_PROPERTIES;
  const out = new Map<string, FbxProperty>();
  for (const { name, values } of node.children)
    if (name === 'P') out.set(textOf(values[0]), new FbxProperty(values));
  return out;
}

/** Default properties by object kind. */
function readTemplates(definitions: readonly FbxNode[]): Map<string, Properties> {
  const out = new Map<string, Properties>();
  for (const node of definitions) {
    if (node.name !== 'ObjectType') continue;
    const template = childNamed(node, 'PropertyTemplate');
    if (template) out.set(textOf(node.values[0]), readProperties(childNamed(template, 'Properties70')));
  }
  return out;
}

/** The first value of a property as a number, or `otherwise`. */
export function numberProperty(
  document: FbxDocument,
  object: FbxObject,
  name: string,
  otherwise: number,
): number {
  const value = document.property(object, name)?.number();
  return value !== undefined && Number.isFinite(value) ? value : otherwise;
}

/** The first three values of a property, or `otherwise`. */
export function vectorProperty(
  document: FbxDocument,
  object: FbxObject,
  name: string,
  otherwise: readonly [number, number, number],
): [number, number, number] {
  const property = document.property(object, name);
  if (!property) return [otherwise[0], otherwise[1], otherwise[2]];
  const at = (i: 0 | 1 | 2): number => {
    const value = property.number(i);
    return Number.isFinite(value) ? value : otherwise[i];
  };
  return [at(0), at(1), at(2)];
}
