import type { Accessor, Buffer, Document, Mesh, Node, Scene, TypedArray } from '@gltf-transform/core';
import { restWorldPose, type Skeleton } from '../../clip/index.js';
import { conjugate, quatAt, rotate } from '../../math/quat.js';
import { scale, vec3At } from '../../math/vec3.js';
import { makeProxyMesh } from './proxy-mesh.js';

/** A skeleton as nodes of a document. */
export interface WrittenSkeleton {
  readonly scene: Scene;
  /** [joints] */
  readonly nodes: readonly Node[];
}

/** Nodes of all joints in their rest pose, those without a parent in a scene. */
export function addSkeleton(document: Document, { joints }: Skeleton): WrittenSkeleton {
  const nodes = joints.map((joint) =>
    document
      .createNode(joint.name)
      .setTranslation([...joint.restTranslation])
      .setRotation([...joint.restRotation]),
  );
  const scene = document.createScene('Scene');
  document.getRoot().setDefaultScene(scene);
  joints.forEach(({ parent }, j) => {
    if (parent >= 0) nodes[parent].addChild(nodes[j]);
    else scene.addChild(nodes[j]);
  });
  return { scene, nodes };
}

/** Puts several roots below one node, which a skin asks for; gives how many there were. */
export function joinRoots(document: Document, { scene }: WrittenSkeleton): number {
  const roots = scene.listChildren();
  if (roots.length > 1) {
    const above = document.createNode('Armature');
    for (const root of roots) above.addChild(root);
    scene.addChild(above);
  }
  return roots.length;
}

/**
 * A skin on a proxy mesh beside the skeleton, with a morph target of no effect for every curve name: their
 * weights are the way in which programs take float curves from a GLB.
 *
 * Gives the node whose weights are the curves.
 */
export function addSkinnedProxy(
  document: Document,
  buffer: Buffer,
  skeleton: Skeleton,
  { scene, nodes }: WrittenSkeleton,
  curveNames: readonly string[],
): Node {
  const accessor = (type: 'SCALAR' | 'VEC3' | 'VEC4' | 'MAT4', array: TypedArray): Accessor =>
    document.createAccessor().setType(type).setArray(array).setBuffer(buffer);
  const shape = makeProxyMesh(restWorldPose(skeleton));
  const primitive = document
    .createPrimitive()
    .setAttribute('POSITION', accessor('VEC3', shape.positions))
    .setAttribute('JOINTS_0', accessor('VEC4', shape.joints))
    .setAttribute('WEIGHTS_0', accessor('VEC4', shape.weights))
    .setIndices(accessor('SCALAR', shape.indices));
  const mesh: Mesh = document.createMesh('Proxy').addPrimitive(primitive);
  if (curveNames.length > 0) {
    const nothing = accessor('VEC3', new Float32Array(shape.positions.length));
    for (const name of curveNames)
      primitive.addTarget(document.createPrimitiveTarget(name).setAttribute('POSITION', nothing));
    mesh.setWeights(curveNames.map(() => 0)).setExtras({ targetNames: [...curveNames] });
  }
  const skin = document
    .createSkin('Skeleton')
    .setInverseBindMatrices(accessor('MAT4', inverseBinds(skeleton)));
  for (const node of nodes) skin.addJoint(node);
  const proxy = document.createNode('Proxy').setMesh(mesh).setSkin(skin);
  scene.addChild(proxy);
  return proxy;
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
