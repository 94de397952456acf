import type { Attribute, AttributeValue, Clip } from '../../clip/index.js';
import type { Warning } from '../../errors.js';
import { int, type WrittenNode } from './encode-binary.js';
import { holdableName, numbered } from './holdable-names.js';
import { builtInModelProperties } from './write-definitions.js';
import { property } from './write-settings.js';

/** What clips attach to their joints and to themselves, as user properties. */
export interface UserProperties {
  readonly ofJoints: readonly (readonly WrittenNode[])[];
  readonly ofFile: readonly WrittenNode[];
  /** Of each clip, the properties of the first joint that its curves drive, in the curves' order. */
  readonly driven: readonly (readonly string[])[];
  readonly warnings: readonly Warning[];
}

/**
 * Curves become animatable numbers on the first joint, attributes plain properties of their joint or of the file.
 *
 * Clips share the properties of equal name; an attribute with two values keeps the first. A name that is
 * taken, by a property of every model or by a curve, gets a number. All of that is told.
 */
export function userProperties(clips: readonly Clip[]): UserProperties {
  const joints = clips[0].skeleton.joints;
  const ofJoints: WrittenNode[][] = joints.map(() => []);
  const ofFile: WrittenNode[] = [];
  const warnings: Warning[] = [];
  const taken = joints.map(() => new Set(builtInModelProperties));
  const defaults = new Map<string, number>();
  const driven = clips.map(({ curves }) => {
    const own = new Set(builtInModelProperties);
    return curves.map(({ name, values }) => {
      const stored = numbered(own, holdableName(name));
      if (!defaults.has(stored)) defaults.set(stored, values[0]);
      if (stored !== name) warnings.push(renamed('curve', name, stored));
      return stored;
    });
  });
  for (const [name, value] of defaults) {
    taken[0].add(name);
    ofJoints[0].push(property(name, 'Number', '', 'A+U', value));
  }
  const fileNames = new Set<string>();
  const asText: string[] = [];
  for (const { joint, name, value } of distinctAttributes(clips, warnings)) {
    const j = joints.findIndex((other) => other.name === joint);
    const stored = numbered(j < 0 ? fileNames : taken[j], holdableName(name));
    if (stored !== name) warnings.push(renamed('attribute', labelOf(joint, name), stored));
    const typed = typedProperty(stored, value);
    if (!typed) asText.push(labelOf(joint, name));
    (j < 0 ? ofFile : ofJoints[j]).push(typed ?? property(stored, 'KString', '', 'U', JSON.stringify(value)));
  }
  if (asText.length > 0) {
    warnings.push({
      code: 'fbx/attribute-as-text',
      message: `FBX has no type for the value of ${asText.join(', ')}; JSON text is written instead.`,
    });
  }
  return { ofJoints, ofFile, driven, warnings };
}

const labelOf = (joint: string, name: string): string => (joint ? `${joint}.${name}` : name);

function renamed(kind: 'curve' | 'attribute', from: string, to: string): Warning {
  return {
    code: `fbx/${kind}-renamed`,
    message: `The name of the ${kind} "${from}" is taken in FBX or cannot be held; it is called "${to}" in the file.`,
  };
}

function distinctAttributes(clips: readonly Clip[], warnings: Warning[]): Attribute[] {
  const kept = new Map<string, Attribute>();
  for (const clip of clips) {
    for (const attribute of clip.attributes) {
      const key = JSON.stringify([attribute.joint, attribute.name]);
      const first = kept.get(key);
      if (!first) kept.set(key, attribute);
      else if (JSON.stringify(first.value) !== JSON.stringify(attribute.value)) {
        warnings.push({
          code: 'fbx/attribute-differs',
          message: `"${clip.name}" has another value of ${labelOf(attribute.joint, attribute.name)} than a clip before it; an FBX file holds one, the first. Write the clip to a file of its own to keep it.`,
        });
      }
    }
  }
  return [...kept.values()];
}

/** A property of the value's own type; nothing where FBX has none. */
function typedProperty(name: string, value: AttributeValue): WrittenNode | undefined {
  switch (typeof value) {
    case 'boolean':
      return property(name, 'bool', '', 'U', int(Number(value)));
    case 'number':
      return Object.is(value | 0, value)
        ? property(name, 'int', 'Integer', 'U', int(value))
        : property(name, 'Number', '', 'U', value);
    case 'string':
      return property(name, 'KString', '', 'U', value);
    default:
      return isVector(value) ? property(name, 'Vector3D', 'Vector', 'U', ...value) : undefined;
  }
}

const isVector = (value: AttributeValue): value is readonly number[] =>
  Array.isArray(value) && value.length === 3 && value.every((part) => typeof part === 'number');
