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

  it('takes Unreal’s spread: the mean distance from the mean, for 1 below a tenth of its units', () => {
    const layout = layoutOf(
      parseFeatureSchema({
        name: 'unreal',
        spread: 'unreal',
        channels: [
          { type: 'position', role: 'footL', keep: 'ground', weight: 2 },
          { type: 'position', role: 'footR', keep: 'height' },
          { type: 'heading' },
        ],
      }),
    );
    // Distances 5 and 5; 0.0005 m = 0.05 cm is taken for 1 cm; 0.05 is taken for 1.
    const rows = Float32Array.from([3, 4, 0, 0, 1, -3, -4, 0.001, 0, 1.1]);
    const valid = new Uint8Array(2).fill(1);
    const { factor, flat } = fitNormalisation(layout, [{ frameCount: 2, dimension: 5, rows, valid }]);
    [2 / 5, 2 / 5, 100, 1, 1].forEach((value, k) => {
      expect(factor[k]).toBeCloseTo(value, 5);
    });
    expect(flat).toEqual([]);
  });

  it('gives blocks of one group one spread, around one mean where Unreal’s is asked for', () => {
    const grouped = (spread: string) =>
      layoutOf(
        parseFeatureSchema({
          name: 'grouped',
          spread,
          channels: ['footL', 'footR'].map((role) => ({
            type: 'position',
            role,
            keep: 'height',
            normalisationGroup: 'feet',
          })),
        }),
      );
    const rows = Float32Array.from([0, 10, 2, 16]);
    const clip = { frameCount: 2, dimension: 2, rows, valid: new Uint8Array(2).fill(1) };
    // Deviations 1 and 3; distances from the mean of all four, 7: 7, 3, 5, 9.
    expect([...fitNormalisation(grouped('standard'), [clip]).factor]).toEqual([1 / 2, 1 / 2]);
    expect([...fitNormalisation(grouped('unreal'), [clip]).factor]).toEqual([1 / 6, 1 / 6]);
  });

  it('leaves lengths as they are where nothing is to be done to them', () => {
    const layout = (spread: string) =>
      layoutOf(
        parseFeatureSchema({
          name: 'none',
          spread,
          preprocess: 'none',
          channels: [{ type: 'position', role: 'footL', keep: 'height', weight: 3 }],
        }),
      );
    const clip = {
      frameCount: 2,
      dimension: 1,
      rows: Float32Array.from([0, 7]),
      valid: new Uint8Array(2).fill(1),
    };
    expect(fitNormalisation(layout('standard'), [clip]).factor[0]).toBe(3);
    expect(fitNormalisation(layout('unreal'), [clip]).factor[0]).toBeCloseTo(300, 9);
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
