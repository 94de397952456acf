import { describe, expect, it } from 'vitest';
import { buildDatabase } from '../../../src/motion/database/build.js';
import { decodeDatabase, encodeDatabase } from '../../../src/motion/database/codec.js';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import { madeSource } from '../made-sources.js';

const { database } = buildDatabase(
  [madeSource({ cadence: 2 }), madeSource({ name: 'turn', turn: 1 })],
  BUILT_IN_SCHEMAS.ue54(),
);
const good = encodeDatabase(database);
const code = (name: string) => expect.objectContaining({ code: name });

/** The file with its header put through `change` and padded to the length it had. */
function withHeader(change: (header: Record<string, unknown>) => unknown): Uint8Array {
  const length = new DataView(good.buffer).getUint32(8, true);
  const header = JSON.parse(new TextDecoder().decode(good.subarray(16, 16 + length)));
  const text = new TextEncoder().encode(JSON.stringify(change(header)).padEnd(length));
  const bytes = good.slice();
  bytes.set(text.subarray(0, length), 16);
  return bytes;
}

describe('decodeDatabase', () => {
  it('refuses what is no database', () => {
    expect(() => decodeDatabase(new Uint8Array())).toThrow(code('database/wrong-magic'));
    expect(() => decodeDatabase(new TextEncoder().encode('HIERARCHY ROOT'))).toThrow(
      code('database/wrong-magic'),
    );
  });

  it('refuses a newer version and says what it reads', () => {
    const bytes = good.slice();
    bytes[4] = 9;
    expect(() => decodeDatabase(bytes, 'm.gwdb')).toThrow(/m\.gwdb has version 9.*up to 3/);
    expect(() => decodeDatabase(bytes)).toThrow(code('database/newer-version'));
  });

  it('refuses version 0', () => {
    const bytes = good.slice();
    bytes[4] = 0;
    expect(() => decodeDatabase(bytes)).toThrow(code('database/damaged'));
  });

  it('refuses a file that is cut anywhere', () => {
    for (let length = 4; length < good.length; length += 97) {
      expect(() => decodeDatabase(good.subarray(0, length))).toThrow(code('database/damaged'));
    }
  });

  it('refuses any changed number', () => {
    for (const at of [good.length - 3, good.length >> 1]) {
      const bytes = good.slice();
      bytes[at] ^= 0x40;
      expect(() => decodeDatabase(bytes)).toThrow(code('database/damaged'));
    }
  });

  it.each([
    ['counts that overflow', (header: Record<string, unknown>) => ({ ...header, frameCount: 1e9 })],
    ['a dimension of another size', (header: Record<string, unknown>) => ({ ...header, dimension: 27 })],
    ['no arrays', (header: Record<string, unknown>) => ({ ...header, arrays: [] })],
    ['another format', (header: Record<string, unknown>) => ({ ...header, format: 'x' })],
    [
      'clips that overlap',
      (header: Record<string, unknown>) => ({
        ...header,
        clips: (header.clips as { start: number }[]).map((clip) => ({ ...clip, start: 0 })),
      }),
    ],
    [
      'an array outside the file',
      (header: Record<string, unknown>) => ({
        ...header,
        arrays: (header.arrays as object[]).map((entry) => ({ ...entry, offset: 1 << 24 })),
      }),
    ],
  ])('refuses a header with %s', (_, change) => {
    expect(() => decodeDatabase(withHeader(change))).toThrow(code('database/damaged'));
  });

  it('gives back what was written, as views on the file', () => {
    const read = decodeDatabase(good);
    expect(read).toEqual(database);
    expect(read.rows.buffer).toBe(good.buffer);
    expect(read.rows.byteOffset % 16).toBe(0);
    expect(encodeDatabase(read)).toEqual(good);
  });

  it('reads from any place in a buffer', () => {
    const shifted = new Uint8Array(good.length + 3);
    shifted.set(good, 3);
    expect(decodeDatabase(shifted.subarray(3))).toEqual(database);
  });
});
