import { Document, NodeIO } from '@gltf-transform/core';
import { KHRDracoMeshCompression } from '@gltf-transform/extensions';
import draco3d from 'draco3dgltf';
import { expect, it } from 'vitest';
import { readScene } from '../../../src/formats/index.js';

it('a file that requires Draco for its meshes opens: meshes are not read', async () => {
  const document = new Document();
  const buffer = document.createBuffer();
  const accessor = (type: 'SCALAR' | 'VEC3', array: Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>) =>
    document.createAccessor().setType(type).setArray(array).setBuffer(buffer);
  const primitive = document
    .createPrimitive()
    .setAttribute('POSITION', accessor('VEC3', Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0)))
    .setIndices(accessor('SCALAR', Uint16Array.of(0, 1, 2, 2, 1, 3)));
  const node = document.createNode('slab').setMesh(document.createMesh().addPrimitive(primitive));
  document.createScene().addChild(node);
  const sampler = document
    .createAnimationSampler()
    .setInput(accessor('SCALAR', Float32Array.of(0, 1)))
    .setOutput(accessor('VEC3', Float32Array.of(0, 0, 0, 0, 2, 0)));
  document
    .createAnimation('rise')
    .addSampler(sampler)
    .addChannel(
      document.createAnimationChannel().setTargetNode(node).setTargetPath('translation').setSampler(sampler),
    );
  document.createExtension(KHRDracoMeshCompression).setRequired(true);
  const bytes = await new NodeIO()
    .registerExtensions([KHRDracoMeshCompression])
    .registerDependencies({ 'draco3d.encoder': await draco3d.createEncoderModule() })
    .writeBinary(document);
  const text = new TextDecoder().decode(bytes);
  expect(text).toContain('"extensionsRequired":["KHR_draco_mesh_compression"]');

  const scene = await readScene(bytes, { file: 'slab.glb' });
  const out = new Float64Array(12);
  scene.evaluate(0, 0.5, out);
  expect(out[10]).toBeCloseTo(1, 6);
  expect(scene.warnings).toEqual([]);
});
