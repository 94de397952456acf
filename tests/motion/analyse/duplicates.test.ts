import { describe, expect, it } from 'vitest';
import { findDuplicates } from '../../../src/motion/analyse/duplicates.js';
import { makeSearch } from '../../../src/motion/search/search.js';
import { line, rowsDatabase } from './made-rows.js';

const all = (count: number) => Int32Array.from({ length: count }, (_, row) => row);
const find = (clips: readonly (readonly (readonly number[])[])[], limit = 0.01, probes?: Int32Array) => {
  const database = rowsDatabase(clips);
  return findDuplicates(database, makeSearch(database), probes ?? all(database.frameCount), limit, undefined);
};

describe('findDuplicates', () => {
  it('finds none where clips differ, and none of a clip with itself', () => {
    expect(find([line(20, [0, 0], [1, 0]), line(20, [0, 5], [1, 0])])).toMatchObject({ share: 0, pairs: [] });
    const round = Array.from({ length: 40 }, (_, k) => [k % 10, 0]);
    expect(find([round, line(20, [0, 5], [1, 0])]).share).toBe(0);
  });

  it('joins frames that run side by side to one pair, wherever in the clips they lie', () => {
    const copy = [...line(5, [0, 50], [1, 0]), ...line(12, [4, 0.01], [1, 0]), ...line(5, [0, 70], [1, 0])];
    const { pairs, share } = find([line(20, [0, 0], [1, 0]), copy]);
    expect(share).toBeCloseTo(24 / 42, 9);
    expect(pairs).toEqual([
      {
        first: { clip: 'clip 0', from: 0.4, to: 1.5 },
        second: { clip: 'clip 1', from: 0.5, to: 1.6 },
        cost: expect.closeTo(1e-4, 7),
      },
    ]);
  });

  it('sees the same where only some of the frames are looked at', () => {
    const probes = all(40).filter((row) => row % 3 === 1);
    const { pairs } = find([line(20, [0, 0], [1, 0]), line(20, [0, 0], [1, 0])], 0.01, probes);
    expect(pairs).toHaveLength(1);
    expect(pairs[0].first.to - pairs[0].first.from).toBeGreaterThan(1.6);
  });

  it('tells two stretches apart whose lags differ', () => {
    const clip = line(30, [0, 0], [1, 0]);
    const { pairs } = find([clip, [...clip.slice(0, 8), ...line(6, [0, 90], [1, 0]), ...clip.slice(8, 16)]]);
    expect(pairs.map(({ first, second }) => [first.from, second.from])).toEqual([
      [0, 0],
      [0.8, 1.4],
    ]);
  });
});
