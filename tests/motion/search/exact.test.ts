import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowTreeBytes } from '../../../src/kernels/row-tree.js';
import { seededRandom } from '../../../src/math/random.js';
import type { MotionDatabase } from '../../../src/motion/database/database.js';
import type { SearchMode, SearchOptions } from '../../../src/motion/search/options.js';
import { makeSearch, type Search } from '../../../src/motion/search/search.js';
import { compareAll } from './compare-all.js';
import { type MadeDatabase, madeDatabase } from './made-database.js';

const EXACT: readonly SearchMode[] = ['vp-tree', 'boxes', 'brute'];

/** The same database searched on both engines, in one memory and in many small ones. */
function searchesOf(database: MotionDatabase): Search[] {
  const partBytes = rowTreeBytes({ rowCount: 128, dimension: database.dimension });
  return [
    makeSearch(database),
    makeSearch(database, { engine: 'plain' }),
    makeSearch(database, { partBytes }),
    makeSearch(database, { engine: 'plain', partBytes }),
  ];
}

function askEveryWay(
  database: MotionDatabase,
  searches: readonly Search[],
  query: Float32Array,
  options: SearchOptions,
) {
  const wanted = compareAll(database, query, options);
  for (const search of searches) {
    for (const mode of EXACT) {
      const found = search.find(query, { ...options, mode });
      expect(
        found.map(({ row, isContinuing }) => ({ row, isContinuing })),
        mode,
      ).toEqual(wanted.map(({ row, isContinuing }) => ({ row, isContinuing })));
      found.forEach(({ cost, bias, costOfBlocks }, i) => {
        expect(cost).toBe(wanted[i].cost);
        const sum = costOfBlocks.reduce((a, b) => a + b) + bias;
        expect(Math.abs(sum - cost)).toBeLessThanOrEqual(1e-12 * (Math.abs(cost) + 1e3));
      });
    }
  }
}

describe('exact search', () => {
  const CASES: [string, MadeDatabase][] = [
    ['plain rows', { plain: true }],
    ['equal costs', { whole: true, plain: true }],
    ['tags, biases and frames that are not to be jumped to', {}],
    ['all that and equal costs', { whole: true, blockSizes: [2, 2] }],
    ['one number', { blockSizes: [1], clips: 3 }],
    ['a row of many numbers', { blockSizes: [40, 30], clips: 5 }],
    ['rows too long to be turned', { blockSizes: [200, 100], clips: 3 }],
  ];
  it.each(CASES)(
    'answers as comparing every frame does, in every mode and on every engine: %s',
    (_, made) => {
      const database = madeDatabase(made);
      const searches = searchesOf(database);
      const { dimension, frameCount, blocks, clips, tags } = database;
      const frame = fc.nat(frameCount - 1).map((row) => {
        const clip = clips.findLastIndex(({ start }) => start <= row);
        return { clip, frame: row - clips[clip].start };
      });
      const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
      const named = fc.subarray([...tags], { maxLength: Math.min(2, tags.length) });
      const weight = fc.constantFrom(0, 0.1, 1, 2.5, 100);
      const options = fc.record({
        count: fc.constantFrom(1, 1, 3, 9),
        apartSeconds: fc.constantFrom(0, 0.1, 0.5),
        exclude: some(frame),
        excludeSeconds: fc.constantFrom(0, 0.3, 99),
        continuing: some(frame),
        continuingBias: fc.constantFrom(0, -0.01, -3, 2),
        transitionCost: fc.constantFrom(0, 0, 0.5, 50),
        unrealBiases: fc.boolean(),
        requiredTags: named,
        forbiddenTags: named,
        weights: some(fc.array(weight, { minLength: blocks.length, maxLength: blocks.length })),
      });
      const near = fc.tuple(fc.nat(frameCount - 1), fc.constantFrom(0, 0.2, 1, 20), fc.nat());
      fc.assert(
        fc.property(near, options, ([row, distance, seed], { exclude, continuing, weights, ...rest }) => {
          const random = seededRandom(seed);
          const step = (): number => distance * random.normal();
          const query = database.rows
            .slice(row * dimension, (row + 1) * dimension)
            .map((value) => (made.whole ? Math.round(value + step()) : value + step()));
          askEveryWay(database, searches, query, {
            ...rest,
            ...(exclude && { exclude }),
            ...(continuing && { continuing }),
            ...(weights && { weights }),
          });
        }),
        { numRuns: 60, seed: 4 },
      );
    },
  );

  it('answers so even where rows differ by little more than float32 can hold', () => {
    const database = madeDatabase({ plain: true, clips: 30, blockSizes: [3, 3, 4] });
    // Steps of 2⁻¹² on top of 1000: turning such rows moves them by more than they lie apart.
    const rows = database.rows.map((value) => 1000 + Math.round(8 * value) * 2 ** -12);
    const close = { ...database, rows };
    const searches = searchesOf(close);
    const random = seededRandom(3);
    for (let q = 0; q < 40; q++) {
      const at = random.below(database.frameCount) * database.dimension;
      const query = rows
        .slice(at, at + database.dimension)
        .map((value) => value + Math.round(4 * random.normal()) * 2 ** -13);
      const weights = q % 2 === 0 ? {} : { weights: [1, 0.5, 1e4] };
      askEveryWay(close, searches, query, { count: 3, ...weights });
    }
  });

  it('passes over what has not the right tags, and nothing else, where tags go with what rows hold', () => {
    const database = madeDatabase({ clips: 60, blockSizes: [2, 2] });
    const { rows, dimension, frameCount } = database;
    // A tag for each side of the first two numbers, so that whole leaves have it or not.
    const tagMask = Uint32Array.from({ length: frameCount }, (_, row) => {
      const [x, y] = rows.subarray(row * dimension, row * dimension + 2);
      return (x > 0 ? 1 : 0) | (y > 0 ? 2 : 0) | (x > 4 ? 4 : 0);
    });
    const tagged = { ...database, tagMask };
    const searches = searchesOf(tagged);
    const TAGS = [[], ['walk'], ['run'], ['crouch'], ['walk', 'run']];
    for (let q = 0; q < 75; q++) {
      const query = rows.slice(q * 40 * dimension, (q * 40 + 1) * dimension);
      const requiredTags = TAGS[q % 5];
      const forbiddenTags = TAGS[(q * 7) % 3];
      askEveryWay(tagged, searches, query, { count: 2, requiredTags, forbiddenTags });
    }
  });

  it('answers with a frame that is far but much favoured', () => {
    const database = madeDatabase({ clips: 40 });
    const favoured = 1111;
    const costBias = database.costBias.slice();
    costBias[favoured] = -1e6;
    const valid = database.valid.slice();
    valid[favoured] = 1;
    const biased = { ...database, costBias, valid };
    const query = database.rows.slice(0, database.dimension);
    askEveryWay(biased, searchesOf(biased), query, { count: 3 });
    expect(makeSearch(biased).find(query)[0].row).toBe(favoured);
  });

  it('leaves rows out that are not finite, and finds the rest', () => {
    const database = madeDatabase({ plain: true, clips: 6 });
    const rows = database.rows.slice();
    for (const [row, value] of [
      [3, Number.NaN],
      [100, Infinity],
      [200, -Infinity],
    ] as const) {
      rows[row * database.dimension + 1] = value;
    }
    const spoilt = { ...database, rows };
    const search = makeSearch(spoilt);
    expect(search.candidateCount).toBe(database.frameCount - 3);
    const found = search.find(database.rows.slice(0, database.dimension), { count: database.frameCount });
    expect(found).toHaveLength(database.frameCount - 3);
    expect(found.some(({ row }) => [3, 100, 200].includes(row))).toBe(false);
  });

  it('finds nothing where no frame may be answered with', () => {
    const database = { ...madeDatabase(), valid: new Uint8Array(720) };
    for (const search of searchesOf(database)) {
      for (const mode of [...EXACT, 'unreal'] as const) {
        expect(search.find(new Float32Array(database.dimension), { mode })).toEqual([]);
      }
    }
  });

  it('leaves nothing behind from one query to the next', () => {
    const database = madeDatabase();
    const search = makeSearch(database);
    const query = database.rows.slice(0, database.dimension);
    const first = search.find(query, { count: 5 });
    search.find(query, { count: 50, apartSeconds: 1, exclude: { clip: 0, frame: 9 }, excludeSeconds: 9 });
    search.find(query, { weights: [9, 0, 1], requiredTags: ['run'] });
    expect(search.find(query, { count: 5 })).toEqual(first);
  });
});

describe('what a search refuses', () => {
  const database = madeDatabase();
  const search = makeSearch(database);
  const query = new Float32Array(database.dimension);
  const code = (name: string) => expect.objectContaining({ code: name });

  it('tags that the database lacks, and names those it has', () => {
    expect(() => search.find(query, { requiredTags: ['swim'] })).toThrow(code('search/unknown-tag'));
    expect(() => search.find(query, { forbiddenTags: ['swim'] })).toThrow(/walk, run, crouch/);
    const bare = makeSearch(madeDatabase({ plain: true }));
    expect(() => bare.find(query, { requiredTags: ['run'] })).toThrow(/no tags/);
  });

  it('weights that do not fit the blocks', () => {
    for (const weights of [
      [1, 1],
      [1, 1, -1],
      [1, 1, Number.NaN],
      [1, 1, Infinity],
    ]) {
      expect(() => search.find(query, { weights })).toThrow(code('search/bad-weights'));
    }
  });

  it('weights in Unreal’s search, which has none', () => {
    expect(() => search.find(query, { mode: 'unreal', weights: [1, 1, 1] })).toThrow(
      code('search/unreal-weights'),
    );
  });
});
