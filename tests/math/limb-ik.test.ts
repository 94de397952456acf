import { describe, expect, it } from 'vitest';
import { type LimbTrack, makeLimbSolver } from '../../src/math/limb-ik.js';

const UPPER = 0.45;
const LOWER = 0.4;

/** A leg that hangs down from the origin, its knee bent backwards by `bend` radians. */
function bentLeg(bend: number): LimbTrack {
  return {
    base: Float64Array.of(0, 0, 0),
    middle: Float64Array.of(0, -UPPER, 0),
    tip: Float64Array.of(0, -UPPER - LOWER * Math.cos(bend), -LOWER * Math.sin(bend)),
    upper: Float64Array.of(0, 0, 0, 1),
    lower: Float64Array.of(Math.sin(bend / 2), 0, 0, Math.cos(bend / 2)),
    hinge: Float64Array.of(1, 0, 0),
  };
}

const reachTo = (goal: Float64Array): number => Math.hypot(goal[0], goal[1], goal[2]);

describe('makeLimbSolver', () => {
  it('brings the ankle to its goal, keeps both lengths, and the knee in its plane', () => {
    const leg = bentLeg(0.8);
    const solver = makeLimbSolver(leg);
    const goal = Float64Array.of(0, -0.6, 0.15);
    solver.pose(0, solver.bendChange(0, reachTo(goal)), goal);
    for (let k = 0; k < 3; k++) expect(leg.tip[k]).toBeCloseTo(goal[k], 10);
    expect(Math.hypot(...leg.middle)).toBeCloseTo(UPPER, 10);
    expect(Math.hypot(...leg.tip.map((x, k) => x - leg.middle[k]))).toBeCloseTo(LOWER, 10);
    expect(leg.middle[0]).toBeCloseTo(0, 10);
    // The knee points forwards still.
    expect(leg.middle[2]).toBeGreaterThan(0);
  });

  it('a goal where the ankle is changes nothing', () => {
    const leg = bentLeg(0.3);
    const before = [...leg.middle, ...leg.tip, ...leg.upper, ...leg.lower];
    const solver = makeLimbSolver(leg);
    const goal = Float64Array.from(leg.tip);
    solver.pose(0, solver.bendChange(0, reachTo(goal)), goal);
    [...leg.middle, ...leg.tip, ...leg.upper, ...leg.lower].forEach((x, i) => {
      expect(x).toBeCloseTo(before[i], 7);
    });
  });

  it('never straightens a bent knee wholly, however far the goal', () => {
    const solver = makeLimbSolver(bentLeg(0.3));
    const changes = [0.842, 0.846, 1, 5].map((reach) => solver.bendChange(0, reach));
    for (const change of changes) {
      expect(change).toBeLessThan(0);
      expect(0.3 + change).toBeGreaterThan(0.1);
    }
    expect(changes).toEqual([...changes].sort((a, b) => b - a));
  });

  it('a goal in the hip itself folds the knee no further than it goes', () => {
    const leg = bentLeg(0.3);
    const solver = makeLimbSolver(leg);
    const goal = Float64Array.of(0, 0, 0);
    solver.pose(0, solver.bendChange(0, 0), goal);
    for (const x of [...leg.middle, ...leg.tip, ...leg.upper, ...leg.lower])
      expect(Number.isFinite(x)).toBe(true);
  });
});
