import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/math/random.js';
import { storageLoss } from '../../../src/motion/analyse/storage-loss.js';
import { buildLatentDatabase } from '../../../src/motion/database/build.js';
import { decodeDatabase, encodeDatabase } from '../../../src/motion/database/codec.js';
import { storeRowsAs } from '../../../src/motion/database/row-storage.js';
import { makeSearch } from '../../../src/motion/search/search.js';
import { madeSource } from '../made-sources.js';

const DIM = 5;
const sources = ['a', 'b', 'c'].map((name) => madeSource({ name }));
const random = seededRandom(3);
const { database } = buildLatentDatabase(
  sources,
  sources.map(({ track: { frameCount } }) => ({
    frameCount,
    dimension: DIM,
    // The third column stands still, the fourth is far from zero, and the first frame is wild and not valid.
    rows: Float32Array.from({ length: frameCount * DIM }, (_, i) =>
      i < DIM ? 500 : i % DIM === 2 ? 0.3 : random.normal() * (1 + (i % DIM)) + (i % DIM === 3 ? 40 : 0),
    ),
    valid: new Uint8Array(frameCount).fill(1, 1),
  })),
  'encoder',
);
const rowsOf = (from: number): number[] => [...database.rows.subarray(from * DIM, (from + 1) * DIM)];

describe('storeRowsAs', () => {
  it('leaves float32 as it is', () => {
    expect(storeRowsAs(database, 'f32')).toEqual(database);
    expect(storeRowsAs(storeRowsAs(database, 'f16'), 'f32').storage).toBeUndefined();
  });

  it('rounds to float16, within 2⁻¹¹ of each number', () => {
    const { rows } = storeRowsAs(database, 'f16');
    for (let i = 0; i < rows.length; i++)
      expect(Math.abs(rows[i] - database.rows[i])).toBeLessThanOrEqual(
        2 ** -11 * Math.abs(database.rows[i]) + 2 ** -25,
      );
  });

  it('rounds to int8, within half a 254th of each column’s range, and keeps what stands still', () => {
    const { rows } = storeRowsAs(database, 'int8');
    for (let k = 0; k < DIM; k++) {
      const column = Array.from({ length: database.frameCount }, (_, f) => f).filter(
        (f) => database.valid[f],
      );
      const values = column.map((f) => database.rows[f * DIM + k]);
      const half = (Math.max(...values) - Math.min(...values)) / 254 / 2;
      for (const f of column)
        expect(Math.abs(rows[f * DIM + k] - database.rows[f * DIM + k])).toBeLessThanOrEqual(1.001 * half);
    }
    expect(rows[2 + DIM]).toBe(Math.fround(0.3));
    expect(rowsOf(0)[0]).toBe(500); // not valid: beyond the range, clamped
    expect(rows[0]).toBeLessThan(10);
  });

  it.each(['f16', 'int8'] as const)(
    'gives rows as %s back from a file, to the bit, and a smaller file',
    (precision) => {
      const stored = storeRowsAs(database, precision);
      const bytes = encodeDatabase(stored);
      const read = decodeDatabase(bytes);
      expect(read).toEqual(stored);
      expect(encodeDatabase(read)).toEqual(bytes);
      const share = { f16: 1 / 2, int8: 3 / 4 }[precision];
      const saved = encodeDatabase(database).length - bytes.length;
      expect(saved).toBeGreaterThan(share * 4 * DIM * database.frameCount - 1500);
      const query = stored.rows.slice(20 * DIM, 21 * DIM);
      expect(makeSearch(read).find(query)[0]).toMatchObject({ row: 20, cost: 0 });
    },
  );

  it.each(['rowStep', 'rows'])('refuses a file of int8 whose %s is missing or of another type', (name) => {
    const text = new TextDecoder('latin1').decode(encodeDatabase(storeRowsAs(database, 'int8')));
    const spoilt = text.replace(
      `"name":"${name}","type":"${name === 'rows' ? 'int8' : 'float32'}"`,
      (found) => found.replace(/"type":"\w+"/, name === 'rows' ? '"type":"bool"' : '"type":"uint8"  '),
    );
    expect(spoilt).not.toBe(text);
    expect(() => decodeDatabase(Uint8Array.from(spoilt, (letter) => letter.charCodeAt(0)))).toThrow(
      expect.objectContaining({ code: 'database/damaged' }),
    );
  });
});

describe('storageLoss', () => {
  it('is nothing where nothing was rounded, and grows as digits go', () => {
    expect(storageLoss(database, database)).toMatchObject({ recall: 1, costRatio: 1, rowError: 0 });
    const [half, eighth] = (['f16', 'int8'] as const).map((precision) =>
      storageLoss(database, storeRowsAs(database, precision)),
    );
    expect(half.rowError).toBeGreaterThan(0);
    expect(half.rowError).toBeLessThan(0.003);
    expect(eighth.rowError).toBeGreaterThan(half.rowError);
    expect(eighth.rowError).toBeLessThan(0.02);
    expect(eighth.recall).toBeLessThanOrEqual(half.recall);
    expect(eighth.costRatio).toBeGreaterThanOrEqual(1);
  });
});
