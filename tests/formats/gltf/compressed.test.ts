import { MeshoptEncoder } from 'meshoptimizer/encoder';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Scene } from '../../../src/clip/index.js';
import { readScene } from '../../../src/formats/index.js';
import { AFFINE_SIZE, rotationOfAffine } from '../../../src/math/affine.js';
import { angleBetween, fromRotationVector, type Quat } from '../../../src/math/quat.js';
import { gltfBytes, type Json } from './made-gltf.js';

const KEYS = 64;
const TIMES = Array.from({ length: KEYS }, (_, f) => f / 30);
const turn = (f: number): Quat => fromRotationVector([Math.sin(f / 9), 0.3 * Math.cos(f / 5), 0.2]);
const way = (f: number): [number, number, number] => [Math.sin(f / 7), f / 100, -2];

const address = (bytes: Uint8Array): string =>
  `data:application/octet-stream;base64,${Buffer.from(bytes).toString('base64')}`;

interface Packed {
  readonly mode?: string;
  readonly filter?: string;
  readonly stride: number;
  readonly count?: number;
  readonly bytes: Uint8Array;
}

/** A joint whose turns or ways lie in a packed view; the buffer in its place is one without bytes. */
function packedGltf(path: 'rotation' | 'translation', accessor: Json, packed: Packed, name: string): Json {
  const { mode = 'ATTRIBUTES', filter, stride, count = KEYS, bytes } = packed;
  const times = new Uint8Array(Float32Array.from(TIMES).buffer);
  return {
    asset: { version: '2.0' },
    extensionsUsed: [name],
    extensionsRequired: [name],
    nodes: [{ name: 'joint' }],
    skins: [{ joints: [0] }],
    animations: [
      { channels: [{ sampler: 0, target: { node: 0, path } }], samplers: [{ input: 0, output: 1 }] },
    ],
    buffers: [
      { byteLength: times.length, uri: address(times) },
      { byteLength: bytes.length, uri: address(bytes) },
      { byteLength: count * stride, extensions: { [name]: { fallback: true } } },
    ],
    bufferViews: [
      { buffer: 0, byteLength: times.length },
      {
        buffer: 2,
        byteLength: count * stride,
        byteStride: stride,
        extensions: {
          [name]: {
            buffer: 1,
            byteLength: bytes.length,
            byteStride: stride,
            count,
            mode,
            ...(filter && { filter }),
          },
        },
      },
    ],
    accessors: [
      { bufferView: 0, componentType: 5126, count: KEYS, type: 'SCALAR' },
      { bufferView: 1, count: KEYS, ...accessor },
    ],
  };
}

const read = (json: Json): Promise<Scene> => readScene(gltfBytes(json), { file: 'packed.gltf' });

function matrixAt(scene: Scene, f: number): Float64Array {
  const out = new Float64Array(AFFINE_SIZE);
  scene.evaluate(0, TIMES[f], out);
  return out;
}

function expectTurns(scene: Scene, radians: number): void {
  for (let f = 0; f < KEYS; f += 7)
    expect(angleBetween(rotationOfAffine(matrixAt(scene, f)).rotation, turn(f))).toBeLessThan(radians);
}

function expectWays(scene: Scene, metres: number): void {
  for (let f = 0; f < KEYS; f += 7)
    way(f).forEach((value, axis) => {
      expect(Math.abs(matrixAt(scene, f)[9 + axis] - value)).toBeLessThan(metres);
    });
}

const turns = Float32Array.from(TIMES.flatMap((_, f) => [...turn(f)]));
const ways = Float32Array.from(TIMES.flatMap((_, f) => way(f)));
const asBytes = (array: Float32Array): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

beforeAll(() => MeshoptEncoder.ready);

describe.each(['EXT_meshopt_compression', 'KHR_meshopt_compression'])('%s', (name) => {
  it('unpacks plain floats', async () => {
    const bytes = MeshoptEncoder.encodeVertexBuffer(asBytes(ways), KEYS, 12);
    const accessor = { componentType: 5126, type: 'VEC3' };
    expectWays(await read(packedGltf('translation', accessor, { stride: 12, bytes }, name)), 2e-7);
  });

  it('unpacks turns of four 16-bit numbers (QUATERNION)', async () => {
    const filtered = MeshoptEncoder.encodeFilterQuat(turns, KEYS, 8, 16);
    const bytes = MeshoptEncoder.encodeVertexBuffer(filtered, KEYS, 8);
    const accessor = { componentType: 5122, normalized: true, type: 'VEC4' };
    const packed = { stride: 8, filter: 'QUATERNION', bytes };
    expectTurns(await read(packedGltf('rotation', accessor, packed, name)), 2e-4);
  });

  it('unpacks ways with shared exponents (EXPONENTIAL)', async () => {
    const filtered = MeshoptEncoder.encodeFilterExp(ways, KEYS, 12, 20);
    const bytes = MeshoptEncoder.encodeVertexBuffer(filtered, KEYS, 12);
    const accessor = { componentType: 5126, type: 'VEC3' };
    const packed = { stride: 12, filter: 'EXPONENTIAL', bytes };
    expectWays(await read(packedGltf('translation', accessor, packed, name)), 1e-4);
  });

  it('unpacks directions (OCTAHEDRAL)', async () => {
    const directions = Float32Array.from(TIMES.flatMap((_, f) => [Math.sin(f), 0, Math.cos(f), 0]));
    const filtered = MeshoptEncoder.encodeFilterOct(directions, KEYS, 8, 16);
    const bytes = MeshoptEncoder.encodeVertexBuffer(filtered, KEYS, 8);
    const accessor = { componentType: 5122, normalized: true, type: 'VEC3' };
    const packed = { stride: 8, filter: 'OCTAHEDRAL', bytes };
    const scene = await read(packedGltf('translation', accessor, packed, name));
    for (let f = 0; f < KEYS; f += 5) {
      expect(matrixAt(scene, f)[9]).toBeCloseTo(Math.sin(f), 3);
      expect(matrixAt(scene, f)[11]).toBeCloseTo(Math.cos(f), 3);
    }
  });

  it.each(['TRIANGLES', 'INDICES'] as const)(
    'unpacks %s as the places of a sparse accessor',
    async (mode) => {
      // A triangle's corners may be turned by the codec; the set of places is the same.
      const places = Uint32Array.of(3, 4, 5);
      const raw = new Uint8Array(places.buffer);
      const bytes =
        mode === 'TRIANGLES'
          ? MeshoptEncoder.encodeIndexBuffer(raw, 3, 4)
          : MeshoptEncoder.encodeIndexSequence(raw, 3, 4);
      const json = packedGltf('translation', {}, { stride: 4, count: 3, mode, bytes }, name);
      const values = new Uint8Array(Float32Array.from([7, 0, 0, 7, 0, 0, 7, 0, 0]).buffer);
      (json.buffers as Json[]).push({ byteLength: values.length, uri: address(values) });
      (json.bufferViews as Json[])[1].byteStride = undefined;
      (json.bufferViews as Json[]).push({ buffer: 3, byteLength: values.length });
      (json.accessors as Json[])[1] = {
        componentType: 5126,
        type: 'VEC3',
        count: KEYS,
        sparse: { count: 3, indices: { bufferView: 1, componentType: 5125 }, values: { bufferView: 2 } },
      };
      const scene = await read(json);
      expect([2, 3, 4, 5, 6].map((f) => Math.round(matrixAt(scene, f)[9]))).toEqual([0, 7, 7, 7, 0]);
    },
  );

  it.each<[string, (view: Json, packed: Json) => void]>([
    [
      'a stride that the filter cannot have',
      (_view, packed) => Object.assign(packed, { filter: 'QUATERNION' }),
    ],
    ['a mode that nobody knows', (_view, packed) => Object.assign(packed, { mode: 'SPHERES' })],
    ['another size than it unpacks to', (view) => Object.assign(view, { byteLength: 12 * KEYS + 4 })],
    ['bytes beyond the buffer', (_view, packed) => Object.assign(packed, { byteOffset: 1e6 })],
    ['half of its bytes', (_view, packed) => Object.assign(packed, { byteLength: 40 })],
    [
      'a gigabyte in a few bytes',
      (view, packed) => {
        Object.assign(packed, { count: 1 << 26 });
        Object.assign(view, { byteLength: 12 * (1 << 26) });
      },
    ],
    ['a part of a triangle', (_view, packed) => Object.assign(packed, { mode: 'TRIANGLES' })],
  ])('is refused with %s', async (_what, edit) => {
    const bytes = MeshoptEncoder.encodeVertexBuffer(asBytes(ways), KEYS, 12);
    const json = packedGltf(
      'translation',
      { componentType: 5126, type: 'VEC3' },
      { stride: 12, bytes },
      name,
    );
    const view = (json.bufferViews as Json[])[1];
    edit(view, (view.extensions as Record<string, Json>)[name]);
    await expect(read(json)).rejects.toMatchObject({ code: 'gltf/bad-view', data: { bufferView: 1 } });
  });
});
