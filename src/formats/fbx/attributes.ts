import type { Attribute, AttributeValue } from '../../clip/index.js';
import type { FbxObject, FbxProperty } from './document.js';
import { textOf } from './node.js';

/** What a user attached to joints; what stands above them counts as the file's own. */
export function readAttributes(
  models: readonly FbxObject[],
  jointNames: ReadonlyMap<FbxObject, string>,
): Attribute[] {
  return models.flatMap((model) =>
    [...model.properties].flatMap(([name, property]) => {
      const value = property.flags.includes('U') ? jsonValue(property) : undefined;
      return value === undefined ? [] : [{ joint: jointNames.get(model) ?? '', name, value }];
    }),
  );
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
