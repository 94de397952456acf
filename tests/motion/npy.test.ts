import { describe, expect, it } from 'vitest';
import { readNpy, writeNpy } from '../../src/motion/npy.js';

const whole = (): Uint8Array => writeNpy({ shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, NaN, 1e-30) });

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'nothing thrown';
};

describe('readNpy', () => {
  it('refuses what is no .npy file', () => {
    expect(codeOf(() => readNpy(new Uint8Array()))).toBe('npy/damaged');
    expect(codeOf(() => readNpy(new TextEncoder().encode('HIERARCHY\nROOT Hips')))).toBe('npy/damaged');
  });

  it('refuses a file cut anywhere, and one with bytes to spare', () => {
    const bytes = whole();
    for (let cut = 0; cut < bytes.length; cut++)
      expect(codeOf(() => readNpy(bytes.slice(0, cut)))).toBe('npy/damaged');
    expect(codeOf(() => readNpy(Uint8Array.of(...bytes, 0)))).toBe('npy/damaged');
  });

  it('names the file in its sentence', () => {
    expect(() => readNpy(new Uint8Array(3), 'walk.npy')).toThrow(/walk\.npy is no whole/);
  });

  it('refuses other types and Fortran order', () => {
    const altered = (from: string, to: string): Uint8Array =>
      Uint8Array.from(
        Buffer.from(Buffer.from(whole()).toString('latin1').replace(from, to.padEnd(from.length)), 'latin1'),
      );
    expect(codeOf(() => readNpy(altered("'<f4'", "'<f8'")))).toBe('npy/unsupported');
    expect(codeOf(() => readNpy(altered('False, ', 'True,  ')))).toBe('npy/unsupported');
  });
});

describe('readNpy of a Buffer', () => {
  it('gives a plain array that does not share its memory', () => {
    const bytes = Buffer.from(writeNpy({ shape: [2], data: Uint8Array.of(1, 2) }));
    const { data } = readNpy(bytes);
    bytes.fill(9);
    expect(data).toEqual(Uint8Array.of(1, 2));
  });
});

describe('writeNpy', () => {
  it('refuses a shape that does not hold the data', () => {
    expect(codeOf(() => writeNpy({ shape: [2, 2], data: new Float32Array(5) }))).toBe('npy/bad-shape');
  });

  it('is what NumPy writes, byte for byte', () => {
    // numpy.save of numpy.array([7, 255], dtype=uint8)
    const header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }".padEnd(117);
    const bytes = writeNpy({ shape: [2], data: Uint8Array.of(7, 255) });
    expect(Buffer.from(bytes).toString('latin1')).toBe(`\x93NUMPY\x01\x00\x76\x00${header}\n\x07\xff`);
  });

  it('round trips all that it reads, odd offsets and the empty array', () => {
    for (const array of [
      { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, NaN, 1e-30) },
      { shape: [3], data: Uint8Array.of(0, 1, 255) },
      { shape: [3], data: Uint32Array.of(0, 70_000, 4_294_967_295) },
      { shape: [0, 16], data: new Float32Array(0) },
    ]) {
      const bytes = writeNpy(array);
      const shifted = new Uint8Array(bytes.length + 1);
      shifted.set(bytes, 1);
      expect(readNpy(shifted.subarray(1))).toEqual(array);
    }
  });
});
