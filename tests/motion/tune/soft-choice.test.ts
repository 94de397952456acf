import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/math/random.js';
import { type Candidates, softError } from '../../../src/motion/tune/soft-choice.js';

const random = seededRandom(4);
const start = Int32Array.from([0, 3, 3 + 7, 3 + 7 + 1]);
const groupCount = 3;
const made: Candidates = {
  start,
  groupCount,
  parts: Float32Array.from({ length: 11 * groupCount }, () => random.uniform()),
  errors: Float32Array.from({ length: 11 }, () => 10 * random.uniform()),
  softness: Float64Array.from([0.3, 0.2, 0.5]),
};

describe('softError', () => {
  it('has the gradient that small steps show', () => {
    const factors = Float64Array.from([1, 0.4, 2]);
    const gradient = new Float64Array(3);
    const unused = new Float64Array(3);
    softError(made, factors, gradient);
    for (let g = 0; g < 3; g++) {
      const [up, down] = [1e-5, -1e-5].map((step) =>
        softError(
          made,
          factors.map((factor, k) => factor + (k === g ? step : 0)),
          unused,
        ),
      );
      expect((up - down) / 2e-5).toBeCloseTo(gradient[g], 5);
    }
  });

  it('is the error of the nearest candidate where the choice is hard', () => {
    const factors = Float64Array.from([1, 1, 1]);
    const hard = { ...made, softness: new Float64Array(3).fill(1e-9) };
    let sum = 0;
    for (let q = 0; q < 3; q++) {
      let best = { cost: Infinity, error: 0 };
      for (let c = start[q]; c < start[q + 1]; c++) {
        const cost = made.parts[3 * c] + made.parts[3 * c + 1] + made.parts[3 * c + 2];
        if (cost < best.cost) best = { cost, error: made.errors[c] };
      }
      sum += best.error;
    }
    expect(softError(hard, factors, new Float64Array(3))).toBeCloseTo(sum / 3, 6);
  });
});
