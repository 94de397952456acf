import { type FbxDocument, type FbxId, type FbxObject, ROOT_ID } from './document.js';
import type { FbxTake } from './takes.js';

/** Models on the way from the scene's root to its joints, parent first. */
export interface SceneNodes {
  readonly models: readonly FbxObject[];
  /** Index into `models`; −1 for the scene's root. */
  readonly parents: readonly number[];
  /** Indices into `models` of the joints, parent first. */
  readonly joints: readonly number[];
}

const JOINT_TYPES = new Set(['LimbNode', 'Limb', 'Root', 'Effector']);

/**
 * Finds the joints of a file: limb nodes and whatever a skin is bound to; in files without any, the models
 * that are animated, and those above them that are animated too.
 *
 * Connections may form cycles; a model is visited once.
 */
export function findJoints(document: FbxDocument, takes: readonly FbxTake[]): SceneNodes {
  const bound = modelsOfSkins(document);
  const isModel = (object: FbxObject | undefined): object is FbxObject => object?.kind === 'Model';
  let wanted = new Set(
    [...document.objects.values()]
      .filter((object) => isModel(object) && (JOINT_TYPES.has(object.type) || bound.has(object.id)))
      .map((object) => object.id),
  );
  if (wanted.size === 0) wanted = animatedModels(takes);

  const models: FbxObject[] = [];
  const parents: number[] = [];
  const visited = new Set<FbxId>();
  const visit = (id: FbxId, parent: number): void => {
    // A stack of its own: a file may nest deeper than the call stack allows.
    const waiting: [FbxId, number][] = [[id, parent]];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [childId, above] = next;
      const object = document.objects.get(childId);
      if (!isModel(object) || visited.has(childId)) continue;
      visited.add(childId);
      const index = models.push(object) - 1;
      parents.push(above);
      const children = (document.childrenOf.get(childId) ?? []).filter(
        (connection) => connection.property === '',
      );
      for (const { child } of [...children].reverse()) waiting.push([child, index]);
    }
  };
  for (const { child, property } of document.childrenOf.get(ROOT_ID) ?? [])
    if (property === '') visit(child, -1);
  // Models that hang on nothing, or in a cycle, stand under the root.
  for (const id of wanted) visit(id, -1);

  const needed = new Set<number>();
  const joints: number[] = [];
  models.forEach((model, index) => {
    if (!wanted.has(model.id)) return;
    joints.push(index);
    for (let at = index; at >= 0 && !needed.has(at); at = parents[at] as number) needed.add(at);
  });
  return keepOnly(models, parents, joints, needed);
}

function keepOnly(
  models: readonly FbxObject[],
  parents: readonly number[],
  joints: readonly number[],
  needed: ReadonlySet<number>,
): SceneNodes {
  const renumbered = new Map<number, number>();
  const kept: FbxObject[] = [];
  models.forEach((model, index) => {
    if (needed.has(index)) renumbered.set(index, kept.push(model) - 1);
  });
  return {
    models: kept,
    parents: [...renumbered.keys()].map((index) => renumbered.get(parents[index] as number) ?? -1),
    joints: joints.map((index) => renumbered.get(index) as number),
  };
}

/** Ids of the models that clusters of skins are bound to. */
function modelsOfSkins(document: FbxDocument): Set<FbxId> {
  const out = new Set<FbxId>();
  for (const object of document.objects.values()) {
    if (object.kind !== 'Deformer' || object.type !== 'Cluster') continue;
    for (const { child } of document.childrenOf.get(object.id) ?? []) {
      if (document.objects.get(child)?.kind === 'Model') out.add(child);
    }
  }
  return out;
}

function animatedModels(takes: readonly FbxTake[]): Set<FbxId> {
  const out = new Set<FbxId>();
  for (const { layers } of takes) {
    for (const { channels } of layers) {
      for (const [id, ofObject] of channels)
        if ([...ofObject.keys()].some((property) => property.startsWith('Lcl '))) out.add(id);
    }
  }
  return out;
}
