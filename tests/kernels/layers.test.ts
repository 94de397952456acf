import { describe, expect, it } from 'vitest';
import { type Convolution, LANES, paddedRow } from '../../src/kernels/convolve.js';
import {
  type LayerKernels,
  type MakeLayerKernels,
  makePlainLayers,
} from '../../src/kernels/layer-kernels.js';
import { makeWasmLayers } from '../../src/kernels/wasm-layers.js';
import { seededRandom } from '../../src/math/random.js';

const wasm = makeWasmLayers();
if (!wasm) throw new Error('This Node has no WebAssembly vector instructions.');
const KERNELS: [string, MakeLayerKernels][] = [
  ['plain', makePlainLayers],
  ['wasm', wasm],
];
const ROOM = 4096;
const OUT = 3072;

const answer = ({ floats }: LayerKernels, count: number): number[] => [...floats.subarray(OUT, OUT + count)];

/** A convolution whose filters are rows of weights [groups · width · channels / groups, outputs / groups]. */
function convolution(
  make: MakeLayerKernels,
  input: readonly number[],
  weights: readonly (readonly number[])[],
  bias: readonly number[],
  shape: Pick<Convolution, 'time' | 'channels' | 'width' | 'stride' | 'before' | 'groups' | 'outTime'>,
): number[] {
  const kernels = make(ROOM);
  const [at, row] = [512, paddedRow(weights[0].length)];
  kernels.floats.set(input);
  for (const [n, values] of weights.entries()) kernels.floats.set(values, at + n * row);
  kernels.floats.set(bias, 256);
  kernels.convolve({
    ...shape,
    input: 0,
    outputs: bias.length,
    weights: at,
    bias: 256,
    out: OUT,
    work: 2048,
  });
  return answer(kernels, shape.outTime * bias.length);
}

describe.each(KERNELS)('layer kernels, %s', (_, make) => {
  it('multiply a row by a matrix, and add a bias', () => {
    const shape = { time: 1, channels: 3, width: 1, stride: 1, before: 0, groups: 1, outTime: 1 };
    const weights = [
      [1, 10],
      [7, 7],
      [2, -1],
    ];
    expect(convolution(make, [3, 0, 4], weights, [100, 200], shape)).toEqual([111, 226]);
  });

  it('run a filter along time, with zeros before and after', () => {
    const shape = { time: 3, channels: 1, width: 3, stride: 1, before: 1, groups: 1, outTime: 3 };
    expect(convolution(make, [1, 2, 3], [[1], [10], [100]], [1000], shape)).toEqual([1210, 1321, 1032]);
    const halved = { ...shape, stride: 2, before: 0, outTime: 2 };
    expect(convolution(make, [1, 2, 3], [[1], [10], [100]], [0], halved)).toEqual([321, 3]);
  });

  it('show each group its own channels only', () => {
    const shape = { time: 2, channels: 4, width: 1, stride: 1, before: 0, groups: 2, outTime: 2 };
    const weights = [
      [1, 0, 1],
      [0, 1, 1],
      [10, 0, 10],
      [0, 10, 10],
    ];
    expect(convolution(make, [1, 2, 3, 4, 5, 6, 7, 8], weights, [0.5, 0, 0, 0, 0, 0.25], shape)).toEqual([
      1.5, 2, 3, 30, 40, 70.25, 5.5, 6, 11, 70, 80, 150.25,
    ]);
  });

  it('round every product and every sum to float32', () => {
    const shape = { time: 1, channels: 3, width: 1, stride: 1, before: 0, groups: 1, outTime: 1 };
    const [one, tenth] = [Math.fround(1 + 2 ** -23), Math.fround(0.1)];
    const wanted = [one, one, one].reduce((sum, v) => Math.fround(sum + Math.fround(v * tenth)), 3);
    expect(convolution(make, [one, one, one], [[tenth], [tenth], [tenth]], [3], shape)).toEqual([wanted]);
  });

  it('take maxima and means over moments, in which zeros beyond the table count', () => {
    const kernels = make(ROOM);
    kernels.floats.set([1, -1, 2, -2, 3, -3]);
    const pool = { input: 0, time: 3, channels: 2, width: 2, stride: 2, before: 0, outTime: 2, out: OUT };
    kernels.pool({ ...pool, isMax: true });
    expect(answer(kernels, 4)).toEqual([2, -1, 3, 0]);
    kernels.pool({ ...pool, isMax: false });
    expect(answer(kernels, 4)).toEqual([1.5, -1.5, 1.5, -1.5]);
    kernels.pool({ ...pool, width: 3, stride: 1, before: 1, outTime: 3, isMax: true });
    expect(answer(kernels, 6)).toEqual([2, 0, 3, -1, 3, 0]);
  });

  it('rectify, add a share, and put tables side by side', () => {
    const kernels = make(ROOM);
    kernels.floats.set([1, -2, 3, -4, 5], 0);
    kernels.floats.set([10, 20, 30, 40, 50], 32);
    kernels.maxWithZero(0, 5, OUT);
    expect(answer(kernels, 5)).toEqual([1, 0, 3, 0, 5]);
    kernels.addTables(0, 32, 0.5, 5, OUT);
    expect(answer(kernels, 5)).toEqual([6, 8, 18, 16, 30]);
    kernels.floats.fill(0, OUT);
    kernels.placeColumns(0, 2, 2, OUT + 1, 4);
    expect(answer(kernels, 8)).toEqual([0, 1, -2, 0, 0, 3, -4, 0]);
  });
});

describe('layer kernels', () => {
  it('are the same on the vector unit as in plain TypeScript, byte for byte', () => {
    const random = seededRandom(5);
    for (let n = 0; n < 300; n++) {
      const [groups, seen, made] = [1 + random.below(3), 1 + random.below(9), 1 + random.below(20)];
      const [time, width, stride] = [1 + random.below(6), 1 + random.below(5), 1 + random.below(3)];
      const [channels, outputs] = [groups * seen, groups * made];
      const before = random.below(width);
      const outTime = 1 + random.below(6);
      const drawn = Float32Array.from({ length: 16384 }, () => random.normal());
      for (let i = 0; i < 512; i++) if (random.below(2) === 0) drawn[i] = 0;
      const table = { input: 0, time, channels, width, stride, before, outTime };
      const places = { weights: 1024, bias: 8192, out: 9000, work: 12000 };
      const [plain, vector] = KERNELS.map(([, make]) => {
        const kernels = make(16384);
        kernels.floats.set(drawn);
        for (let row = 0; row < groups * width * seen; row++)
          kernels.floats.fill(
            0,
            places.weights + row * paddedRow(made) + made,
            places.weights + (row + 1) * paddedRow(made),
          );
        kernels.convolve({ ...table, ...places, groups, outputs });
        kernels.pool({ ...table, out: 10000, isMax: n % 2 === 0 });
        kernels.maxWithZero(9000, outTime * outputs, 11000);
        kernels.addTables(9000, 0, 0.3, channels, 11500);
        return [
          ...kernels.floats.slice(9000, 9000 + outTime * outputs),
          ...kernels.floats.slice(10000, 10000 + outTime * channels),
          ...kernels.floats.slice(11000, 11000 + outTime * outputs),
          ...kernels.floats.slice(11500, 11500 + channels),
        ];
      });
      expect(vector).toEqual(plain);
    }
  });

  it('leave alone what lies further behind a table than the vector unit is wide', () => {
    for (const [, make] of KERNELS) {
      const kernels = make(ROOM);
      kernels.floats.fill(7, OUT);
      kernels.maxWithZero(0, 5, OUT);
      kernels.addTables(0, 32, 1, 5, OUT);
      kernels.pool({
        input: 0,
        time: 1,
        channels: 5,
        width: 1,
        stride: 1,
        before: 0,
        outTime: 1,
        isMax: true,
        out: OUT,
      });
      expect([...kernels.floats.subarray(OUT + 5 + LANES)].every((value) => value === 7)).toBe(true);
    }
  });
});
