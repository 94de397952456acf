import { expect, it } from 'vitest';
import { type LimbTrack, poseLimb } from '../../src/math/limb-ik.js';
import { angleBetweenVectors, type Vec3 } from '../../src/math/vec3.js';
import { makeLimbDirections } from '../../src/retarget/solve/limb-directions.js';

/** A leg that hangs from the origin, bent by `bend` radians. */
const limb = (bend: number): LimbTrack => ({
  base: Float64Array.of(0, 0, 0),
  middle: Float64Array.of(0, -0.45, 0),
  tip: Float64Array.of(0, -0.45 - 0.4 * Math.cos(bend), -0.4 * Math.sin(bend)),
  upper: Float64Array.of(0, 0, 0, 1),
  lower: Float64Array.of(Math.sin(bend / 2), 0, 0, Math.cos(bend / 2)),
  hinge: Float64Array.of(1, 0, 0),
});

/** The root of the sum of squares of both bones' turns, radians, with the tip moved by `shift`. */
function turned(bend: number, shift: Vec3): number {
  const [before, after] = [limb(bend), limb(bend)];
  poseLimb(
    after,
    before.tip.map((x, k) => x + shift[k]),
  );
  const bones = ({ base, middle, tip }: LimbTrack): [Vec3, Vec3] => [
    [middle[0] - base[0], middle[1] - base[1], middle[2] - base[2]],
    [tip[0] - middle[0], tip[1] - middle[1], tip[2] - middle[2]],
  ];
  const [a, b] = [bones(before), bones(after)];
  return Math.hypot(angleBetweenVectors(a[0], b[0]), angleBetweenVectors(a[1], b[1]));
}

/** The same as the rows have it, linear around the limb as it is. */
function predicted(bend: number, shift: Vec3): number {
  const { at, slopes, rights } = makeLimbDirections(limb(bend));
  at(0, 0, 0, 0);
  return Math.hypot(
    ...[0, 1, 2].map((r) => shift.reduce((sum, x, k) => sum + slopes[3 * r + k] * x, 0) - rights[r]),
  );
}

it.each([
  [0.8, [0, 0.002, 0]],
  [0.8, [0, 0, 0.003]],
  [0.4, [0.003, 0, 0]],
  [1.5, [0.001, 0.001, -0.002]],
] as const)('tells how far both bones turn: bent by %f, moved by %j', (bend, shift) => {
  const real = turned(bend, shift);
  expect(real).toBeGreaterThan(0.001);
  expect(Math.abs(predicted(bend, shift) - real)).toBeLessThan(0.08 * real);
});

it('a straight limb is stiff along its line, and no number in it is infinite', () => {
  const { at, slopes, rights } = makeLimbDirections(limb(0));
  at(0, 0, -0.1, 0);
  for (const value of [...slopes, ...rights]) expect(Number.isFinite(value)).toBe(true);
  expect(Math.abs(slopes[1])).toBeGreaterThan(5);
});
