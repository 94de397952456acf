import { describe, expect, it } from 'vitest';
import { LEAF_ROWS } from '../../src/kernels/row-tree.js';
import { type MakeRowTree, makePlainRowTree } from '../../src/kernels/row-tree-kernels.js';
import type { SearchWay } from '../../src/kernels/search.js';
import { makeWasmRowTree } from '../../src/kernels/wasm-row-tree.js';
import { seededRandom } from '../../src/math/random.js';

const wasm = makeWasmRowTree();
if (!wasm) throw new Error('This Node has no WebAssembly vector instructions.');
const KERNELS: [string, MakeRowTree][] = [
  ['plain', makePlainRowTree],
  ['wasm', wasm],
];

const PLAIN: SearchWay = { everyRow: false, byBoxes: false, weighted: false, required: 0, forbidden: 0 };
const BOXES: SearchWay = { ...PLAIN, byBoxes: true };
const EVERY: SearchWay = { ...PLAIN, everyRow: true };

/** Rows that walk through space in steps of whole numbers, so that equals and neighbours occur. */
function walk(rowCount: number, dimension: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const rows = new Float32Array(rowCount * dimension);
  for (let i = 0; i < rows.length; i++)
    rows[i] = 0.98 * (rows[i - dimension] ?? 0) + Math.round(random.normal());
  return rows;
}

/** A tree of rows whose turned columns are the rows' own numbers, and a search for the nearest in it. */
function planted(make: MakeRowTree, rows: Float32Array, dimension: number) {
  const rowCount = rows.length / dimension;
  let best = { row: -1, distance: Infinity };
  let offered: number[] = [];
  let fixed: number | undefined;
  let asked = new Float32Array(dimension);
  let weights = new Float32Array(dimension).fill(1);
  const distanceOf = (row: number): number =>
    asked.reduce((sum, value, k) => sum + weights[k] * (rows[row * dimension + k] - value) ** 2, 0);
  const kernels = make({ rowCount, dimension }, (row) => {
    offered.push(row);
    const distance = distanceOf(row);
    if (distance < best.distance || (distance === best.distance && row < best.row)) best = { row, distance };
    return fixed ?? best.distance;
  });
  const { tree } = kernels;
  for (let k = 0; k < dimension; k++) tree.matrix[k * tree.columnCount + k] = 1;
  const chunk = tree.raw.length / dimension;
  for (let row = 0; row < rowCount; row += chunk) {
    const count = Math.min(chunk, rowCount - row);
    tree.raw.set(rows.subarray(row * dimension, (row + count) * dimension));
    kernels.turnRows(count, tree.values.subarray(row * tree.columnCount));
  }
  for (let row = 0; row < rowCount; row++) tree.ids[row] = row;
  kernels.arrange();
  return {
    kernels,
    tree,
    /** What is offered within a limit that never falls. */
    within: (query: Float32Array, way: SearchWay, limit: number): Set<number> => {
      fixed = limit;
      offered = [];
      tree.raw.set(query);
      kernels.search(way, limit, 0);
      fixed = undefined;
      return new Set(offered);
    },
    nearest: (query: Float32Array, way: SearchWay, weightOf?: (k: number) => number) => {
      asked = Float32Array.from(query);
      weights = Float32Array.from(query, (_, k) => weightOf?.(k) ?? 1);
      best = { row: -1, distance: Infinity };
      offered = [];
      tree.raw.set(query);
      tree.weights.set(weights);
      const left = kernels.search({ ...way, weighted: weightOf !== undefined }, Infinity, 0);
      expect(left).toBe(best.distance);
      return { ...best, offered };
    },
    /** What comparing every row gives. */
    bruteForce: () => {
      let least = { row: -1, distance: Infinity };
      for (let row = 0; row < rowCount; row++) {
        const distance = distanceOf(row);
        if (distance < least.distance) least = { row, distance };
      }
      return least;
    },
  };
}

describe.each(KERNELS)('a row tree (%s)', (_, make) => {
  it('offers nothing of no rows', () => {
    const { nearest } = planted(make, new Float32Array(0), 3);
    for (const way of [PLAIN, BOXES, EVERY]) {
      expect(nearest(new Float32Array(3), way).offered).toEqual([]);
    }
  });

  it.each([
    [1, 1],
    [LEAF_ROWS, 3],
    [LEAF_ROWS + 1, 4],
    [1000, 5],
    [3000, 27],
    [1500, 33],
  ])('finds the nearest of %i rows of %i numbers, the first among equals, every way', (count, dimension) => {
    const rows = walk(count, dimension, count);
    const { nearest, bruteForce } = planted(make, rows, dimension);
    const random = seededRandom(dimension);
    for (let q = 0; q < 40; q++) {
      const near = random.below(count) * dimension;
      const query = Float32Array.from(
        { length: dimension },
        (_, k) => rows[near + k] + Math.round(2 * random.normal()) / 2,
      );
      for (const way of [PLAIN, BOXES, EVERY]) {
        const { row, distance } = nearest(query, way);
        expect({ row, distance }).toEqual(bruteForce());
      }
      const weightOf = (k: number): number => [0, 0.5, 1, 7][k & 3];
      for (const way of [BOXES, EVERY]) {
        const { row, distance } = nearest(query, way, weightOf);
        expect({ row, distance }).toEqual(bruteForce());
      }
    }
  });

  it('offers a row that is just as far as the limit, where pivot, row and query lie on one line', () => {
    const random = seededRandom(12);
    const rows = Float32Array.from({ length: 4000 }, () => 10 * random.normal());
    const { within } = planted(make, rows, 1);
    for (let q = 0; q < 2000; q++) {
      const row = random.below(rows.length);
      // Half of them so near that what is rounded of their distances from the pivot is all that lies between.
      const query = Float32Array.of(
        q % 2 === 0 ? 30 * random.normal() : rows[row] * (1 + 1e-7 * random.below(4)),
      );
      const limit = (rows[row] - query[0]) ** 2;
      for (const way of [PLAIN, BOXES]) expect(within(query, way, limit).has(row)).toBe(true);
    }
  });

  it('passes most rows over', () => {
    const rows = walk(20_000, 6, 3);
    const { nearest } = planted(make, rows, 6);
    const query = rows.slice(600, 606);
    for (const way of [PLAIN, BOXES]) expect(nearest(query, way).offered.length).toBeLessThan(100);
  });

  it('survives numbers whose squares overflow', () => {
    const rows = walk(500, 4, 9).map((value) => value * 1e25);
    const { nearest, bruteForce } = planted(make, rows, 4);
    for (const way of [PLAIN, BOXES, EVERY]) {
      const { row, distance } = nearest(rows.slice(80, 84), way);
      expect({ row, distance }).toEqual(bruteForce());
    }
  });
});

describe('the kernels', () => {
  it('are the same on the vector unit as in plain TypeScript, byte for byte and offer for offer', () => {
    const dimension = 11;
    const rows = walk(4000, dimension, 5);
    const [plain, vector] = KERNELS.map(([, make]) => planted(make, rows, dimension));
    const bytes = (numbers: Float32Array | Uint32Array) =>
      Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
    for (const name of ['values', 'ids', 'nodes', 'shells', 'boxes'] as const) {
      expect(bytes(vector.tree[name]).equals(bytes(plain.tree[name])), name).toBe(true);
    }
    const random = seededRandom(8);
    for (let q = 0; q < 30; q++) {
      const query = rows
        .slice(q * 99 * dimension, (q * 99 + 1) * dimension)
        .map((value) => value + random.normal());
      for (const way of [PLAIN, BOXES, EVERY]) {
        expect(vector.nearest(query, way).offered).toEqual(plain.nearest(query, way).offered);
        if (way === PLAIN) continue;
        const weightOf = (k: number): number => k % 3;
        expect(vector.nearest(query, way, weightOf).offered).toEqual(
          plain.nearest(query, way, weightOf).offered,
        );
      }
    }
  });
});
