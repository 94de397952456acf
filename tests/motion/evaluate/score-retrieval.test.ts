import { describe, expect, it } from 'vitest';
import { intervalByGroup } from '../../../src/motion/evaluate/interval.js';
import { measure } from '../../../src/motion/evaluate/measure.js';
import { scoredSamples } from '../../../src/motion/evaluate/samples.js';
import { scoreRetrieval } from '../../../src/motion/evaluate/score-retrieval.js';
import type { FeatureRows } from '../../../src/motion/features/extract.js';
import { type MadeWalk, madeWalk } from '../made-tracks.js';

const code = (name: string) => expect.objectContaining({ code: name });
const clip = (walk: MadeWalk) => ({
  track: madeWalk({ frames: 90, cadence: 2, ...walk }),
  label: walk.name ?? 'walk',
});

const database = [
  clip({ name: 'slow', speed: 1 }),
  clip({ name: 'fast', speed: 3 }),
  clip({ name: 'turn', turn: 1 }),
];
const queries = [clip({ name: 'slow', speed: 1.1, heading: 2 }), clip({ name: 'fast', speed: 2.8 })];

describe('scoreRetrieval', () => {
  it('refuses sides without a frame that can be scored', () => {
    expect(() => scoreRetrieval({ database, queries: [] })).toThrow(code('evaluate/no-samples'));
    expect(() => scoreRetrieval({ database: [clip({ frames: 42 })], queries })).toThrow(
      code('evaluate/no-samples'),
    );
  });

  it('refuses clips of another rate', () => {
    expect(() => scoreRetrieval({ database, queries: [clip({ rateHz: 60 })] })).toThrow(
      code('evaluate/different-roles'),
    );
  });

  const rows = (frameCount: number, value: (f: number) => number): FeatureRows => ({
    frameCount,
    dimension: 1,
    rows: Float32Array.from({ length: frameCount }, (_, f) => value(f)),
    valid: new Uint8Array(frameCount).fill(1),
  });

  it.each([
    ['too few rows', [rows(89, () => 0), rows(90, () => 0)]],
    ['a NaN that is marked valid', [rows(90, () => Number.NaN), rows(90, () => 0)]],
  ])('refuses latents with %s', (_, bad) => {
    const good = database.map(() => rows(90, () => 0));
    expect(() =>
      scoreRetrieval({ database, queries, latents: [{ name: 'mine', database: good, queries: bad }] }),
    ).toThrow(code('evaluate/bad-rows'));
  });

  it('puts the oracle above hand-made features and those above chance', () => {
    const { methods, querySamples } = scoreRetrieval({ database, queries });
    expect(querySamples).toBe(2 * (90 - 12 - 30));
    const fpe = Object.fromEntries(methods.map((score) => [score.method, score.fpe]));
    expect(fpe['hand-made (unit weights)']).toBeLessThan(fpe['random frame'] / 2);
    expect(fpe['oracle (true future)']).toBeLessThanOrEqual(fpe['hand-made (unit weights)'] + 1e-9);
    expect(methods.every(({ interval, fpe: middle }) => interval[0] <= middle && middle <= interval[1])).toBe(
      true,
    );
  });

  it('answers refused queries at random and counts them', () => {
    const known = database.map((_, c) => rows(90, () => c));
    const asked = queries.map(() => ({ ...rows(90, () => 1), valid: new Uint8Array(90) }));
    const { methods } = scoreRetrieval({
      database,
      queries,
      latents: [{ name: 'mine', database: known, queries: asked }],
    });
    expect(methods.find(({ method }) => method === 'mine')?.refused).toBe(2 * 48);
  });

  it('gives the same numbers twice', () => {
    expect(scoreRetrieval({ database, queries })).toEqual(scoreRetrieval({ database, queries }));
  });
});

describe('measure', () => {
  it('gives nothing for a frame against itself, and the path’s gap for a faster glide', () => {
    const slow = [madeWalk({ frames: 90, speed: 1 })];
    const fast = [madeWalk({ frames: 90, speed: 2, heading: 1.3 })];
    const samples = scoredSamples(slow);
    const same = measure({ tracks: slow, samples }, { tracks: slow, samples }, Int32Array.from([0]));
    expect(
      [...same.fpe, ...same.fte, ...same.ffe, ...same.jp, ...same.jv].every((value) => value < 1e-9),
    ).toBe(true);
    const other = measure({ tracks: slow, samples }, { tracks: fast, samples }, Int32Array.from([5]));
    expect(other.fpe[2]).toBeCloseTo(100, 4);
    expect(other.fte[0]).toBeCloseTo(100 / 3, 4);
    expect(other.jp[0]).toBeCloseTo(0, 4);
    expect(other.jv[0]).toBeCloseTo(1, 6);
  });
});

describe('intervalByGroup', () => {
  it('is as wide as the groups differ, not as the values do', () => {
    const values = Float64Array.from({ length: 400 }, (_, i) => (i % 2 ? 10 : 0));
    const groups = Int32Array.from({ length: 400 }, (_, i) => Math.floor(i / 20));
    expect(intervalByGroup(values, groups)).toEqual([5, 5]);
    const [low, high] = intervalByGroup(
      values,
      Int32Array.from({ length: 400 }, (_, i) => i % 2),
    );
    expect([low, high]).toEqual([0, 10]);
  });
});
