import { Document, WebIO } from '@gltf-transform/core';
import { type Clip, type Skeleton, validateClip } from '../../clip/index.js';
import { GaitwayError, type Warning } from '../../errors.js';
import { warnOfLeftOut } from '../left-out.js';
import type { WrittenFile } from '../written-file.js';
import { addAttributes } from './attribute-writer.js';
import { addSkeleton, addSkinnedProxy, joinRoots } from './skeleton-writer.js';
import { addAnimation, rowsOfJoint } from './track-writer.js';

const MOST_JOINTS = 65_535;

/**
 * Writes clips of one skeleton as a GLB: a skeleton, a skin on a tiny mesh, and one animation a clip.
 *
 * Every joint has tracks of translation, rotation and scale; those that stand still hold two keys. Curves are
 * weights of morph targets without effect, 0 in clips that lack one; attributes are extras of nodes and of the
 * scene; the exact frame rate and the events are in the animation's extras. Joint names stay as they are.
 *
 * @throws GaitwayError `gltf/no-clips`, `gltf/different-skeletons`, `gltf/too-many-joints`, or `clip/…`
 *   where a clip is not valid.
 */
export async function writeGlb(clips: readonly Clip[]): Promise<WrittenFile> {
  const [first] = clips;
  if (!first) throw new GaitwayError('gltf/no-clips', 'No clips were given; a GLB needs at least one.');
  for (const clip of clips) validateClip(clip);
  const { skeleton } = first;
  const other = clips.find((clip) => !isSameSkeleton(clip.skeleton, skeleton));
  if (other) {
    throw new GaitwayError(
      'gltf/different-skeletons',
      `The clips "${first.name}" and "${other.name}" have different skeletons; one GLB holds clips of one skeleton.`,
      { clips: [first.name, other.name] },
    );
  }
  if (skeleton.joints.length > MOST_JOINTS) {
    throw new GaitwayError(
      'gltf/too-many-joints',
      `The skeleton has ${skeleton.joints.length} joints; a GLB holds at most ${MOST_JOINTS}.`,
    );
  }

  const warnings: Warning[] = [];
  const document = new Document();
  document.getRoot().getAsset().generator = 'Gaitway';
  const buffer = document.createBuffer();
  const written = addSkeleton(document, skeleton);
  const rootCount = joinRoots(document, written);
  if (rootCount > 1) {
    warnings.push({
      code: 'gltf/roots-joined',
      message: `The skeleton has ${rootCount} roots; a skin wants one, so they stand below a node "Armature" in the file.`,
    });
  }
  const curveNames = [...new Set(clips.flatMap(({ curves }) => curves.map(({ name }) => name)))];
  const proxy = addSkinnedProxy(document, buffer, skeleton, written, curveNames);
  const { nodes, scene } = written;
  warnings.push(
    ...addAttributes(clips, new Map(skeleton.joints.map(({ name }, j) => [name, nodes[j]])), scene),
  );
  clips.forEach((clip, c) => {
    const name = clip.name || `clip_${c}`;
    const add = addAnimation(document, buffer, clip, name);
    nodes.forEach((node, j) => {
      add(node, 'translation', 3, rowsOfJoint(clip.translations, 3, nodes.length, j));
      add(node, 'rotation', 4, rowsOfJoint(clip.rotations, 4, nodes.length, j));
      add(node, 'scale', 3, new Float32Array(3 * clip.frameCount).fill(1));
    });
    if (curveNames.length > 0) add(proxy, 'weights', curveNames.length, weightsOf(clip, curveNames));
    warnings.push(...warnOfLeftOut(clip, 'GLB', ['scales']));
  });
  return { bytes: await new WebIO().writeBinary(document), warnings, renamed: [] };
}

const isSameSkeleton = (a: Skeleton, b: Skeleton): boolean =>
  a.joints.length === b.joints.length &&
  a.joints.every((joint, j) => joint.name === b.joints[j].name && joint.parent === b.joints[j].parent);

/** [frames, names]: the clip's curves by name, 0 for those that it lacks. */
function weightsOf({ curves, frameCount }: Clip, names: readonly string[]): Float32Array<ArrayBuffer> {
  const out = new Float32Array(frameCount * names.length);
  const byName = new Map(curves.map(({ name, values }) => [name, values]));
  names.forEach((name, c) => {
    byName.get(name)?.forEach((value, f) => {
      out[f * names.length + c] = value;
    });
  });
  return out;
}
