import { describe, expect, it } from 'vitest';
import { makeBandSystem } from '../../src/math/band-system.js';
import { type JerkWish, makeJerkRows } from '../../src/retarget/solve/jerk-rows.js';

const FRAMES = 40;
const SPIKE = 20;

/** A way of [frames, 3] that swings by `size` metres, pushed by `push` metres in one frame. */
function swing(size: number, push = 0): Float64Array {
  const way = new Float64Array(3 * FRAMES);
  for (let f = 0; f < FRAMES; f++) way[3 * f] = size * Math.sin(f / 3);
  way[3 * SPIKE] += push;
  return way;
}

/** By how much each frame is moved where nothing but jerk and staying is asked for, metres along x. */
function moved(own: Float64Array, source: Float64Array, wish: JerkWish): Float64Array {
  const rows = makeJerkRows(source, 1, 1, wish);
  const system = makeBandSystem(3 * FRAMES, 12);
  const x = new Float64Array(3 * FRAMES);
  for (let round = 0; round < 4; round++) {
    system.clear();
    for (let f = 0; f < FRAMES; f++) {
      rows.add(system, own, f, 0, 3, 0, x);
      for (let k = 0; k < 3; k++) system.add(Int32Array.of(3 * f + k), Float64Array.of(0.01), 1, 0);
    }
    system.solve(x);
  }
  return x.filter((_, i) => i % 3 === 0);
}

const largest = (values: Float64Array): number => Math.max(...values.map(Math.abs));

describe('jerk in excess of the source', () => {
  it('is taken off a way that is pushed in one frame', () => {
    const x = moved(swing(0.1, 0.01), swing(0.1), 'excess');
    expect(x[SPIKE]).toBeLessThan(-0.008);
    expect(Math.abs(x[SPIKE - 10])).toBeLessThan(0.001);
  });

  it('is all that is asked about: a way that jerks less stays, to the last digit', () => {
    expect(largest(moved(swing(0.08), swing(0.1), 'excess'))).toBe(0);
    expect(largest(moved(swing(0.08), swing(0.1), 'everywhere'))).toBeGreaterThan(0.005);
  });
});
