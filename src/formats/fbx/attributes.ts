import type { Attribute, AttributeValue } from '../../clip/index.js';
import {
  type FbxDocument,
  type FbxObject,
  type FbxProperty,
  type Properties,
  readProperties,
} from './document.js';
import { channelKey } from './layers.js';
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
  const isMoved = (id: string, name: string): boolean =>
    takes.some(({ layers }) => layers.some(({ channels }) => channels.has(channelKey(id, name))));
  return [
    ...documentProperties(document).flatMap((properties) => userValues(properties, '')),
    ...models.flatMap((model) =>
      userValues(model.properties, jointNames.get(model) ?? '').filter(
        ({ name }) => !isMoved(model.id, name),
      ),
    ),
  ];
}

function documentProperties({ tree }: FbxDocument): Properties[] {
  return tree.nodes
    .filter((node) => node.name === 'Documents')
    .flatMap(({ children }) => children.filter((node) => node.name === 'Document'))
    .map((node) => readProperties(childNamed(node, 'Properties70')));
}

function userValues(properties: Properties, joint: string): Attribute[] {
  return [...properties].flatMap(([name, property]) => {
    const value = property.flags.includes('U') ? jsonValue(property) : undefined;
    return value === undefined ? [] : [{ joint, name, value }];
  });
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
