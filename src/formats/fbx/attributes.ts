import type { Attribute, AttributeValue } from '../../clip/index.js';
import {
  type FbxDocument,
  type FbxId,
  type FbxObject,
  type FbxProperty,
  type Properties,
  readProperties,
} from './document.js';
import { childNamed, textOf } from './node.js';
import type { FbxTake } from './takes.js';

/**
 * What a user attached to joints and to the document; what stands above joints counts as the file's own.
 *
 * A property that a take moves is a float curve and no attribute.
 */
export function readAttributes(
  document: FbxDocument,
  models: readonly FbxObject[],
  jointNames: ReadonlyMap<FbxObject, string>,
  takes: readonly FbxTake[],
): Attribute[] {
  const isMoved = (id: FbxId, name: string): boolean =>
    takes.some(({ layers }) => layers.some(({ channels }) => channels.get(id)?.has(name)));
  const out: Attribute[] = [];
  for (const properties of documentProperties(document)) addUserValues(properties, '', out);
  for (const model of models)
    addUserValues(model.properties, jointNames.get(model) ?? '', out, (name) => isMoved(model.id, name));
  return out;
}

function documentProperties({ tree }: FbxDocument): Properties[] {
  return tree.nodes
    .filter((node) => node.name === 'Documents')
    .flatMap(({ children }) => children.filter((node) => node.name === 'Document'))
    .map((node) => readProperties(childNamed(node, 'Properties70')));
}

function addUserValues(
  properties: Properties,
  joint: string,
  out: Attribute[],
  isLeftOut: (name: string) => boolean = () => false,
): void {
  for (const [name, property] of properties) {
    if (!property.flags.includes('U') || isLeftOut(name)) continue;
    const value = jsonValue(property);
    if (value !== undefined) out.push({ joint, name, value });
  }
}

/** A property's value as JSON has it; nothing for blobs and references. */
function jsonValue({ type, values }: FbxProperty): AttributeValue | undefined {
  if (values.some((value) => typeof value === 'object')) return undefined;
  if (values.length === 0) return undefined;
  const plain = values.map((value): AttributeValue => {
    if (typeof value === 'string') return textOf(value);
    return type.toLowerCase() === 'bool' ? Number(value) !== 0 : Number(value);
  });
  return plain.length === 1 ? plain[0] : plain;
}
