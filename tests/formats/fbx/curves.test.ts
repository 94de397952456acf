import { describe, expect, it } from 'vitest';
import type { FbxCurve } from '../../../src/formats/fbx/curve.js';
import { SharedAttributes } from '../../../src/formats/fbx/key-attributes.js';
import { KeyTimes } from '../../../src/formats/fbx/key-times.js';
import type { FbxNode, FbxValue } from '../../../src/formats/fbx/node.js';
import { readCurve } from '../../../src/formats/fbx/read-curve.js';

const evaluateCurve = (curve: FbxCurve, time: number): number => curve.valueAt(time);

const TICKS = 46_186_158_000;
const node = (name: string, ...values: FbxValue[]): FbxNode => ({ name, values, children: [] });

/** A curve with one set of attributes for all keys; `data` as [right slope, next left slope, packed weights, –]. */
function curve(
  keys: readonly (readonly [seconds: number, value: number])[],
  flags: number,
  data = [0, 0, 0, 0],
  extra: FbxNode[] = [],
): FbxCurve {
  const read = readCurve(
    {
      name: 'AnimationCurve',
      values: [],
      children: [
        node(
          'KeyTime',
          Float64Array.from(keys, ([t]) => Math.round(t * TICKS)),
        ),
        node('KeyValueFloat', Float32Array.from(keys.map(([, v]) => v))),
        node('KeyAttrFlags', Int32Array.from([flags])),
        node('KeyAttrDataFloat', Float32Array.from(data)),
        node('KeyAttrRefCount', Int32Array.from([keys.length])),
        ...extra,
      ],
    },
    new KeyTimes(TICKS),
    new SharedAttributes(),
  );
  if (!read) throw new Error('the curve has keys');
  return read;
}

const LINEAR = 0x4;
const CONSTANT = 0x2;
const CONSTANT_NEXT = 0x102;
const AUTO = 0x2108;
const USER = 0x408;

describe('FBX curves', () => {
  it('are nothing without keys, and a constant with one', () => {
    expect(
      readCurve(
        { name: 'AnimationCurve', values: [], children: [] },
        new KeyTimes(TICKS),
        new SharedAttributes(),
      ),
    ).toBeUndefined();
    expect(evaluateCurve(curve([[1, 5]], LINEAR), -3)).toBe(5);
  });

  it('go straight, stand, or take the next value after the key', () => {
    const keys = [
      [0, 0],
      [1, 10],
      [2, 30],
    ] as const;
    expect(evaluateCurve(curve(keys, LINEAR), 1.5)).toBeCloseTo(20, 9);
    expect(evaluateCurve(curve(keys, CONSTANT), 0.999)).toBe(0);
    expect(evaluateCurve(curve(keys, CONSTANT), 1)).toBe(10);
    expect(evaluateCurve(curve(keys, CONSTANT_NEXT), 0)).toBe(0);
    expect(evaluateCurve(curve(keys, CONSTANT_NEXT), 0.001)).toBe(10);
  });

  it('work out automatic tangents from the neighbours, not from what is stored', () => {
    // A straight line stays one whatever the two stored numbers say.
    const line = curve(
      [
        [0, 0],
        [1, 1],
        [3, 3],
      ],
      AUTO,
      [0, 0, 0, 0],
    );
    for (const t of [0.2, 0.7, 1.4, 2.9]) expect(evaluateCurve(line, t)).toBeCloseTo(t, 6);
    // At the middle key the slope is that from the first to the last.
    const bump = curve(
      [
        [0, 0],
        [1, 1],
        [2, 0],
      ],
      AUTO,
    );
    expect((evaluateCurve(bump, 1.001) - evaluateCurve(bump, 0.999)) / 0.002).toBeCloseTo(0, 3);
  });

  it('use stored slopes of user tangents: a Hermite segment', () => {
    const user = curve(
      [
        [0, 0],
        [2, 0],
      ],
      USER,
      [3, -3, 0, 0],
    );
    // Hermite: with slopes 3 and −3 over two seconds the middle stands at (3 + 3) · 2 / 8.
    expect(evaluateCurve(user, 1)).toBeCloseTo(1.5, 9);
  });

  it('repeat, mirror and go on outside the keys as often as they say', () => {
    const keys = [
      [0, 0],
      [1, 2],
    ] as const;
    const following = (type: string, count = -1): FbxNode => ({
      name: 'Post-Extrapolation',
      values: [],
      children: [node('Type', type), node('Repetition', count)],
    });
    expect(evaluateCurve(curve(keys, LINEAR), 1.5)).toBe(2);
    expect(evaluateCurve(curve(keys, LINEAR, [0, 0, 0, 0], [following('K')]), 1.5)).toBeCloseTo(3, 9);
    expect(evaluateCurve(curve(keys, LINEAR, [0, 0, 0, 0], [following('R')]), 2.25)).toBeCloseTo(0.5, 9);
    expect(evaluateCurve(curve(keys, LINEAR, [0, 0, 0, 0], [following('M')]), 1.25)).toBeCloseTo(1.5, 9);
    expect(evaluateCurve(curve(keys, LINEAR, [0, 0, 0, 0], [following('A')]), 2.25)).toBeCloseTo(4.5, 9);
    expect(evaluateCurve(curve(keys, LINEAR, [0, 0, 0, 0], [following('R', 1)]), 9)).toBeCloseTo(2, 9);
  });
});
