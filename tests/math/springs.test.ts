import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  closedShare,
  moveToVelocity,
  springRate,
  springStep,
  stepSprings,
  wrapAngle,
} from '../../src/math/springs.js';

describe('springStep', () => {
  it('closes half of a gap in 1.21 halflives, and all of it in time', () => {
    const left = (halflives: number): number => springStep(0.2, 0.2 * halflives).xx;
    expect(left(1.211)).toBeCloseTo(0.5, 3);
    expect(left(20)).toBeLessThan(1e-9);
  });

  it('takes a halflife of 0 for very short, not for a fault', () => {
    const { xx, xv, vx, vv } = springStep(0, 1 / 60);
    expect([xx, xv, vx, vv].map(Math.abs)).toEqual([0, 0, 0, 0]);
  });

  it('gives the same in one step as in many', () => {
    const [x, v] = [Float64Array.of(0.3, -1), Float64Array.of(2, 0)];
    const [y, w] = [x.slice(), v.slice()];
    stepSprings(springStep(0.15, 0.4), x, v);
    for (let k = 0; k < 40; k++) stepSprings(springStep(0.15, 0.01), y, w);
    for (const k of [0, 1]) {
      expect(y[k]).toBeCloseTo(x[k], 12);
      expect(w[k]).toBeCloseTo(v[k], 12);
    }
  });

  it('has the velocity with which the offset changes', () => {
    const [x, v] = [Float64Array.of(0.3), Float64Array.of(2)];
    const small = 1e-6;
    stepSprings(springStep(0.15, 0.1), x, v);
    const before = x[0];
    const velocity = v[0];
    stepSprings(springStep(0.15, small), x, v);
    expect((x[0] - before) / small).toBeCloseTo(velocity, 3);
  });
});

describe('moveToVelocity', () => {
  it('gives the same in one step as in two, whatever the state', () => {
    const number = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(
        number,
        number,
        number,
        number,
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (p, v, a, goal, t) => {
          const once = Float64Array.of(p, v, a);
          const twice = once.slice();
          moveToVelocity(once, 0, goal, 5, t);
          moveToVelocity(twice, 0, goal, 5, 0.3 * t);
          moveToVelocity(twice, 0, goal, 5, 0.7 * t);
          for (const k of [0, 1, 2]) expect(twice[k]).toBeCloseTo(once[k], 8);
        },
      ),
    );
  });

  it('takes place from velocity and velocity from acceleration', () => {
    const state = Float64Array.of(0, 1, -2);
    const next = state.slice();
    moveToVelocity(next, 0, 3, springRate(0.27), 1e-6);
    expect((next[0] - state[0]) / 1e-6).toBeCloseTo(1, 4);
    expect((next[1] - state[1]) / 1e-6).toBeCloseTo(-2, 3);
  });

  it('keeps a velocity that is wished already', () => {
    const state = Float64Array.of(2, 1.5, 0);
    moveToVelocity(state, 0, 1.5, 5, 4);
    expect([...state]).toEqual([8, 1.5, 0]);
  });
});

describe('closedShare and wrapAngle', () => {
  it('closes half in a halflife', () => {
    expect(closedShare(0.1, 0.1)).toBeCloseTo(0.5, 12);
    expect(closedShare(0, 0.1)).toBeCloseTo(1, 12);
  });

  it('keeps angles within half a turn and changes them by whole turns', () => {
    fc.assert(
      fc.property(fc.double({ min: -100, max: 100, noNaN: true }), (angle) => {
        const wrapped = wrapAngle(angle);
        expect(Math.abs(wrapped)).toBeLessThanOrEqual(Math.PI + 1e-12);
        expect(Math.cos(wrapped - angle)).toBeCloseTo(1, 9);
      }),
    );
  });
});
