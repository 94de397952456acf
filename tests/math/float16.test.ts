import { describe, expect, it } from 'vitest';
import { fromFloat16, toFloat16 } from '../../src/math/float16.js';

describe('float16', () => {
  it.each([
    [0, 0],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [1 / 3, 0x3555],
  ])('writes %f as IEEE 754 does', (value, bits) => {
    expect(toFloat16(value)).toBe(bits);
    if (value !== 1 / 3) expect(fromFloat16(bits)).toBe(value);
  });

  it('gives every finite number back to the bit', () => {
    for (let bits = 0; bits < 0x10000; bits++)
      if (((bits >>> 10) & 31) < 31) expect(toFloat16(fromFloat16(bits))).toBe(bits);
  });

  it('rounds to the nearest, ties to even, and stops at the largest', () => {
    expect(fromFloat16(toFloat16(1 + 0.4 / 1024))).toBe(1);
    expect(fromFloat16(toFloat16(1 + 0.5 / 1024))).toBe(1);
    expect(fromFloat16(toFloat16(1 + 1.5 / 1024))).toBe(1 + 2 / 1024);
    expect(fromFloat16(toFloat16(2 - 0.4 / 1024))).toBe(2);
    expect(fromFloat16(toFloat16(1e9))).toBe(65504);
    expect(fromFloat16(toFloat16(-Infinity))).toBe(-65504);
    expect(fromFloat16(toFloat16(Number.NaN))).toBeNaN();
    expect(fromFloat16(0x7c00)).toBe(Infinity);
  });
});
