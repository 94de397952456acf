import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/math/random.js';
import { fitRegression } from '../../../src/motion/encoder/linear.js';
import { multiply } from '../../../src/motion/encoder/products.js';
import { fitScaling, fromTable } from '../../../src/motion/encoder/rows.js';

/** y = x · TRUE, and a second direction of y that x hardly moves. */
const TRUE = Float64Array.of(2, 0, 0, 0, 0.01, 0, -1, 0, 0); // [3 inputs, 3 targets]

function made(count: number): { x: Float64Array; y: Float64Array } {
  const random = seededRandom(4);
  const x = Float64Array.from({ length: 3 * count }, () => random.normal());
  return { x, y: multiply(x, TRUE, count, 3, 3) };
}

describe('fitRegression', () => {
  it('finds the map that made the data, but for its ridge', () => {
    const { x, y } = made(2000);
    const { weights } = fitRegression(fromTable(x, 3), fromTable(y, 3), 3);
    weights.forEach((weight, k) => {
      expect(weight).toBeCloseTo(TRUE[k], 2);
    });
  });

  it('keeps the direction in which the prediction varies most', () => {
    const { x, y } = made(2000);
    const { directions, dim } = fitRegression(fromTable(x, 3), fromTable(y, 3), 1);
    expect(dim).toBe(1);
    expect([...directions].map(Math.abs)).toEqual([
      expect.closeTo(1, 4),
      expect.closeTo(0, 2),
      expect.closeTo(0, 2),
    ]);
  });

  it('gives no more directions than there are targets', () => {
    const { x, y } = made(50);
    expect(fitRegression(fromTable(x, 3), fromTable(y, 3), 16).dim).toBe(3);
  });

  it('bears inputs that say the same thing twice, and one that says nothing', () => {
    const { x, y } = made(200);
    const doubled = new Float64Array(5 * 200);
    for (let i = 0; i < 200; i++) {
      doubled.set(x.subarray(3 * i, 3 * i + 3), 5 * i);
      doubled[5 * i + 3] = x[3 * i];
    }
    const { weights } = fitRegression(fromTable(doubled, 5), fromTable(y, 3), 3);
    expect(weights[0] + weights[9]).toBeCloseTo(2, 2);
    expect([...weights.subarray(12)]).toEqual([0, 0, 0]);
  });
});

describe('fitScaling', () => {
  it('gives a block one scale: its weight over its mean deviation', () => {
    const rows = fromTable(Float64Array.of(0, 10, 5, 2, 16, 5), 3);
    const { mean, scale } = fitScaling(rows, [
      { name: 'moving', size: 2, weight: 0.5 },
      { name: 'still', size: 1, weight: 1 },
    ]);
    expect([...mean]).toEqual([1, 13, 5]);
    expect([...scale]).toEqual([0.25, 0.25, 0]); // deviations 1 and 3
  });
});
