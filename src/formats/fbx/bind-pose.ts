import type { Affine } from '../../math/affine.js';
import { type FbxDocument, type FbxId, idOf } from './document.js';
import type { SceneNodes } from './joints.js';
import { childNamed, type FbxNode, numbersOf } from './node.js';
import type { FileSettings } from './settings.js';

/**
 * World maps of joints in the file's bind pose, by node: from its `BindPose`, else from its skins' clusters.
 *
 * Joints that neither names are left out. Maps are in metres and canonical axes.
 */
export function bindPoses(
  document: FbxDocument,
  nodes: SceneNodes,
  settings: FileSettings,
): Map<number, Affine> {
  const nodeOfId = new Map(nodes.models.map((model, n) => [model.id, n]));
  const isJoint = new Set(nodes.joints);
  const out = new Map<number, Affine>();
  const note = (id: FbxId | undefined, matrix: FbxNode | undefined): void => {
    const n = id === undefined ? undefined : nodeOfId.get(id);
    const values = numbersOf(matrix);
    if (n === undefined || !isJoint.has(n) || out.has(n) || values.length !== 16) return;
    const affine = toCanonical(values, settings);
    if (affine.every(Number.isFinite)) out.set(n, affine);
  };
  for (const object of document.objects.values()) {
    if (object.kind !== 'Pose' || object.type !== 'BindPose') continue;
    for (const node of object.node.children) {
      if (node.name === 'PoseNode')
        note(idOf(childNamed(node, 'Node')?.values[0]), childNamed(node, 'Matrix'));
    }
  }
  for (const object of document.objects.values()) {
    if (object.kind !== 'Deformer' || object.type !== 'Cluster') continue;
    for (const { child } of document.childrenOf.get(object.id) ?? [])
      note(child, childNamed(object.node, 'TransformLink'));
  }
  return out;
}

/** A stored matrix has its columns one after another, four numbers each. */
function toCanonical(values: ArrayLike<number>, { axes, unitMetres }: FileSettings): Affine {
  const out = new Float64Array(12);
  for (let r = 0; r < 3; r++) {
    const { axis, sign } = axes[r];
    for (let c = 0; c < 3; c++) out[3 * c + r] = axes[c].sign * sign * values[4 * axes[c].axis + axis];
    out[9 + r] = sign * values[12 + axis] * unitMetres;
  }
  return out;
}
