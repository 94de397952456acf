import type { Node, Scene } from '@gltf-transform/core';
import type { Attribute, AttributeValue, Clip } from '../../clip/index.js';
import type { Warning } from '../../errors.js';
import { nameList } from '../name-list.js';

/**
 * Writes the attributes of all clips as extras of nodes and, those of the file, of the scene.
 *
 * One place holds one value of a name: where clips differ the first one stays, and the others are named in a
 * warning, as are those of joints that are not there.
 */
export function addAttributes(
  clips: readonly Clip[],
  nodes: ReadonlyMap<string, Node>,
  scene: Scene,
): Warning[] {
  const written = new Map<string, Map<string, AttributeValue>>();
  const lost: string[] = [];
  for (const { attributes } of clips) {
    for (const { joint, name, value } of attributes) {
      const own = written.get(joint) ?? new Map<string, AttributeValue>();
      const isKept = (joint === '' || nodes.has(joint)) && holds(own, name, value);
      if (!isKept) lost.push(joint ? `${joint}.${name}` : name);
      else written.set(joint, own.set(name, value));
    }
  }
  for (const [joint, own] of written) {
    const extras: Record<string, unknown> = Object.fromEntries(own);
    if (joint === '') scene.setExtras(extras);
    else nodes.get(joint)?.setExtras(extras);
  }
  return lost.length === 0
    ? []
    : [
        {
          code: 'glb/attributes-left-out',
          message: `A GLB holds one value of an attribute for all its clips, on joints that it has; left out: ${nameList(lost)}.`,
        },
      ];
}

/** Whether a name is still free, or stands for the same value already. */
const holds = (own: ReadonlyMap<string, AttributeValue>, name: string, value: Attribute['value']): boolean =>
  !own.has(name) || JSON.stringify(own.get(name)) === JSON.stringify(value);
