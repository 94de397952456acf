import { describe, expect, it } from 'vitest';
import { nearestRow } from '../../src/kernels/nearest-rows.js';
import { makeRowBoxes, nearestInBoxes } from '../../src/kernels/row-boxes.js';
import { seededRandom } from '../../src/math/random.js';

const nothing = () => ({ row: -1, cost: Number.POSITIVE_INFINITY });

describe('nearestInBoxes', () => {
  it('finds nothing among no rows', () => {
    const best = nothing();
    nearestInBoxes(makeRowBoxes(new Float32Array(0), 3), new Float32Array(3), 0, 0, best);
    expect(best).toEqual(nothing());
  });

  it.each([
    [1, 1],
    [15, 3],
    [128, 4],
    [129, 5],
    [1000, 27],
  ])('gives what the full scan gives: %i rows of %i numbers', (n, dimension) => {
    const random = seededRandom(n);
    // A walk through space, so that boxes can be passed over, on a coarse grid, so that equals occur.
    const rows = new Float32Array(n * dimension);
    for (let i = 0; i < rows.length; i++) {
      rows[i] = (rows[i - dimension] ?? 0) + Math.round(random.normal());
    }
    const boxes = makeRowBoxes(rows, dimension);
    for (let q = 0; q < 60; q++) {
      const near = random.below(n) * dimension;
      const query = Float32Array.from(
        { length: dimension },
        (_, k) => rows[near + k] + Math.round(random.normal()),
      );
      const [scan, boxed] = [nothing(), nothing()];
      const from = random.below(n);
      const to = from + 1 + random.below(n - from);
      nearestRow(rows, dimension, query, from, to, scan);
      nearestInBoxes(boxes, query, from, to, boxed);
      expect(boxed).toEqual(scan);
    }
  });
});
