import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conjugate, multiply, normaliseQuat, type Quat, quatAt, rotate, slerp } from '../../src/math/quat.js';
import { divideRows, multiplyRows, rotateRow, slerpRows } from '../../src/math/quat-rows.js';
import { type Vec3, vec3At } from '../../src/math/vec3.js';

const part = fc.double({ min: -1, max: 1, noNaN: true });
const turn = fc
  .tuple(part, part, part, part)
  .filter((q) => Math.hypot(...q) > 0.1)
  .map((q) => normaliseQuat(q));
const vector = fc.tuple(part, part, part);

const near = (got: readonly number[], want: readonly number[]): void =>
  got.forEach((x, i) => {
    expect(x).toBeCloseTo(want[i] as number, 10);
  });

describe('arithmetic on rows is that on tuples', () => {
  it('products, quotients, rotations and blends, into the memory of an input too', () => {
    fc.assert(
      fc.property(turn, turn, vector, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, v, t) => {
        const rows = Float64Array.from([0, 0, 0, 1, ...a, ...b]);
        const out = new Float64Array(8);
        multiplyRows(rows, 4, rows, 8, out, 4);
        near(quatAt(out, 1), multiply(a, b));
        divideRows(rows, 4, rows, 8, out, 4);
        near(quatAt(out, 1), multiply(conjugate(a), b));
        slerpRows(rows, 4, rows, 8, t, out, 4);
        const blend: Quat = slerp(a, b, t);
        near(quatAt(out, 1), blend);
        const place = Float64Array.from(v);
        rotateRow(rows, 4, place, 0, place, 0);
        near(vec3At(place, 0), rotate(a, v as Vec3));
        multiplyRows(rows, 4, rows, 8, rows, 4);
        near(quatAt(rows, 1), multiply(a, b));
      }),
      { seed: 7 },
    );
  });
});
