import { describe, expect, it } from 'vitest';
import type { Scene } from '../../../src/clip/index.js';
import { readScene } from '../../../src/formats/index.js';
import { AFFINE_SIZE } from '../../../src/math/affine.js';
import { seededRandom } from '../../../src/math/random.js';
import { armGltf, gltfBytes, type Json } from './made-gltf.js';

const S = Math.SQRT1_2;
const read = (json: Json): Promise<Scene> => readScene(gltfBytes(json), { file: 'arm.gltf' });

function poseAt(scene: Scene, time: number, take = 0): Float64Array {
  const out = new Float64Array(AFFINE_SIZE * scene.skeleton.joints.length);
  scene.evaluate(take, time, out);
  return out;
}

function placeOf(scene: Scene, name: string, time: number, take = 0): number[] {
  const j = scene.skeleton.joints.findIndex((joint) => joint.name === name);
  return [...poseAt(scene, time, take).subarray(AFFINE_SIZE * j + 9, AFFINE_SIZE * (j + 1))];
}

function expectPlace(found: readonly number[], wanted: readonly number[], digits = 6): void {
  wanted.forEach((value, axis) => {
    expect(found[axis]).toBeCloseTo(value, digits);
  });
}

const QUARTER = { times: [0, 1], values: [0, 0, 0, 1, 0, 0, S, S] };

describe('a pose does not depend on what was asked before', () => {
  it.each(['LINEAR', 'STEP', 'CUBICSPLINE'])(
    '%s, forwards, backwards and at random',
    async (interpolation) => {
      const random = seededRandom(3);
      const times = Array.from({ length: 60 }, (_, k) => k / 20 + 0.04 * random.uniform());
      const width = interpolation === 'CUBICSPLINE' ? 12 : 4;
      const values = Array.from({ length: width * times.length }, () => random.normal());
      const json = armGltf('rotation', { times, values, interpolation });
      if (width === 12) Object.assign((json.accessors as Json[])[1], { count: 3 * times.length });
      const walked = await read(json);
      const asked = [...times, ...times.map((t) => t + 0.01), -1, 99].sort((a, b) => a - b);
      const shuffled = [...asked].sort(() => random.uniform() - 0.5);
      const fresh = await Promise.all(
        asked.map(async (time) => [time, poseAt(await read(json), time)] as const),
      );
      const wanted = new Map(fresh);
      for (const time of [...asked, ...[...asked].reverse(), ...shuffled])
        expect(poseAt(walked, time)).toEqual(wanted.get(time));
    },
  );

  it('a take leaves nothing behind for the next one, nor for the rest pose', async () => {
    const json = armGltf('rotation', QUARTER);
    const [first] = json.animations as Json[];
    (json.animations as Json[]).push({
      ...first,
      channels: [{ sampler: 0, target: { node: 0, path: 'rotation' } }],
    });
    const scene = await read(json);
    expectPlace(placeOf(scene, 'tip', 1, 0), [0, 1.5, 0]);
    expectPlace(placeOf(scene, 'tip', 1, 1), [-0.5, 1, 0]);
    expectPlace(placeOf(scene, 'tip', 1, -1), [1, 0.5, 0]);
    expectPlace(placeOf(scene, 'tip', 1, 0), [0, 1.5, 0]);
  });
});

describe('nodes', () => {
  it('with a matrix keep it, and what an animation does not replace of it', async () => {
    const json = armGltf('rotation', QUARTER);
    // Twice as large, half a metre up, turned by a quarter about z.
    (json.nodes as Json[])[1] = {
      name: 'arm',
      children: [2],
      matrix: [0, 2, 0, 0, -2, 0, 0, 0, 0, 0, 2, 0, 0, 0.5, 0, 1],
    };
    const scene = await read(json);
    expectPlace(placeOf(scene, 'tip', 0, -1), [0, 2.5, 0]);
    expectPlace(placeOf(scene, 'tip', 0), [2, 0.5, 0]);
    expectPlace(placeOf(scene, 'tip', 1), [0, 2.5, 0]);
  });

  it('of several skins, and animated ones outside of all, are joints', async () => {
    const json = armGltf('rotation', QUARTER);
    (json.nodes as Json[]).push({ name: 'prop', translation: [0, 0, 3] }, { name: 'hat' }, { name: 'lamp' });
    json.skins = [{ joints: [0, 1] }, { joints: [2, 4] }];
    (json.animations as { channels: Json[] }[])[0].channels.push({
      sampler: 0,
      target: { node: 3, path: 'rotation' },
    });
    const scene = await read(json);
    expect(scene.skeleton.joints.map(({ name }) => name)).toEqual(['root', 'arm', 'tip', 'prop', 'hat']);
    expectPlace(placeOf(scene, 'prop', 1), [0, 0, 3]);
  });
});

describe('whole numbers', () => {
  it.each([
    [5120, 'i1', 127, 1e-2],
    [5121, 'u1', 255, 1e-2],
    [5122, 'i2', 32767, 1e-4],
    [5123, 'u2', 65535, 1e-4],
  ])(
    'of type %i are brought to −1..1 with a stride that is wider than they are',
    async (componentType, kind, largest, near) => {
      const json = armGltf('rotation', QUARTER);
      const bytesEach = Number(kind[1]);
      const stride = 4 * bytesEach + 4;
      const data = new DataView(new ArrayBuffer(2 * stride));
      [0, 0, 0, 1, 0, 0, S, S].forEach((value, i) => {
        const at = Math.floor(i / 4) * stride + (i % 4) * bytesEach;
        const whole = Math.round(value * largest);
        if (bytesEach === 1) data.setUint8(at, whole);
        else data.setUint16(at, whole, true);
      });
      const bytes = new Uint8Array(data.buffer);
      const uri = `data:;base64,${Buffer.from(bytes).toString('base64')}`;
      (json.buffers as Json[]).push({ byteLength: bytes.length, uri });
      (json.bufferViews as Json[])[1] = { buffer: 1, byteLength: bytes.length, byteStride: stride };
      (json.accessors as Json[])[1] = {
        bufferView: 1,
        componentType,
        count: 2,
        type: 'VEC4',
        normalized: true,
      };
      const place = placeOf(await read(json), 'tip', 1);
      expect(Math.hypot(place[0], place[1] - 1.5, place[2])).toBeLessThan(near);
    },
  );

  it('that are not normalised stay what they are (KHR_mesh_quantization)', async () => {
    const json = armGltf('translation', { times: [0, 1], values: [0, 0, 0, 3, 0, 0] });
    const bytes = new Uint8Array(Int16Array.of(0, 0, 0, 3, -7, 0).buffer);
    const uri = `data:;base64,${Buffer.from(bytes).toString('base64')}`;
    json.extensionsRequired = ['KHR_mesh_quantization'];
    (json.buffers as Json[]).push({ byteLength: 12, uri });
    (json.bufferViews as Json[])[1] = { buffer: 1, byteLength: 12 };
    (json.accessors as Json[])[1] = { bufferView: 1, componentType: 5122, count: 2, type: 'VEC3' };
    expectPlace(placeOf(await read(json), 'arm', 1), [3, -7, 0]);
  });
});

it('tells how far it is before each animation, and can be stopped there', async () => {
  const json = armGltf('rotation', QUARTER);
  const [first] = json.animations as Json[];
  json.animations = [first, first, first, first];
  const shares: number[] = [];
  await readScene(gltfBytes(json), {
    file: 'arm.gltf',
    onProgress: (share) => void shares.push(share),
  });
  expect(shares).toEqual([0, 0.25, 0.5, 0.75]);
  const stopped = readScene(gltfBytes(json), {
    file: 'arm.gltf',
    onProgress: () => {
      throw new Error('stop');
    },
  });
  await expect(stopped).rejects.toThrow('stop');
});
