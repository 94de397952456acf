import { z } from 'zod';
import type { Attribute, AttributeValue } from '../../clip/index.js';
import type { Warning } from '../../errors.js';
import { nameList } from '../name-list.js';
import type { GltfJson } from './schema.js';

/** Deeper values are no notes of a person; a checker that follows them would run out of stack. */
const MOST_DEPTH = 32;
/** Extras that are no object are one attribute of this name. */
const WHOLE = 'extras';
/** Where Gaitway keeps what it reads back as something else. */
const OWN = 'gaitway';

/**
 * Attributes from the extras of a file: those of joints, and, with joint '', those of its scene, asset and
 * animations. Among the latter a name that stands for different values gets its place in front.
 *
 * `joints` are node indices, `names` what they are called here.
 */
export function readAttributes(
  gltf: GltfJson,
  joints: readonly number[],
  names: readonly string[],
): { attributes: Attribute[]; warnings: Warning[] } {
  const attributes: Attribute[] = [];
  const unread: string[] = [];
  const entriesOf = (extras: unknown, where: string): [string, AttributeValue][] => {
    if (extras === undefined) return [];
    const parsed = isDeeper(extras, MOST_DEPTH) ? undefined : z.json().safeParse(extras);
    if (!parsed?.success) {
      unread.push(where);
      return [];
    }
    const value: AttributeValue = parsed.data;
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.entries(value as Readonly<Record<string, AttributeValue>>)
      : [[WHOLE, value]];
  };
  joints.forEach((node, j) => {
    for (const [name, value] of entriesOf(gltf.nodes[node].extras, names[j]))
      attributes.push({ joint: names[j], name, value });
  });

  const ofFile = new Map<string, string>();
  const addToFile = (extras: unknown, where: string): void => {
    for (const [name, value] of entriesOf(extras, where)) {
      const text = JSON.stringify(value);
      if (ofFile.get(name) === text) continue;
      let unique = name;
      for (let n = 1; ofFile.has(unique); n++)
        unique = n === 1 ? `${where}.${name}` : `${where}.${name}_${n}`;
      ofFile.set(unique, text);
      attributes.push({ joint: '', name: unique, value });
    }
  };
  addToFile(gltf.scenes[gltf.scene ?? 0]?.extras, 'scene');
  addToFile(gltf.asset.extras, 'asset');
  gltf.animations.forEach(({ name, extras }, a) => {
    addToFile(withoutOwn(extras), name || `animation_${a}`);
  });

  const isJoint = new Set(joints);
  const others = gltf.nodes.flatMap(({ name, extras }, n) =>
    extras !== undefined && !isJoint.has(n) ? [name || `node ${n}`] : [],
  );
  return { attributes, warnings: warningsOf(unread, others) };
}

function warningsOf(unread: readonly string[], others: readonly string[]): Warning[] {
  const warnings: Warning[] = [];
  if (others.length > 0)
    warnings.push({
      code: 'gltf/extras-left-out',
      message: `Extras of nodes that are no joints are left out: ${nameList(others)}.`,
    });
  if (unread.length > 0)
    warnings.push({
      code: 'gltf/extras-unread',
      message: `Extras nested more than ${MOST_DEPTH} deep, or with numbers that are not finite, are left out: ${nameList(unread)}.`,
    });
  return warnings;
}

function withoutOwn(extras: unknown): unknown {
  if (extras === null || typeof extras !== 'object' || !Object.hasOwn(extras, OWN)) return extras;
  const others = Object.entries(extras).filter(([name]) => name !== OWN);
  return others.length > 0 ? Object.fromEntries(others) : undefined;
}

/** Whether a value nests deeper than `most`; itself it never goes deeper than that. */
function isDeeper(value: unknown, most: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  return most === 0 || Object.values(value).some((part) => isDeeper(part, most - 1));
}
