import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EulerOrder, fromEuler, toEuler, unrollEuler } from '../../src/math/euler.js';
import {
  angleBetween,
  conjugate,
  fromAxes,
  fromAxisAngle,
  fromRotationVector,
  IDENTITY,
  multiply,
  negate,
  normaliseQuat,
  type Quat,
  rotate,
  shortestArc,
  slerp,
  swingTwist,
  toRotationVector,
} from '../../src/math/quat.js';
import { angleBetweenVectors, length, normalise, scale, subtract, type Vec3 } from '../../src/math/vec3.js';

const number = fc.double({ min: -1, max: 1, noNaN: true });
const direction = fc
  .tuple(number, number, number)
  .filter((v) => Math.hypot(...v) > 0.1)
  .map((v) => normalise(v));
const rotation = fc
  .tuple(number, number, number, number)
  .filter((q) => Math.hypot(...q) > 0.1)
  .map((q) => normaliseQuat(q as Quat));
const order = fc.constantFrom<EulerOrder>('XYZ', 'XZY', 'YXZ', 'YZX', 'ZXY', 'ZYX');
const seed = { seed: 7 };

const near = (a: Vec3, b: Vec3, slack = 1e-9): void => {
  expect(length(subtract(a, b))).toBeLessThan(slack);
};

describe('quaternions', () => {
  it('turn +X onto +Y by a quarter turn about +Z', () => {
    near(rotate(fromAxisAngle([0, 0, 1], Math.PI / 2), [1, 0, 0]), [0, 1, 0]);
  });

  it('compose: the right factor turns first', () => {
    fc.assert(
      fc.property(rotation, rotation, direction, (a, b, v) => {
        near(rotate(multiply(a, b), v), rotate(a, rotate(b, v)));
      }),
      seed,
    );
  });

  it('undo themselves by conjugation', () => {
    fc.assert(
      fc.property(rotation, direction, (q, v) => {
        near(rotate(conjugate(q), rotate(q, v)), v);
      }),
      seed,
    );
  });

  it('round-trip through rotation vectors, near the identity too', () => {
    fc.assert(
      fc.property(direction, fc.double({ min: 0, max: 3.14, noNaN: true }), (axis, angle) => {
        near(toRotationVector(fromRotationVector(scale(axis, angle))), scale(axis, angle), 1e-7);
      }),
      seed,
    );
    near(toRotationVector(fromRotationVector([1e-12, 0, 0])), [1e-12, 0, 0], 1e-20);
  });

  it('slerp the shorter way round whatever the signs', () => {
    const a = IDENTITY;
    const b = negate(fromAxisAngle([0, 1, 0], 1));
    expect(angleBetween(slerp(a, b, 0.25), fromAxisAngle([0, 1, 0], 0.25))).toBeLessThan(1e-9);
  });

  it('find the shortest arc, also between opposite directions', () => {
    fc.assert(
      fc.property(direction, direction, (from, to) => {
        near(rotate(shortestArc(from, to), from), to, 1e-6);
        near(rotate(shortestArc(from, scale(from, -1)), from), scale(from, -1), 1e-6);
      }),
      seed,
    );
  });

  it('split into swing and twist that multiply back', () => {
    fc.assert(
      fc.property(rotation, direction, (q, axis) => {
        const { swing, twist } = swingTwist(q, axis);
        expect(angleBetween(multiply(swing, twist), q)).toBeLessThan(1e-7);
        // The swing has no part about the axis.
        expect(Math.abs(swing[0] * axis[0] + swing[1] * axis[1] + swing[2] * axis[2])).toBeLessThan(1e-7);
      }),
      seed,
    );
  });

  it('are rebuilt from their axes', () => {
    fc.assert(
      fc.property(rotation, (q) => {
        const back = fromAxes(rotate(q, [1, 0, 0]), rotate(q, [0, 1, 0]), rotate(q, [0, 0, 1]));
        expect(angleBetween(back, q)).toBeLessThan(1e-7);
      }),
      seed,
    );
  });
});

describe('Euler angles', () => {
  it('round-trip in every order, at gimbal lock too', () => {
    fc.assert(
      fc.property(order, rotation, (o, q) => {
        expect(angleBetween(fromEuler(o, toEuler(o, q)), q)).toBeLessThan(1e-6);
      }),
      seed,
    );
    fc.assert(
      fc.property(order, number, number, fc.constantFrom(-1, 1), (o, a, c, side) => {
        const locked = fromEuler(o, [a * 3, (side * Math.PI) / 2, c * 3]);
        expect(angleBetween(fromEuler(o, toEuler(o, locked)), locked)).toBeLessThan(1e-5);
      }),
      seed,
    );
  });

  it('mean R(first) · R(second) · R(third)', () => {
    // ZXY with 90° each on the first two: x is turned by X (stays), then by Z onto y.
    near(rotate(fromEuler('ZXY', [Math.PI / 2, Math.PI / 2, 0]), [1, 0, 0]), [0, 1, 0]);
    near(rotate(fromEuler('ZXY', [Math.PI / 2, Math.PI / 2, 0]), [0, 1, 0]), [0, 0, 1]);
  });

  it('unroll to the equal triple nearest to the one before', () => {
    fc.assert(
      fc.property(order, rotation, fc.tuple(number, number, number), (o, q, before) => {
        const previous = scale(before, 10);
        const out = unrollEuler(toEuler(o, q), previous);
        expect(angleBetween(fromEuler(o, out), q)).toBeLessThan(1e-6);
        for (let i = 0; i < 3; i += 2)
          expect(Math.abs(out[i] - previous[i])).toBeLessThan(Math.PI * 1.5 + 1e-9);
      }),
      seed,
    );
    expect(
      angleBetweenVectors(unrollEuler([Math.PI - 0.1, 0, 0], [-Math.PI - 0.2, 0, 0]), [-1, 0, 0]),
    ).toBeLessThan(1e-9);
  });
});
