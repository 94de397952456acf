import { describe, expect, it } from 'vitest';
import { buildDatabase, buildLatentDatabase } from '../../../src/motion/database/build.js';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import { rowOfFrame } from '../../../src/motion/search/question.js';
import { runsOf } from '../../../src/motion/search/ranges.js';
import { makeSearch } from '../../../src/motion/search/search.js';
import { madeSource } from '../made-sources.js';

const code = (name: string) => expect.objectContaining({ code: name });

/** Two clips of 40 frames at 30 Hz whose only number is `value(row)`. */
function lineDatabase(value: (row: number) => number, valid: (row: number) => boolean = () => true) {
  const latents = [0, 40].map((start) => ({
    frameCount: 40,
    dimension: 1,
    rows: Float32Array.from({ length: 40 }, (_, f) => value(start + f)),
    valid: Uint8Array.from({ length: 40 }, (_, f) => (valid(start + f) ? 1 : 0)),
  }));
  const sources = ['a', 'b'].map((name) => madeSource({ name, frames: 40 }));
  return buildLatentDatabase(sources, latents, 'line').database;
}
const query = (value: number) => Float32Array.from([value]);

describe('makeSearch', () => {
  it('refuses queries of another length and NaN', () => {
    const search = makeSearch(lineDatabase((row) => row));
    expect(() => search.find(new Float32Array(2))).toThrow(code('search/bad-query'));
    expect(() => search.find(query(Number.NaN))).toThrow(code('search/bad-query'));
  });

  it('refuses frames that do not exist', () => {
    const database = lineDatabase((row) => row);
    expect(() => rowOfFrame(database, { clip: 2, frame: 0 })).toThrow(code('search/no-such-frame'));
    expect(() => rowOfFrame(database, { clip: 0, frame: 40 })).toThrow(code('search/no-such-frame'));
    expect(() => rowOfFrame(database, { clip: 0, frame: 0.5 })).toThrow(code('search/no-such-frame'));
  });

  it('gives fewer answers where the database runs out', () => {
    const search = makeSearch(
      lineDatabase(
        (row) => row,
        (row) => row === 3 || row === 44,
      ),
    );
    expect(search.candidateCount).toBe(2);
    expect(search.find(query(4), { count: 10 }).map(({ row }) => row)).toEqual([3, 44]);
    expect(
      search.find(query(4), { count: 10, exclude: { clip: 0, frame: 3 } }).map(({ row }) => row),
    ).toEqual([44]);
  });

  it('ranks by cost, the first among equals, and tells clip, frame and time', () => {
    const search = makeSearch(lineDatabase((row) => Math.abs(row - 50)));
    const [best, second, third] = search.find(query(0), { count: 3 });
    expect(best).toMatchObject({ row: 50, clip: 1, clipName: 'b', frame: 10, time: 10 / 30, cost: 0 });
    expect([second.row, third.row]).toEqual([49, 51]);
    expect(second.costOfBlocks).toEqual([1]);
  });

  it('keeps answers of one clip apart', () => {
    const search = makeSearch(lineDatabase((row) => Math.abs(row - 50)));
    const found = search.find(query(0), { count: 3, apartSeconds: 0.2 }).map(({ row }) => row);
    expect(found).toEqual([50, 44, 56]);
  });

  it('leaves the query’s own neighbourhood out, in its clip only', () => {
    const search = makeSearch(lineDatabase((row) => row));
    const exclude = { clip: 1, frame: 0 };
    expect(search.find(query(40), { exclude, excludeSeconds: 0.2 })[0].row).toBe(39);
    expect(search.find(query(43), { exclude, excludeSeconds: 0.2 })[0].row).toBe(46);
  });

  it('favours the continuing frame by the bias, and among equals', () => {
    const search = makeSearch(lineDatabase((row) => row));
    const continuing = { clip: 0, frame: 12 };
    expect(search.find(query(10), { continuing })[0].row).toBe(10);
    const [best, second] = search.find(query(10), { continuing, continuingBias: -4.5, count: 2 });
    expect(best).toMatchObject({ row: 12, cost: -0.5, isContinuing: true, costOfBlocks: [4] });
    expect(second).toMatchObject({ row: 10, isContinuing: false });
    expect(search.find(query(10), { continuing, continuingBias: -4 })[0].row).toBe(12);
    expect(search.find(query(12), { continuing, continuingBias: 2 })[0].row).toBe(11);
  });

  it('never answers with an invalid frame, the continuing one included', () => {
    const search = makeSearch(
      lineDatabase(
        (row) => row,
        (row) => row !== 12,
      ),
    );
    expect(search.find(query(12), { continuing: { clip: 0, frame: 12 }, continuingBias: -9 })[0].row).toBe(
      11,
    );
  });

  it('splits a cost by channel without loss', () => {
    const { database } = buildDatabase(
      [madeSource({ cadence: 2 }), madeSource({ name: 'turn', turn: 1, cadence: 3 })],
      BUILT_IN_SCHEMAS.holden(),
    );
    const own = database.rows.subarray(10 * database.dimension, 11 * database.dimension);
    const [self] = makeSearch(database).find(own);
    expect([self.row, self.cost]).toEqual([10, 0]);
    const [other] = makeSearch(database).find(own, { exclude: { clip: 0, frame: 10 }, excludeSeconds: 99 });
    expect(other.clip).toBe(1);
    expect(other.costOfBlocks.reduce((a, b) => a + b)).toBeCloseTo(other.cost, 8);
  });
});

describe('runsOf', () => {
  it('finds the runs of rows that are marked 1', () => {
    expect(runsOf(Uint8Array.from([0, 1, 1, 0, 2, 1]))).toEqual([
      { from: 1, to: 3 },
      { from: 5, to: 6 },
    ]);
    expect(runsOf(new Uint8Array(3))).toEqual([]);
  });
});
