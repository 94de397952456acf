import {
  type Accessor,
  type Buffer,
  Document,
  type Node,
  type TypedArray,
  WebIO,
} from '@gltf-transform/core';
import { type Clip, frameTime, restWorldPose, type Skeleton, validateClip } from '../../clip/index.js';
import { GaitwayError, type Warning } from '../../errors.js';
import { conjugate, quatAt, rotate } from '../../math/quat.js';
import { scale, vec3At } from '../../math/vec3.js';
import { warnOfLeftOut } from '../left-out.js';
import type { WrittenFile } from '../written-file.js';
import { makeProxyMesh } from './proxy-mesh.js';

const MOST_JOINTS = 65_535;
/** Values that move by less (metres, quaternion parts) are written as one value held. */
const STANDS_STILL = 1e-9;

/**
 * Writes clips of one skeleton as a GLB: a skeleton, a skin on a tiny mesh, and one animation a clip.
 *
 * Every joint has tracks of translation, rotation and scale; those that stand still hold two keys. The exact
 * frame rate is kept in the animation's extras. Joint names stay as they are.
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
  const nodes = addSkeleton(document, buffer, skeleton, warnings);
  clips.forEach((clip, c) => {
    addAnimation(document, buffer, clip, clip.name || `clip_${c}`, nodes);
    warnings.push(...warnOfLeftOut(clip, 'GLB', ['curves', 'events', 'attributes', 'scales']));
  });
  return { bytes: await new WebIO().writeBinary(document), warnings, renamed: [] };
}

const isSameSkeleton = (a: Skeleton, b: Skeleton): boolean =>
  a.joints.length === b.joints.length &&
  a.joints.every((joint, j) => joint.name === b.joints[j].name && joint.parent === b.joints[j].parent);

/** Nodes of all joints under a scene, with a skin on a proxy mesh beside them. */
function addSkeleton(document: Document, buffer: Buffer, skeleton: Skeleton, warnings: Warning[]): Node[] {
  const { joints } = skeleton;
  const nodes = joints.map((joint) =>
    document
      .createNode(joint.name)
      .setTranslation([...joint.restTranslation])
      .setRotation([...joint.restRotation]),
  );
  const roots = joints.flatMap(({ parent }, j) => (parent < 0 ? [j] : []));
  joints.forEach(({ parent }, j) => {
    if (parent >= 0) nodes[parent].addChild(nodes[j]);
  });
  const scene = document.createScene('Scene');
  document.getRoot().setDefaultScene(scene);
  if (roots.length === 1) scene.addChild(nodes[roots[0]]);
  else {
    const above = document.createNode('Armature');
    for (const root of roots) above.addChild(nodes[root]);
    scene.addChild(above);
    warnings.push({
      code: 'gltf/roots-joined',
      message: `The skeleton has ${roots.length} roots; a skin wants one, so they stand below a node "Armature" in the file.`,
    });
  }

  const rest = restWorldPose(skeleton);
  const mesh = makeProxyMesh(rest);
  const accessor = (type: 'SCALAR' | 'VEC3' | 'VEC4' | 'MAT4', array: TypedArray): Accessor =>
    document.createAccessor().setType(type).setArray(array).setBuffer(buffer);
  const primitive = document
    .createPrimitive()
    .setAttribute('POSITION', accessor('VEC3', mesh.positions))
    .setAttribute('JOINTS_0', accessor('VEC4', mesh.joints))
    .setAttribute('WEIGHTS_0', accessor('VEC4', mesh.weights))
    .setIndices(accessor('SCALAR', mesh.indices));
  const skin = document
    .createSkin('Skeleton')
    .setInverseBindMatrices(accessor('MAT4', inverseBinds(skeleton)));
  for (const node of nodes) skin.addJoint(node);
  scene.addChild(
    document.createNode('Proxy').setMesh(document.createMesh('Proxy').addPrimitive(primitive)).setSkin(skin),
  );
  return nodes;
}

/** [joints, 16], column-major: the joint from the world in the rest pose. */
function inverseBinds(skeleton: Skeleton): Float32Array<ArrayBuffer> {
  const rest = restWorldPose(skeleton);
  const out = new Float32Array(16 * skeleton.joints.length);
  skeleton.joints.forEach((_, j) => {
    const inverse = conjugate(quatAt(rest.rotations, j));
    const columns = [
      rotate(inverse, [1, 0, 0]),
      rotate(inverse, [0, 1, 0]),
      rotate(inverse, [0, 0, 1]),
      scale(rotate(inverse, vec3At(rest.positions, j)), -1),
    ];
    columns.forEach((column, c) => {
      out.set(column, 16 * j + 4 * c);
    });
    out[16 * j + 15] = 1;
  });
  return out;
}

function addAnimation(
  document: Document,
  buffer: Buffer,
  clip: Clip,
  name: string,
  nodes: readonly Node[],
): void {
  const { frameCount, rate } = clip;
  const count = nodes.length;
  const times = (frames: readonly number[]): Accessor =>
    document
      .createAccessor()
      .setType('SCALAR')
      .setArray(Float32Array.from(frames, (frame) => frame * frameTime(rate)))
      .setBuffer(buffer);
  const everyFrame = times(Array.from({ length: frameCount }, (_, f) => f));
  const ends = frameCount > 1 ? times([0, frameCount - 1]) : everyFrame;
  const animation = document
    .createAnimation(name)
    .setExtras({ gaitway: { rate: [rate.numerator, rate.denominator] } });
  const track = (
    node: Node,
    path: 'translation' | 'rotation' | 'scale',
    values: Float32Array<ArrayBuffer>,
  ): void => {
    const size = path === 'rotation' ? 4 : 3;
    const still = standsStill(values, size);
    const kept =
      still && frameCount > 1
        ? Float32Array.from([...values.subarray(0, size), ...values.subarray(0, size)])
        : values;
    const sampler = document
      .createAnimationSampler()
      .setInput(kept.length / size === frameCount ? everyFrame : ends)
      .setOutput(
        document
          .createAccessor()
          .setType(size === 4 ? 'VEC4' : 'VEC3')
          .setArray(kept)
          .setBuffer(buffer),
      )
      .setInterpolation('LINEAR');
    animation
      .addSampler(sampler)
      .addChannel(
        document.createAnimationChannel().setTargetNode(node).setTargetPath(path).setSampler(sampler),
      );
  };
  nodes.forEach((node, j) => {
    const rotations = new Float32Array(4 * frameCount);
    const translations = new Float32Array(3 * frameCount);
    for (let f = 0; f < frameCount; f++) {
      const at = f * count + j;
      rotations.set(clip.rotations.subarray(4 * at, 4 * at + 4), 4 * f);
      translations.set(clip.translations.subarray(3 * at, 3 * at + 3), 3 * f);
    }
    track(node, 'translation', translations);
    track(node, 'rotation', rotations);
    track(node, 'scale', new Float32Array(3 * frameCount).fill(1));
  });
}

function standsStill(values: Float32Array, size: number): boolean {
  for (let i = size; i < values.length; i++)
    if (Math.abs(values[i] - values[i % size]) > STANDS_STILL) return false;
  return true;
}
