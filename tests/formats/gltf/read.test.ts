import { describe, expect, it } from 'vitest';
import { rateHz, type Scene } from '../../../src/clip/index.js';
import { readScene } from '../../../src/formats/index.js';
import { AFFINE_SIZE } from '../../../src/math/affine.js';
import { armGltf, gltfBytes, type Json } from './made-gltf.js';

const S = Math.SQRT1_2;
const read = (json: Json, resource?: (uri: string) => Promise<Uint8Array>): Promise<Scene> =>
  readScene(gltfBytes(json), { file: 'arm.gltf', ...(resource && { resource }) });

/** World place of the tip, a metre along the arm's x axis. */
function tipAt(scene: Scene, time: number, take = 0): number[] {
  const out = new Float64Array(AFFINE_SIZE * scene.skeleton.joints.length);
  scene.evaluate(take, time, out);
  return [...out.subarray(AFFINE_SIZE * 2 + 9, AFFINE_SIZE * 3)];
}

function expectPlace(found: readonly number[], wanted: readonly number[]): void {
  wanted.forEach((value, axis) => {
    expect(found[axis]).toBeCloseTo(value, 6);
  });
}

/** A quarter turn about z from second 1 to second 2. */
const QUARTER = { times: [1, 2], values: [0, 0, 0, 1, 0, 0, S, S] };

describe('interpolation', () => {
  it('LINEAR turns at constant speed and holds before the first and after the last key', async () => {
    const scene = await read(armGltf('rotation', QUARTER));
    expectPlace(tipAt(scene, 0), [1, 0.5, 0]);
    expectPlace(tipAt(scene, 1.5), [S, 0.5 + S, 0]);
    expectPlace(tipAt(scene, 7), [0, 1.5, 0]);
    expectPlace(tipAt(scene, 0, -1), [1, 0.5, 0]);
    expect(scene.takes[0]).toMatchObject({ name: 'move', duration: 2, frameCount: 61 });
  });

  it('STEP holds each key up to the next', async () => {
    const scene = await read(armGltf('rotation', { ...QUARTER, interpolation: 'STEP' }));
    expectPlace(tipAt(scene, 1.999), [1, 0.5, 0]);
    expectPlace(tipAt(scene, 2), [0, 1.5, 0]);
  });

  it('CUBICSPLINE follows its tangents', async () => {
    const values = [
      [0, 0, 0],
      [0, 0, 0],
      [4, 0, 0],
      [0, 0, 0],
      [1, 0, 0],
      [0, 0, 0],
    ].flat();
    const scene = await read(armGltf('translation', { times: [0, 2], values, interpolation: 'CUBICSPLINE' }));
    // Halfway: ½ of the way plus ⅛ of the leaving tangent over two seconds.
    expectPlace(tipAt(scene, 1), [1 + 0.5 + (4 * 2) / 8, 0, 0]);
    expectPlace(tipAt(scene, 2), [2, 0, 0]);
  });

  it('takes scale into account, the arm’s own and that of what stands above the joints', async () => {
    const json = armGltf('scale', { times: [0, 1], values: [1, 1, 1, 3, 3, 3] });
    (json.nodes as Json[]).push({
      name: 'Armature',
      scale: [0.01, 0.01, 0.01],
      rotation: [S, 0, 0, S],
      children: [0],
    });
    const scene = await read(json);
    expect(scene.skeleton.joints.map(({ name }) => name)).toEqual(['root', 'arm', 'tip']);
    expectPlace(tipAt(scene, 1), [0.03, 0, 0.005]);
    expectPlace(scene.skeleton.joints[2].restTranslation, [0.01, 0, 0]);
  });
});

describe('where numbers lie', () => {
  it('reads buffers beside the file through `resource` alone', async () => {
    let kept = new Uint8Array();
    const json = armGltf('rotation', QUARTER, (bytes) => {
      kept = Uint8Array.from(bytes);
      return { uri: 'arm.bin' };
    });
    expectPlace(
      tipAt(await read(json, async (uri) => (uri === 'arm.bin' ? kept : new Uint8Array())), 2),
      [0, 1.5, 0],
    );
    await expect(read(json)).rejects.toMatchObject({ code: 'gltf/missing-buffer' });
    await expect(read(json, async () => kept.subarray(4))).rejects.toMatchObject({ code: 'gltf/bad-buffer' });
  });

  it('reads sparse accessors and normalised whole numbers', async () => {
    const json = armGltf('rotation', { times: [0, 1], values: [0, 0, 0, 1, 0, 0, 0, 1] });
    const words = new Int16Array([1, 0, 0, 32767, 0]);
    const bytes = new Uint8Array(words.buffer);
    (json.buffers as Json[]).push({
      byteLength: bytes.length,
      uri: `data:;base64,${btoa(String.fromCharCode(...bytes))}`,
    });
    (json.bufferViews as Json[]).push(
      { buffer: 1, byteLength: 2 },
      { buffer: 1, byteOffset: 2, byteLength: 8 },
    );
    (json.accessors as Json[])[1] = {
      componentType: 5122,
      normalized: true,
      count: 2,
      type: 'VEC4',
      sparse: {
        count: 1,
        indices: { bufferView: 2, componentType: 5123 },
        values: { bufferView: 3 },
      },
    };
    // A half turn about z at key 1; key 0 has no bytes at all, so it is no turn.
    const scene = await read(json);
    expectPlace(tipAt(scene, 1), [-1, 0.5, 0]);
    expectPlace(tipAt(scene, 0), [1, 0.5, 0]);
  });

  it('does not look at pictures and meshes', async () => {
    const json = armGltf('rotation', QUARTER);
    json.images = [{ uri: 'not-there.png' }];
    json.meshes = [{ primitives: [{ attributes: { POSITION: 99 } }] }];
    json.extensionsRequired = ['KHR_draco_mesh_compression', 'KHR_texture_basisu'];
    expectPlace(tipAt(await read(json), 2), [0, 1.5, 0]);
  });
});

describe('humanoids', () => {
  it.each<[string, Json]>([
    ['VRM 1.0', { VRMC_vrm: { humanoid: { humanBones: { hips: { node: 0 }, leftHand: { node: 2 } } } } }],
    [
      'VRMA',
      { VRMC_vrm_animation: { humanoid: { humanBones: { hips: { node: 0 }, leftHand: { node: 2 } } } } },
    ],
    [
      'VRM 0.x',
      {
        VRM: {
          humanoid: {
            humanBones: [
              { bone: 'hips', node: 0 },
              { bone: 'leftHand', node: 2 },
            ],
          },
        },
      },
    ],
  ])('%s says which joint is which bone', async (_name, extensions) => {
    const { skins: _, ...json } = armGltf('rotation', QUARTER);
    const scene = await read({ ...json, extensions, extensionsUsed: Object.keys(extensions) });
    expect(scene.skeleton.joints.map(({ name }) => name)).toEqual(['root', 'arm', 'tip']);
    expect(scene.humanoid).toEqual({ hips: 0, leftHand: 2 });
  });
});

describe('rates', () => {
  it.each([24, 25, 30, 60, 120])('%i Hz is told from the keys', async (hz) => {
    const times = Array.from({ length: 2 * hz + 1 }, (_, f) => f / hz);
    const values = times.flatMap(() => [0, 0, 0, 1]);
    const [take] = (await read(armGltf('rotation', { times, values }))).takes;
    expect([rateHz(take.rate), take.frameCount]).toEqual([hz, 2 * hz + 1]);
  });

  it('assumes 30 Hz, and says so, where keys lie on no frames', async () => {
    const times = [0, 0.0123, 0.1777, 0.3391];
    const scene = await read(armGltf('rotation', { times, values: times.flatMap(() => [0, 0, 0, 1]) }));
    expect(rateHz(scene.takes[0].rate)).toBe(30);
    expect(scene.warnings.map(({ code }) => code)).toEqual(['gltf/rate-unsure']);
  });
});

describe('glTF files that are refused', () => {
  const withEdit = (edit: (json: Json) => void): Json => {
    const json = armGltf('rotation', QUARTER);
    edit(json);
    return json;
  };
  it.each<[string, string, Json]>([
    [
      'an extension that nobody knows',
      'gltf/unknown-extension',
      withEdit((j) => {
        j.extensionsRequired = ['ACME_motion'];
      }),
    ],
    [
      'glTF 1',
      'gltf/old-version',
      withEdit((j) => {
        j.asset = { version: '1.0' };
      }),
    ],
    [
      'compression that says nothing',
      'gltf/bad-view',
      withEdit((j) => {
        (j.bufferViews as Json[])[1].extensions = { EXT_meshopt_compression: {} };
      }),
    ],
    [
      'nodes above themselves',
      'gltf/bad-nodes',
      withEdit((j) => {
        (j.nodes as Json[])[2].children = [1];
        (j.nodes as Json[])[0].children = [];
      }),
    ],
    [
      'a node with two parents',
      'gltf/bad-nodes',
      withEdit((j) => {
        (j.nodes as Json[])[0].children = [1, 2];
      }),
    ],
    [
      'a joint that is not there',
      'gltf/bad-nodes',
      withEdit((j) => {
        j.skins = [{ joints: [9] }];
      }),
    ],
    [
      'numbers beyond their buffer',
      'gltf/bad-accessor',
      withEdit((j) => {
        for (const accessor of j.accessors as Json[]) accessor.count = 1_000_000;
      }),
    ],
    [
      'billions of zeros',
      'gltf/bad-accessor',
      withEdit((j) => {
        (j.accessors as Json[])[0] = { componentType: 5126, count: 1 << 24, type: 'SCALAR' };
        (j.accessors as Json[])[1] = { componentType: 5126, count: 1 << 24, type: 'VEC4' };
      }),
    ],
    [
      'fewer values than keys',
      'gltf/bad-animation',
      withEdit((j) => {
        (j.accessors as Json[])[1].count = 1;
      }),
    ],
    [
      'a channel of a sampler that is not there',
      'gltf/bad-animation',
      withEdit((j) => {
        ((j.animations as Json[])[0].channels as Json[])[0].sampler = 9;
      }),
    ],
    [
      'a channel of a node that is not there',
      'gltf/bad-nodes',
      withEdit((j) => {
        (((j.animations as Json[])[0].channels as Json[])[0].target as Json).node = 9;
      }),
    ],
    ['keys out of order', 'gltf/bad-animation', armGltf('rotation', { ...QUARTER, times: [2, 1] })],
    [
      'keys that are no numbers',
      'gltf/bad-animation',
      armGltf('rotation', { ...QUARTER, values: [0, 0, Number.NaN, 1, 0, 0, 0, 1] }),
    ],
    ['nothing that moves', 'gltf/no-joints', { asset: { version: '2.0' }, nodes: [{}] }],
    ['JSON of something else', 'gltf/bad-json', { hello: 'world' }],
    [
      'children that are words',
      'gltf/bad-json',
      withEdit((j) => {
        (j.nodes as Json[])[0].children = ['arm'];
      }),
    ],
  ])('%s', async (_name, code, json) => {
    await expect(read(json)).rejects.toMatchObject({ code });
  });

  it('a GLB that was cut off, and one of another version', async () => {
    const glb = new Uint8Array(32);
    glb.set(new TextEncoder().encode('glTF'));
    const view = new DataView(glb.buffer);
    view.setUint32(4, 2, true);
    view.setUint32(12, 4000, true);
    view.setUint32(16, 0x4e4f534a, true);
    await expect(readScene(glb, { file: 'x' })).rejects.toMatchObject({ code: 'gltf/bad-container' });
    view.setUint32(4, 1, true);
    await expect(readScene(glb, { file: 'x' })).rejects.toMatchObject({ code: 'gltf/bad-container' });
    await expect(readScene(glb.subarray(0, 8), { file: 'x' })).rejects.toMatchObject({
      code: 'gltf/bad-container',
    });
  });
});
