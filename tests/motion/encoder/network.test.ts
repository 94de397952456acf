import { describe, expect, it } from 'vitest';
import { type Architecture, linearArchitecture } from '../../../src/motion/encoder/layers.js';
import { networkRunner } from '../../../src/motion/encoder/network.js';

const flat = (inputs: number, outputs: number, head: Architecture['head']): Architecture => ({
  ...linearArchitecture(inputs, outputs),
  head,
});

describe('networkRunner', () => {
  it.each([
    ['neither layers nor a shortcut', { architecture: linearArchitecture(2, 1), arrays: [] }],
    [
      'its shortcut holds 3',
      { architecture: linearArchitecture(2, 1), arrays: [], shortcut: new Float32Array(3) },
    ],
    [
      'it has 0 arrays, 2 are wanted',
      { architecture: flat(2, 1, [{ op: 'dense', outputs: 1 }]), arrays: [] },
    ],
    [
      'array 0 holds 3 numbers, 2 × 1',
      {
        architecture: flat(2, 1, [{ op: 'dense', outputs: 1 }]),
        arrays: [new Float32Array(3), new Float32Array(1)],
      },
    ],
    [
      'its last layer gives 2 numbers',
      {
        architecture: flat(2, 1, [{ op: 'dense', outputs: 2 }]),
        arrays: [new Float32Array(4), new Float32Array(2)],
      },
    ],
    [
      'it reads beyond the 2 numbers',
      { architecture: { ...flat(2, 1, [{ op: 'dense', outputs: 1 }]), rest: [0, 3] as const }, arrays: [] },
    ],
    [
      'not cut evenly into 2',
      {
        architecture: {
          ...flat(3, 1, [{ op: 'dense', outputs: 1 }]),
          frames: [0],
          channels: 3,
          rest: [3, 3] as const,
          trunk: [{ op: 'conv', width: 1, stride: 1, outputs: 2, groups: 2 }] as const,
        },
        arrays: [],
      },
    ],
    [
      'its tables take',
      {
        architecture: {
          ...flat(60_001, 1, [{ op: 'dense', outputs: 1 }]),
          frames: Array.from({ length: 1000 }, () => 0),
          channels: 60_000,
          rest: [60_000, 60_001] as const,
          trunk: [
            ...Array.from({ length: 8 }, () => ({ op: 'relu' }) as const),
            { op: 'pool', kind: 'max', width: 1, stride: 1000 },
          ] as const,
        },
        arrays: [new Float32Array(60_001), new Float32Array(1)],
      },
    ],
  ])('refuses a network in which %s', (what, network) => {
    expect(() => networkRunner(network)).toThrow(what);
  });

  it('computes a dense network that is small enough to check by hand', () => {
    const run = networkRunner({
      architecture: flat(2, 1, [{ op: 'dense', outputs: 2 }, { op: 'relu' }, { op: 'dense', outputs: 1 }]),
      shortcut: Float32Array.of(10, 0),
      arrays: [
        Float32Array.of(1, -1, 2, 1),
        Float32Array.of(0.5, -9),
        Float32Array.of(3, 5),
        Float32Array.of(-1),
      ],
    });
    const out = new Float64Array(1);
    run([1, 2], out); // relu(5.5), relu(-8) → 3 · 5.5 − 1 + 10
    expect(out[0]).toBe(25.5);
  });

  it('computes a convolution and a maximum that are small enough to check by hand', () => {
    const run = networkRunner({
      architecture: {
        ...flat(4, 2, [{ op: 'dense', outputs: 2 }]),
        frames: [0, 1, 2],
        channels: 1,
        rest: [3, 4],
        trunk: [
          { op: 'conv', width: 3, stride: 1, outputs: 1, groups: 1 },
          { op: 'pool', kind: 'max', width: 2, stride: 2 },
        ],
      },
      arrays: [
        Float32Array.of(1, 10, 100),
        Float32Array.of(1),
        Float32Array.of(1, 0, 0, 1, 1, 1),
        Float32Array.of(0, 0),
      ],
    });
    const out = new Float64Array(2);
    run([1, 2, 3, 1000], out); // sums 211, 322, 33 → maxima 322 and 33, then the rest
    expect([...out]).toEqual([1322, 1033]);
  });
});
