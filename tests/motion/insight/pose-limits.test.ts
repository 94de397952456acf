import { describe, expect, it } from 'vitest';
import { angleBetween, fromRotationVector, quatAt, setQuat } from '../../../src/math/quat.js';
import { seededRandom } from '../../../src/math/random.js';
import { keepWithin, poseLimits } from '../../../src/motion/insight/pose-limits.js';

const POSES = 500;

describe('limits of poses', () => {
  const random = seededRandom(1);
  // A hinge that bends by 0 to 1 rad about x, some of its rotations with the other sign; and a joint that stays.
  const rotations = new Float64Array(8 * POSES);
  for (let p = 0; p < POSES; p++) {
    const bend = fromRotationVector([random.uniform(), 0, 0]);
    const sign = p % 3 === 0 ? -1 : 1;
    bend.forEach((value, k) => {
      rotations[8 * p + k] = sign * value;
    });
    setQuat(rotations, 2 * p + 1, fromRotationVector([0, 0.4, 0]));
  }
  const limits = poseLimits(rotations, 2);
  const kept = (joint: number, vector: readonly [number, number, number]) => {
    const out = new Float64Array(4);
    setQuat(out, 0, fromRotationVector(vector));
    keepWithin(limits, joint, out, 0);
    return quatAt(out, 0);
  };

  it('leaves what was seen as it is', () => {
    expect(angleBetween(kept(0, [0.3, 0, 0]), fromRotationVector([0.3, 0, 0]))).toBeLessThan(1e-12);
    expect(angleBetween(kept(1, [0, 0.4, 0]), fromRotationVector([0, 0.4, 0]))).toBeLessThan(1e-6);
  });

  it('turns back what bends too far, or the wrong way, or about another axis', () => {
    expect(angleBetween(kept(0, [1.6, 0, 0]), fromRotationVector([1, 0, 0]))).toBeLessThan(0.02);
    expect(angleBetween(kept(0, [-0.8, 0, 0]), fromRotationVector([0, 0, 0]))).toBeLessThan(0.02);
    expect(angleBetween(kept(1, [0.9, 0.4, 0.2]), fromRotationVector([0, 0.4, 0]))).toBeLessThan(1e-6);
    const twisted = kept(0, [0.5, 0.5, 0]);
    expect(Math.abs(twisted[1])).toBeLessThan(0.02);
  });
});
