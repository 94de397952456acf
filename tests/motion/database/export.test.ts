import { describe, expect, it } from 'vitest';
import { buildDatabase } from '../../../src/motion/database/build.js';
import { encodeNpz, encodeSafetensors, exportedArrays } from '../../../src/motion/database/export.js';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import { madeSource } from '../made-sources.js';

const events = [{ name: 'PoseSearchModifyCost', time: 0.5, duration: 0.5 }];
const { database } = buildDatabase(
  [{ ...madeSource({ cadence: 2 }), events }, madeSource({ name: 'turn ä', turn: 1 })],
  BUILT_IN_SCHEMAS.ue54(),
  { mirror: true, loops: 'auto', ends: 'unreal' },
);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Names and bytes of a zip file without compression, by its central directory. */
function unzipped(bytes: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const end = bytes.length - 22;
  expect(view.getUint32(end, true)).toBe(0x06054b50);
  const files = new Map<string, Uint8Array>();
  let at = view.getUint32(end + 16, true);
  for (let k = 0; k < view.getUint16(end + 10, true); k++) {
    expect(view.getUint32(at, true)).toBe(0x02014b50);
    expect(view.getUint16(at + 10, true)).toBe(0);
    const size = view.getUint32(at + 20, true);
    const nameLength = view.getUint16(at + 28, true);
    const local = view.getUint32(at + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    files.set(text(bytes.subarray(at + 46, at + 46 + nameLength)), bytes.slice(start, start + size));
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return files;
}

const READERS: Readonly<Record<string, (view: DataView, at: number) => number>> = {
  '<f4': (view, at) => view.getFloat32(at, true),
  '<f8': (view, at) => view.getFloat64(at, true),
  '<u4': (view, at) => view.getUint32(at, true),
  '|u1': (view, at) => view.getUint8(at),
};

function npy(bytes: Uint8Array): { shape: number[]; values: number[] } {
  const start = 10 + new DataView(bytes.buffer).getUint16(8, true);
  expect(start % 64).toBe(0);
  const [, kind, list] = /'descr': '(.+?)'.*'shape': \((.*?)\)/.exec(text(bytes.subarray(10, start))) ?? [];
  const view = new DataView(bytes.buffer, start);
  const width = Number(kind.slice(-1));
  const values = Array.from({ length: view.byteLength / width }, (_, k) => READERS[kind](view, k * width));
  return { shape: list.split(',').filter(Boolean).map(Number), values };
}

describe('encodeNpz', () => {
  it('holds every array and the facts, for any reader of zip and npy', () => {
    const files = unzipped(encodeNpz(database));
    const arrays = exportedArrays(database);
    expect([...files.keys()].sort()).toEqual(
      [...arrays.map(({ name }) => `${name}.npy`), 'facts.npy'].sort(),
    );
    for (const { name, shape, data } of arrays) {
      const read = npy(files.get(`${name}.npy`) ?? new Uint8Array());
      expect(read.shape).toEqual([...shape]);
      expect(read.values).toEqual([...data]);
    }
    const facts = JSON.parse(text(Uint8Array.from(npy(files.get('facts.npy') ?? new Uint8Array()).values)));
    expect(facts).toMatchObject({
      rateHz: 30,
      clips: database.clips,
      tags: database.tags,
      roles: database.roles,
    });
  });

  it('gives the same bytes twice', () => {
    expect(encodeNpz(database)).toEqual(encodeNpz(database));
  });
});

describe('encodeSafetensors', () => {
  it('holds every array at a multiple of its width, one after the other, and the facts', () => {
    const bytes = encodeSafetensors(database);
    const view = new DataView(bytes.buffer);
    const start = 8 + Number(view.getBigUint64(0, true));
    const { __metadata__: metadata, ...tensors } = JSON.parse(text(bytes.subarray(8, start)));
    const kinds: Readonly<Record<string, string>> = { F32: '<f4', F64: '<f8', U32: '<u4', U8: '|u1' };
    let end = 0;
    for (const [, { data_offsets: offsets }] of Object.entries<{ data_offsets: number[] }>(tensors)) {
      expect(offsets[0]).toBe(end);
      end = offsets[1];
    }
    expect(start + end).toBe(bytes.length);
    for (const { name, shape, data } of exportedArrays(database)) {
      const { dtype, shape: own, data_offsets: offsets } = tensors[name];
      expect(own).toEqual([...shape]);
      expect((start + offsets[0]) % data.BYTES_PER_ELEMENT).toBe(0);
      const width = data.BYTES_PER_ELEMENT;
      expect(
        Array.from(data.keys(), (k) => READERS[kinds[dtype]](view, start + offsets[0] + k * width)),
      ).toEqual([...data]);
    }
    expect(JSON.parse(metadata.facts)).toMatchObject({ clips: database.clips });
  });
});
