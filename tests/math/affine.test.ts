import { describe, expect, it } from 'vitest';
import {
  composeAffine,
  multiplyAffine,
  rotationOfAffine,
  translationOfAffine,
} from '../../src/math/affine.js';
import { AFFINE_PARTS, MIRRORED_AT, SCALE_AT, SHEAR_AT, splitAffine } from '../../src/math/affine-parts.js';
import { angleBetween, fromAxisAngle, IDENTITY, multiply } from '../../src/math/quat.js';
import { seededRandom } from '../../src/math/random.js';

const turn = fromAxisAngle([0, 0, 1], Math.PI / 2);

describe('affine maps', () => {
  it('scale, then turn, then move', () => {
    const m = new Float64Array(12);
    composeAffine([1, 2, 3], turn, [2, 1, 1], m);
    // x ↦ scaled to 2x, turned onto +y, moved.
    expect([m[0] + m[9], m[1] + m[10], m[2] + m[11]].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([
      1, 4, 3,
    ]);
  });

  it('multiply like the transforms they are', () => {
    const [a, b, ab] = [0, 1, 2].map(() => new Float64Array(12)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    composeAffine([1, 0, 0], turn, [2, 2, 2], a);
    composeAffine([3, 0, 0], turn, [1, 1, 1], b);
    multiplyAffine(a, 0, b, 0, ab);
    expect(translationOfAffine(ab).map((value) => Math.round(value * 1e9) / 1e9)).toEqual([1, 6, 0]);
    expect(angleBetween(rotationOfAffine(ab).rotation, multiply(turn, turn))).toBeLessThan(1e-9);
  });

  it('tell mirroring and shear, and read the rotation through uneven scale', () => {
    const m = new Float64Array(12);
    composeAffine([0, 0, 0], turn, [0.5, 3, 7], m);
    expect(rotationOfAffine(m)).toMatchObject({ mirrored: false });
    expect(angleBetween(rotationOfAffine(m).rotation, turn)).toBeLessThan(1e-9);
    composeAffine([0, 0, 0], turn, [-1, 1, 1], m);
    expect(rotationOfAffine(m).mirrored).toBe(true);
    expect(angleBetween(rotationOfAffine(m).rotation, turn)).toBeLessThan(1e-9);
    expect(rotationOfAffine(Float64Array.from([1, 0, 0, 0.5, 1, 0, 0, 0, 1, 0, 0, 0])).shear).toBeGreaterThan(
      0.4,
    );
  });

  it('survive an axis without length', () => {
    const m = new Float64Array(12);
    composeAffine([0, 0, 0], IDENTITY, [1, 1, 0], m);
    const { rotation } = rotationOfAffine(m);
    expect(rotation.every(Number.isFinite)).toBe(true);
    expect(Math.hypot(...rotation)).toBeCloseTo(1, 9);
  });

  it('fall into the same parts without allocation, flat and mirrored ones too', () => {
    const random = seededRandom(5);
    const number = (): number => 4 * random.uniform() - 2;
    for (let round = 0; round < 500; round++) {
      const m = Float64Array.from({ length: 12 }, number);
      if (round % 7 === 0) m.fill(0, 3, 6);
      if (round % 11 === 0) m.set(m.subarray(0, 3), 6);
      const parts = new Float64Array(AFFINE_PARTS);
      splitAffine(m, 0, parts);
      const { rotation, mirrored, shear } = rotationOfAffine(m);
      const same = Math.abs(rotation.reduce((sum, value, k) => sum + value * parts[k], 0));
      expect(same).toBeCloseTo(1, 9);
      // With two axes the same, rounding tells which hand it is.
      if (round % 11 !== 0) expect(parts[MIRRORED_AT]).toBe(mirrored ? 1 : 0);
      expect(parts[SHEAR_AT]).toBeCloseTo(shear, 12);
      expect(parts[SCALE_AT + 1]).toBeCloseTo(Math.hypot(m[3], m[4], m[5]), 12);
    }
  });
});
