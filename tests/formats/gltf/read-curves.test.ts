import { describe, expect, it } from 'vitest';
import { bake, type Scene } from '../../../src/clip/index.js';
import { readScene } from '../../../src/formats/index.js';
import { armGltf, gltfBytes, type Json } from './made-gltf.js';

const read = (json: Json): Promise<Scene> => readScene(gltfBytes(json), { file: 'head.gltf' });
const NO_TURN = { times: [0, 1], values: [0, 0, 0, 1, 0, 0, 0, 1] };

/** Adds numbers to a glTF and gives their accessor. */
function addNumbers(json: Json, numbers: readonly number[], type = 'SCALAR'): number {
  const bytes = new Uint8Array(Float32Array.from(numbers).buffer);
  const uri = `data:;base64,${Buffer.from(bytes).toString('base64')}`;
  const buffer = (json.buffers as Json[]).push({ byteLength: bytes.length, uri }) - 1;
  const bufferView = (json.bufferViews as Json[]).push({ buffer, byteLength: bytes.length }) - 1;
  const count = type === 'VEC3' ? numbers.length / 3 : numbers.length;
  return (json.accessors as Json[]).push({ bufferView, componentType: 5126, count, type }) - 1;
}

interface Face {
  readonly name: string;
  readonly targets: number;
  readonly targetNames?: readonly unknown[];
  readonly weights: readonly number[];
  readonly interpolation?: string;
}

/** An arm with meshes beside it whose morph weights are keyed at 0 and 1 seconds. */
function facesGltf(faces: readonly Face[]): Json {
  const json = armGltf('rotation', NO_TURN);
  json.meshes = faces.map(({ targets, targetNames }) => ({
    primitives: [{ attributes: {}, targets: new Array(targets).fill({}) }],
    ...(targetNames && { extras: { targetNames } }),
  }));
  const [animation] = json.animations as { channels: Json[]; samplers: Json[] }[];
  faces.forEach(({ name, weights, interpolation }, mesh) => {
    const node = (json.nodes as Json[]).push({ name, mesh }) - 1;
    const sampler = { input: 0, output: addNumbers(json, weights), ...(interpolation && { interpolation }) };
    animation.channels.push({
      sampler: animation.samplers.push(sampler) - 1,
      target: { node, path: 'weights' },
    });
  });
  return json;
}

function valuesAt(scene: Scene, time: number): Record<string, number> {
  const { curveNames } = scene.takes[0];
  const out = new Float64Array(curveNames.length);
  scene.evaluateCurves?.(0, time, out);
  return Object.fromEntries(curveNames.map((name, c) => [name, out[c]]));
}

describe('morph weights', () => {
  it('are curves named by the mesh, or by node and number', async () => {
    const scene = await read(
      facesGltf([
        { name: 'head', targets: 2, targetNames: ['jawOpen', 'smile'], weights: [0, 1, 0.5, 0] },
        { name: 'tail', targets: 2, targetNames: ['wag', 7], weights: [0, 0, 1, 2] },
      ]),
    );
    expect(valuesAt(scene, 0.5)).toEqual({ jawOpen: 0.25, smile: 0.5, wag: 0.5, 'tail.1': 1 });
    expect(valuesAt(scene, 9)).toEqual({ jawOpen: 0.5, smile: 0, wag: 1, 'tail.1': 2 });
    expect(scene.skeleton.joints.map(({ name }) => name)).toEqual(['root', 'arm', 'tip']);
    expect(scene.warnings).toEqual([]);
    const clip = bake(scene);
    expect(clip.curves[0].values[15]).toBeCloseTo(0.25, 6);
  });

  it('are one curve where several meshes share name and keys, else told apart by the node', async () => {
    const scene = await read(
      facesGltf([
        { name: 'head', targets: 1, targetNames: ['jawOpen'], weights: [0, 1] },
        { name: 'teeth', targets: 1, targetNames: ['jawOpen'], weights: [0, 1] },
        { name: 'beard', targets: 1, targetNames: ['jawOpen'], weights: [0, 0.5] },
        { name: 'beard', targets: 1, targetNames: ['jawOpen'], weights: [0, 0.75] },
      ]),
    );
    expect(valuesAt(scene, 1)).toEqual({ jawOpen: 1, 'beard.jawOpen': 0.5, 'beard.jawOpen_2': 0.75 });
  });

  it('follow splines and steps', async () => {
    // In-tangents, values and out-tangents of both targets, for each of two keys.
    const spline = [0, 0, 0, 1, 4, 0, 0, 0, 1, 1, 0, 0];
    const scene = await read(
      facesGltf([
        { name: 'a', targets: 2, weights: spline, interpolation: 'CUBICSPLINE' },
        { name: 'b', targets: 1, weights: [3, 5], interpolation: 'STEP' },
      ]),
    );
    // Halfway: ½ of the way plus ⅛ of the leaving tangent.
    expect(valuesAt(scene, 0.5)).toEqual({ 'a.0': 1, 'a.1': 1, 'b.0': 3 });
  });

  it('alone make a clip, in a file without a skeleton too', async () => {
    const json = facesGltf([{ name: 'cube', targets: 1, weights: [0, 1] }]);
    const [animation] = json.animations as { channels: Json[] }[];
    animation.channels = [animation.channels[1]];
    const withSkin = await read(json);
    expect(withSkin.takes[0]).toMatchObject({ duration: 1, frameCount: 31, curveNames: ['cube.0'] });
    expect(withSkin.skeleton.joints).toHaveLength(3);
    const { skins: _, ...bare } = json;
    expect((await read(bare)).skeleton.joints.map(({ name }) => name)).toEqual(['cube']);
  });

  it('are refused where keys and targets do not fit, and left out by name without targets', async () => {
    await expect(read(facesGltf([{ name: 'head', targets: 3, weights: [0, 1] }]))).rejects.toMatchObject({
      code: 'gltf/bad-animation',
      data: { path: 'weights' },
    });
    const scene = await read(facesGltf([{ name: 'stone', targets: 0, weights: [0, 1] }]));
    expect(scene.warnings).toMatchObject([{ code: 'gltf/weights-left-out' }]);
    expect(scene.warnings[0].message).toContain('stone');
  });
});

describe('what a VRMA animates besides bones', () => {
  const vrma = (): Json => {
    const json = armGltf('rotation', NO_TURN);
    const nodes = json.nodes as Json[];
    const happy = nodes.push({ name: 'h' }) - 1;
    const jaw = nodes.push({ name: 'j' }) - 1;
    const gaze = nodes.push({ name: 'eyes' }) - 1;
    const [animation] = json.animations as { channels: Json[]; samplers: Json[] }[];
    const weight = addNumbers(json, [0, 8, 9, 1, 8, 9], 'VEC3');
    const sampler = animation.samplers.push({ input: 0, output: weight }) - 1;
    for (const node of [happy, jaw])
      animation.channels.push({ sampler, target: { node, path: 'translation' } });
    animation.channels.push({ sampler: 0, target: { node: gaze, path: 'rotation' } });
    json.extensions = {
      VRMC_vrm_animation: {
        specVersion: '1.0',
        humanoid: { humanBones: { hips: { node: 0 } } },
        expressions: { preset: { happy: { node: happy } }, custom: { 'my jaw': { node: jaw } } },
        lookAt: { node: gaze },
      },
    };
    return json;
  };

  it('expressions are curves, and the gaze is left out by name', async () => {
    const scene = await read(vrma());
    expect(valuesAt(scene, 0.25)).toEqual({ happy: 0.25, 'my jaw': 0.25 });
    expect(scene.skeleton.joints.map(({ name }) => name)).toEqual(['root', 'arm', 'tip']);
    expect(scene.warnings).toMatchObject([{ code: 'gltf/look-at-left-out' }]);
    expect(scene.warnings[0].message).toContain('eyes');
  });

  it('a damaged extension leaves plain nodes', async () => {
    const json = vrma();
    (json.extensions as { VRMC_vrm_animation: Json }).VRMC_vrm_animation.expressions = 'none';
    expect((await read(json)).takes[0].curveNames).toEqual([]);
  });
});

it('pointers of KHR_animation_pointer and unknown paths are left out, once a kind and by name', async () => {
  const json = armGltf('rotation', NO_TURN);
  const [animation] = json.animations as { channels: Json[] }[];
  for (const pointer of ['/materials/0/alphaCutoff', '/nodes/1/scale'])
    animation.channels.push({
      sampler: 0,
      target: { path: 'pointer', extensions: { KHR_animation_pointer: { pointer } } },
    });
  animation.channels.push({ sampler: 0, target: { node: 0, path: 'colour' } });
  const { warnings } = await read(json);
  expect(warnings.map(({ code }) => code)).toEqual(['gltf/pointer-left-out', 'gltf/track-left-out']);
  expect(warnings[0].message).toContain('/materials/0/alphaCutoff, /nodes/1/scale');
  expect(warnings[1].message).toContain('"colour"');
});
