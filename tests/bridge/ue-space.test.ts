import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  positionFromUe,
  positionsFromUe,
  positionsToUe,
  positionToUe,
  rotationFromUe,
  rotationsToUe,
  rotationToUe,
  scalesToUe,
} from '../../src/bridge/ue-space.js';
import { forwardKinematics, makeWorldPose, type Skeleton } from '../../src/clip/index.js';
import { multiply, normaliseQuat, type Quat, quatDot, rotate } from '../../src/math/quat.js';
import type { Vec3 } from '../../src/math/vec3.js';
import { add } from '../../src/math/vec3.js';

const number = fc.double({ min: -10, max: 10, noNaN: true });
const vector = fc.tuple(number, number, number) as fc.Arbitrary<Vec3>;
const rotation = fc
  .tuple(number, number, number, number)
  .filter((q) => Math.hypot(...q) > 0.1)
  .map((q) => normaliseQuat(q as Quat));

/** Unreal's own rule for turning a vector, written from the matrix of a quaternion: q v q⁻¹, as anywhere. */
const ueRotate = rotate;

function expectNear(actual: readonly number[], wanted: readonly number[], digits = 9): void {
  actual.forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i] as number, digits);
  });
}

describe('the canonical axes in Unreal', () => {
  it('is Z for up, +Y for the way the mesh faces, +X for left, all a hundred times as long', () => {
    expect(positionToUe([0, 1, 0])).toEqual([0, 0, 100]);
    expect(positionToUe([0, 0, 1])).toEqual([0, 100, 0]);
    expect(positionToUe([1, 0, 0])).toEqual([100, 0, 0]);
  });

  it('turns the other way about the mirrored axis: a right-handed quarter turn about up', () => {
    const quarter: Quat = [0, Math.SQRT1_2, 0, Math.SQRT1_2];
    expect(rotate(quarter, [0, 0, 1])[0]).toBeCloseTo(1, 12);
    const turned = ueRotate(rotationToUe(quarter), positionToUe([0, 0, 1]));
    expectNear(turned, [100, 0, 0]);
  });
});

describe('properties of the map', () => {
  it('comes back', () => {
    fc.assert(
      fc.property(vector, rotation, (v, q) => {
        expectNear(positionFromUe(positionToUe(v)), v);
        expectNear(rotationFromUe(rotationToUe(q)), q);
      }),
      { seed: 1 },
    );
  });

  it('carries a turned vector to the turned carried vector', () => {
    fc.assert(
      fc.property(vector, rotation, (v, q) => {
        expectNear(ueRotate(rotationToUe(q), positionToUe(v)), positionToUe(rotate(q, v)), 6);
      }),
      { seed: 2 },
    );
  });

  it('carries products of transforms to products of transforms', () => {
    fc.assert(
      fc.property(rotation, rotation, vector, vector, (a, b, ta, tb) => {
        const product = multiply(rotationToUe(a), rotationToUe(b));
        expect(Math.abs(quatDot(product, rotationToUe(multiply(a, b))))).toBeCloseTo(1, 9);
        const there = add(positionToUe(ta), ueRotate(rotationToUe(a), positionToUe(tb)));
        expectNear(there, positionToUe(add(ta, rotate(a, tb))), 6);
      }),
      { seed: 3 },
    );
  });

  it('mirrors: a right hand becomes a left one', () => {
    const [x, y, z] = (
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ] as const
    ).map((axis) => positionToUe(axis)) as [Vec3, Vec3, Vec3];
    const determinant =
      x[0] * (y[1] * z[2] - y[2] * z[1]) -
      x[1] * (y[0] * z[2] - y[2] * z[0]) +
      x[2] * (y[0] * z[1] - y[1] * z[0]);
    expect(determinant).toBe(-1e6);
  });
});

describe('whole arrays', () => {
  const chain: Skeleton = {
    joints: ['root', 'hip', 'knee', 'foot'].map((name, j) => ({
      name,
      parent: j - 1,
      restTranslation: [0, 0, 0],
      restRotation: [0, 0, 0, 1],
      restScale: [1, 1, 1],
      sourceName: name,
    })),
  };

  it('gives the same world poses whether forward kinematics runs before or after the border', () => {
    fc.assert(
      fc.property(
        fc.array(vector, { minLength: 4, maxLength: 4 }),
        fc.array(rotation, { minLength: 4, maxLength: 4 }),
        (places, turns) => {
          const translations = Float64Array.from(places.flat());
          const rotations = Float64Array.from(turns.flat());
          const world = forwardKinematics(chain, rotations, translations, makeWorldPose(4));
          const wanted = new Float64Array(12);
          positionsToUe(world.positions, wanted);

          positionsToUe(translations, translations);
          rotationsToUe(rotations, rotations);
          const ue = forwardKinematics(chain, rotations, translations, makeWorldPose(4));
          expectNear([...ue.positions], [...wanted], 6);
        },
      ),
      { seed: 4, numRuns: 50 },
    );
  });

  it('may be converted in place and comes back', () => {
    const values = Float64Array.of(1, 2, 3, 4, 5, 6);
    positionsToUe(values, values);
    expect([...values]).toEqual([100, 300, 200, 400, 600, 500]);
    positionsFromUe(values, values);
    expectNear([...values], [1, 2, 3, 4, 5, 6], 12);
    scalesToUe(values, values);
    expectNear([...values], [1, 3, 2, 4, 6, 5], 12);
  });
});
