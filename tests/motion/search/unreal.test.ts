import { describe, expect, it } from 'vitest';
import { principalComponents, projectRows } from '../../../src/math/principal-components.js';
import { seededRandom } from '../../../src/math/random.js';
import type { MotionDatabase } from '../../../src/motion/database/database.js';
import type { SearchOptions } from '../../../src/motion/search/options.js';
import { makeSearch } from '../../../src/motion/search/search.js';
import { compareAll } from './compare-all.js';
import { madeDatabase } from './made-database.js';

/** The rows that Unreal would compare in full, found by sorting all of them. */
function nearestByComponents(
  { rows, dimension, valid }: MotionDatabase,
  query: Float32Array,
  components: number,
  count: number,
  isOut: (row: number) => boolean,
): Set<number> {
  const open = Array.from(valid.keys()).filter((row) => valid[row] === 1);
  const mean = Array.from({ length: dimension }, (_, k) =>
    open.reduce((sum, row) => sum + rows[row * dimension + k] / open.length, 0),
  );
  const centred = Float32Array.from(
    open.flatMap((row) => mean.map((value, k) => rows[row * dimension + k] - value)),
  );
  const axes = principalComponents(centred, dimension, components);
  const places = projectRows(centred, dimension, axes.matrix, axes.count);
  const asked = projectRows(
    query.map((value, k) => value - mean[k]),
    dimension,
    axes.matrix,
    axes.count,
  );
  const distances = open.map((row, i) => {
    let sum = 0;
    for (let c = 0; c < axes.count; c++) sum += (places[i * axes.count + c] - asked[c]) ** 2;
    return { row, sum };
  });
  distances.sort((a, b) => a.sum - b.sum);
  return new Set(
    distances
      .filter(({ row }) => !isOut(row))
      .slice(0, count)
      .map(({ row }) => row),
  );
}

describe('the mode that predicts Unreal', () => {
  const database = madeDatabase({ clips: 30, blockSizes: [5, 4, 6] });
  const { dimension } = database;
  const queries = Array.from({ length: 60 }, (_, q) => {
    const random = seededRandom(q);
    const at = random.below(database.frameCount) * dimension;
    return database.rows.slice(at, at + dimension).map((value) => value + random.normal());
  });

  it.each([
    [2, 20],
    [4, 200],
  ])('finds the best among the nearest by %i components, %s of them', (principalComponents, neighbours) => {
    const search = makeSearch(database, { mode: 'unreal', unreal: { principalComponents, neighbours } });
    const continuing = { clip: 4, frame: 10 };
    const exclude = { clip: 7, frame: 30 };
    const options: SearchOptions = { continuing, exclude, excludeSeconds: 0.3 };
    const exactly: SearchOptions = { ...options, mode: 'vp-tree', unrealBiases: true };
    let misses = 0;
    for (const query of queries) {
      const isOut = (row: number): boolean => row === 4 * 60 + 10 || Math.abs(row - (7 * 60 + 30)) < 9;
      const near = nearestByComponents(database, query, principalComponents, neighbours, isOut);
      const valid = database.valid.map((value, row) =>
        near.has(row) ? value : row === 250 ? value && 2 : 0,
      );
      const [wanted] = compareAll({ ...database, valid }, query, exactly);
      const [found] = search.find(query, options);
      expect({ row: found.row, cost: found.cost }).toEqual({ row: wanted.row, cost: wanted.cost });
      const [best] = search.find(query, exactly);
      expect(found.cost).toBeGreaterThanOrEqual(best.cost);
      if (found.row !== best.row) misses++;
    }
    if (neighbours === 20) expect(misses).toBeGreaterThan(0);
  });

  it('is exact where it may look at everything', () => {
    const search = makeSearch(database, { unreal: { principalComponents: 64, neighbours: 1e6 } });
    for (const query of queries) {
      const exactly = search.find(query, { count: 3, unrealBiases: true });
      expect(search.find(query, { mode: 'unreal', count: 3 })).toEqual(exactly);
    }
  });

  it('favours what goes on and what loops as Unreal does, unless told otherwise', () => {
    const search = makeSearch(database, { mode: 'unreal' });
    const query = queries[0];
    const continuing = { clip: 2, frame: 20 };
    const row = 2 * 60 + 20;
    const own = database.continuingBias[row];
    expect(own).toBeNaN();
    const costWith = (options: SearchOptions): number | undefined =>
      search.find(query, { continuing, count: 200, ...options }).find((match) => match.row === row)?.bias;
    expect(costWith({})).toBeCloseTo(database.costBias[row] - 0.01, 9);
    expect(costWith({ continuingBias: -2 })).toBeCloseTo(database.costBias[row] - 2, 9);
    expect(costWith({ unrealBiases: false })).toBeCloseTo(database.costBias[row], 9);
    for (const match of search.find(query, { count: 100 })) {
      const looping = database.clips[match.clip].loops ? -0.005 : 0;
      expect(match.bias).toBeCloseTo(database.costBias[match.row] + looping, 9);
    }
  });
});
