import type { Warning } from '../../errors.js';
import type { FbxDocument } from './document.js';

/** Objects that may move a skeleton in the program that made the file, and do not here. */
const MOVING_KINDS = new Set(['Constraint', 'Character', 'ControlSetPlug', 'CharacterPose']);
/** Skins give the bind pose and blend shapes their weights; other deformers are not looked at. */
const READ_DEFORMERS = new Set(['Skin', 'Cluster', 'BlendShape', 'BlendShapeChannel', '']);
const MOST_NAMED = 6;

/** One warning for each kind of object that is in the file and was not read, with the objects' names. */
export function warnOfPassedOver(document: FbxDocument): Warning[] {
  const names = new Map<string, string[]>();
  for (const { kind, type, name } of document.objects.values()) {
    const isDeformer = kind === 'Deformer' && !READ_DEFORMERS.has(type);
    if (!MOVING_KINDS.has(kind) && !isDeformer) continue;
    const label = isDeformer ? type : kind;
    names.set(label, [...(names.get(label) ?? []), name]);
  }
  return [...names].map(([kind, found]) => ({
    code: 'fbx/passed-over',
    message: `${found.length} object(s) of kind ${kind} were passed over (${listed(found)}); bake them into the skeleton if they move it.`,
  }));
}

/** A few names, and how many more there are. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).map((name) => `"${name}"`);
  return shown.join(', ') + (names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '');
}
