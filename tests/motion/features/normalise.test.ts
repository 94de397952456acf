import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/math/random.js';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import { extractFeatures } from '../../../src/motion/features/extract.js';
import { layoutOf } from '../../../src/motion/features/layout.js';
import { fitNormalisation, normaliseRows } from '../../../src/motion/features/normalise.js';
import { parseFeatureSchema } from '../../../src/motion/features/schema.js';
import { madeWalk } from '../made-tracks.js';

const HOLDEN = layoutOf(BUILT_IN_SCHEMAS.holden());

describe('fitNormalisation', () => {
  it('refuses clips without a single valid frame', () => {
    const short = extractFeatures(madeWalk({ frames: 20 }), HOLDEN);
    expect(() => fitNormalisation(HOLDEN, [short])).toThrow(
      expect.objectContaining({ code: 'motion/no-valid-frames' }),
    );
    expect(() => fitNormalisation(HOLDEN, [])).toThrow(
      expect.objectContaining({ code: 'motion/no-valid-frames' }),
    );
  });

  it('gives a block that never changes no say, by name', () => {
    const layout = layoutOf(
      parseFeatureSchema({
        name: 'flat',
        channels: [{ type: 'heading' }, { type: 'position', role: 'footL' }],
      }),
    );
    const rows = extractFeatures(madeWalk({ cadence: 2 }), layout);
    const { factor, flat } = fitNormalisation(layout, [rows]);
    expect(flat).toEqual(['heading']);
    expect([...factor.subarray(0, 2)]).toEqual([0, 0]);
    expect(factor[2]).toBeGreaterThan(0);
  });

  it('scales a block as a whole, by the mean of its deviations and its weight', () => {
    const layout = layoutOf(
      parseFeatureSchema({
        name: 'one',
        channels: [{ type: 'position', role: 'footL', weight: 2, keep: 'ground' }],
      }),
    );
    // Deviations 1 and 3, mean 2; weight 2: both numbers are multiplied by 1.
    const rows = Float32Array.from([-1, 7, 1, 13, 99, 99]);
    const valid = Uint8Array.from([1, 1, 0]);
    const fitted = fitNormalisation(layout, [{ frameCount: 3, dimension: 2, rows, valid }]);
    expect([...fitted.mean]).toEqual([0, 10]);
    expect([...fitted.factor]).toEqual([1, 1]);
    normaliseRows(fitted, rows);
    expect([...rows.subarray(0, 4)]).toEqual([-1, -3, 1, 3]);
  });

  it('drifts by less than 1e-5 over a million rows far from zero', () => {
    const layout = layoutOf(
      parseFeatureSchema({ name: 'far', channels: [{ type: 'position', role: 'footL', keep: 'height' }] }),
    );
    const random = seededRandom(8);
    const count = 1_000_000;
    const rows = Float32Array.from({ length: count }, () => 30 + 0.5 * random.normal());
    const fitted = fitNormalisation(layout, [
      { frameCount: count, dimension: 1, rows, valid: new Uint8Array(count).fill(1) },
    ]);
    normaliseRows(fitted, rows);
    let sum = 0;
    let square = 0;
    for (const value of rows) {
      sum += value;
      square += value * value;
    }
    expect(Math.abs(sum / count)).toBeLessThan(1e-5);
    expect(Math.abs(Math.sqrt(square / count) - 1)).toBeLessThan(1e-5);
  });
});
