import { expect, it } from 'vitest';
import { seededRandom } from '../../../src/math/random.js';
import { makeNearestRow } from '../../../src/motion/search/nearest-row.js';

it('finds the nearest of the rows it may, the first among equals, whatever the guess', () => {
  const random = seededRandom(2);
  const dimension = 3;
  const rows = Float32Array.from({ length: 600 * dimension }, () => random.below(6));
  const candidates = Uint32Array.from({ length: 200 }, (_, i) => 3 * i + 1);
  const nearest = makeNearestRow(rows, dimension, candidates);
  for (let q = 0; q < 200; q++) {
    const query = Float32Array.from({ length: dimension }, () => random.below(6));
    const distances = Array.from(candidates, (row) =>
      query.reduce((sum, value, k) => sum + (rows[row * dimension + k] - value) ** 2, 0),
    );
    const wanted = candidates[distances.indexOf(Math.min(...distances))];
    expect(nearest(query, candidates[random.below(200)])).toBe(wanted);
  }
});
