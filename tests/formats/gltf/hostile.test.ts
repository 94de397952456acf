import { describe, expect, it } from 'vitest';
import { GaitwayError } from '../../../src/errors.js';
import { readScene } from '../../../src/formats/index.js';
import { armGltf, gltfBytes, type Json } from './made-gltf.js';

const QUARTER = { times: [0, 1], values: [0, 0, 0, 1, 0, 0, 0.6, 0.8] };
const read = (json: Json) => readScene(gltfBytes(json), { file: 'bad.gltf' });

function edited(edit: (json: Record<string, Json[]>) => void): Json {
  const json = armGltf('rotation', QUARTER);
  edit(json as Record<string, Json[]>);
  return json;
}

/** Most bytes that reading took besides what was there, while `work` ran. */
async function bytesTaken(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().arrayBuffers;
  await work();
  return process.memoryUsage().arrayBuffers - before;
}

describe('numbers that lie', () => {
  it.each<[string, string, Json]>([
    [
      'many accessors over the same bytes',
      'gltf/bad-accessor',
      edited((j) => {
        const big = 1 << 20;
        const zeros = { componentType: 5126, count: big };
        j.accessors = Array.from({ length: 400 }, (_, i) =>
          i === 0 ? { ...zeros, type: 'SCALAR' } : { ...zeros, type: 'VEC4' },
        );
        j.animations = [
          {
            samplers: Array.from({ length: 399 }, (_, i) => ({ input: 0, output: i + 1 })),
            channels: Array.from({ length: 399 }, (_, i) => ({
              sampler: i,
              target: { node: 1, path: 'rotation' },
            })),
          } as unknown as Json,
        ];
      }),
    ],
    [
      'keys that are not there',
      'gltf/bad-animation',
      edited((j) => {
        j.accessors[0].count = 0;
        j.accessors[1].count = 0;
      }),
    ],
    [
      'an accessor number that is none',
      'gltf/bad-accessor',
      edited((j) => {
        Object.assign((j.animations[0].samplers as Json[])[0], { input: 77 });
      }),
    ],
    [
      'a buffer view that is not there',
      'gltf/bad-accessor',
      edited((j) => {
        j.accessors[1].bufferView = 77;
      }),
    ],
    [
      'a view beyond its buffer',
      'gltf/bad-view',
      edited((j) => {
        j.bufferViews[1].byteOffset = 4_000_000_000;
      }),
    ],
    [
      'a buffer that is not there',
      'gltf/missing-buffer',
      edited((j) => {
        j.bufferViews[1].buffer = 9;
      }),
    ],
    [
      'a buffer that announces more than its data address holds',
      'gltf/bad-buffer',
      edited((j) => {
        j.buffers[0].byteLength = 4_000_000_000;
      }),
    ],
    [
      'a data address that is none',
      'gltf/bad-buffer',
      edited((j) => {
        j.buffers[0].uri = 'data:application/octet-stream;base64';
      }),
    ],
    [
      'a data address with letters that base64 lacks',
      'gltf/bad-buffer',
      edited((j) => {
        j.buffers[0].uri = 'data:application/octet-stream;base64,@@@@@@@@@@@@@@@@@@@@@@';
      }),
    ],
    [
      'a sparse place beyond the end',
      'gltf/bad-accessor',
      edited((j) => {
        j.bufferViews.push({ buffer: 0, byteOffset: 4, byteLength: 4 });
        j.accessors[1].sparse = {
          count: 1,
          indices: { bufferView: 2, componentType: 5125 },
          values: { bufferView: 1 },
        };
      }),
    ],
    [
      'a type of numbers that nobody knows',
      'gltf/bad-accessor',
      edited((j) => {
        Object.assign(j.accessors[1], { componentType: 5130 });
      }),
    ],
    [
      'a rotation that is not finite',
      'gltf/bad-json',
      JSON.parse(JSON.stringify(armGltf('rotation', QUARTER)).replace('[0,0.5,0]', '[0,1e999,0]')) as Json,
    ],
    [
      'a time that is not finite',
      'gltf/bad-animation',
      armGltf('rotation', { ...QUARTER, times: [0, Infinity] }),
    ],
    [
      'an interpolation that nobody knows',
      'gltf/bad-animation',
      armGltf('rotation', { ...QUARTER, interpolation: 'SQUARE' }),
    ],
  ])('%s', async (_what, code, json) => {
    let error: unknown;
    const taken = await bytesTaken(async () => {
      error = await read(json).catch((cause: unknown) => cause);
    });
    expect(error).toBeInstanceOf(GaitwayError);
    expect(error).toMatchObject({ code });
    expect((error as GaitwayError).message).toMatch(/bad\.gltf/);
    expect(taken).toBeLessThan(1 << 24);
  });

  it('a mesh that lies about its targets does no harm', async () => {
    const json = edited((j) => {
      j.meshes = [{ primitives: 'none' }, { primitives: [{ targets: new Array(100_000).fill({}) }] }];
      j.nodes.push({ mesh: 0 }, { mesh: 1 }, { mesh: 99 });
      for (const node of [3, 4, 5])
        (j.animations[0].channels as Json[]).push({ sampler: 0, target: { node, path: 'weights' } });
    });
    const { warnings, takes } = await read(json);
    expect(warnings.map(({ code }) => code)).toEqual(['gltf/weights-left-out']);
    expect(takes[0].curveNames).toEqual([]);
  });
});

describe('nodes without end', () => {
  it('100 000 nodes, each below the last, are read', async () => {
    const count = 100_000;
    const json = edited((j) => {
      for (let n = 3; n < count; n++) j.nodes.push({ translation: [0, 0.001, 0] });
      for (let n = 2; n < count - 1; n++) j.nodes[n].children = [n + 1];
      j.skins = [{ joints: [0, 1, count - 1] }];
    });
    const scene = await read(json);
    const out = new Float64Array(36);
    scene.evaluate(0, 0, out);
    expect(out[34]).toBeCloseTo(0.5 + 0.001 * (count - 3), 3);
  });

  it('a ring of nodes and a node below itself are refused', async () => {
    for (const children of [[0], [2]]) {
      const json = edited((j) => {
        j.nodes[2].children = children;
      });
      await expect(read(json)).rejects.toMatchObject({ code: 'gltf/bad-nodes' });
    }
  });
});

it('bytes turned at random never give anything but a scene or an error with a code', async () => {
  const good = gltfBytes(armGltf('rotation', QUARTER));
  for (let at = 0; at < good.length; at += 3) {
    const bytes = Uint8Array.from(good);
    bytes[at] = 33 + ((bytes[at] * 7 + at) % 90);
    const result = await readScene(bytes, { file: 'turned.gltf' }).catch((error: unknown) => error);
    if (result instanceof Error) expect(result).toBeInstanceOf(GaitwayError);
  }
});
