import { expect, it } from 'vitest';
import { makeBandSystem } from '../../src/math/band-system.js';
import { solvePositive } from '../../src/math/cholesky.js';
import { seededRandom } from '../../src/math/random.js';

const COUNT = 40;
const BAND = 7;

/** Random rows that touch up to `BAND` neighbouring unknowns. */
function rows(): { unknowns: Int32Array; coefficients: Float64Array; right: number }[] {
  const random = seededRandom(5);
  return Array.from({ length: 3 * COUNT }, (_, i) => {
    const first = i < COUNT ? Math.min(i, COUNT - BAND) : Math.floor(random.uniform() * (COUNT - BAND + 1));
    const unknowns = Int32Array.from({ length: BAND }, (_, k) => first + k);
    return {
      unknowns,
      coefficients: Float64Array.from(unknowns, () => random.uniform() - 0.5),
      right: random.uniform(),
    };
  });
}

it('solves as the full normal equations do', () => {
  const system = makeBandSystem(COUNT, BAND);
  const full = new Float64Array(COUNT * COUNT);
  const right = new Float64Array(COUNT);
  for (const row of rows()) {
    system.add(row.unknowns, row.coefficients, BAND, row.right);
    row.unknowns.forEach((i, a) => {
      right[i] += row.coefficients[a] * row.right;
      row.unknowns.forEach((j, b) => {
        full[i * COUNT + j] += row.coefficients[a] * row.coefficients[b];
      });
    });
  }
  const x = new Float64Array(COUNT);
  system.solve(x);
  const wanted = solvePositive(full, right, COUNT, 1);
  for (let i = 0; i < COUNT; i++) expect(x[i]).toBeCloseTo(wanted[i], 9);
});

it('forgets its rows, and names an unknown that nothing determines', () => {
  const system = makeBandSystem(3, 2);
  system.add(Int32Array.of(0, 1), Float64Array.of(1, 1), 2, 4);
  system.clear();
  for (const i of [0, 1]) system.add(Int32Array.of(i), Float64Array.of(2), 1, 6);
  expect(() => system.solve(new Float64Array(3))).toThrowError(/unknown 2 of 3/);
});
