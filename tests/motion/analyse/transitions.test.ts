import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neighboursOf } from '../../../src/motion/analyse/neighbours.js';
import { poseGapOf } from '../../../src/motion/analyse/pose-gap.js';
import { judgeTransitions, spreadOf } from '../../../src/motion/analyse/transitions.js';
import { buildDatabase } from '../../../src/motion/database/build.js';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import { parseFeatureSchema } from '../../../src/motion/features/schema.js';
import { makeSearch } from '../../../src/motion/search/search.js';
import { madeSource } from '../made-sources.js';
import { line, rowsDatabase } from './made-rows.js';

describe('spreadOf', () => {
  it('counts every value once, wherever it lies', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { maxLength: 200 }), (values) => {
        const { median, p95, most, histogram } = spreadOf(values);
        expect(histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
        expect(histogram.edges).toHaveLength(histogram.counts.length + 1);
        expect(median <= p95 && p95 <= most).toBe(true);
        expect(most).toBe(Math.max(0, ...values));
      }),
    );
  });
});

describe('poseGapOf', () => {
  it('measures in centimetres how far the feet lie apart, whatever the weights', () => {
    const walk = { frames: 61, rateHz: 20, cadence: 2, speed: 1 };
    for (const schema of [BUILT_IN_SCHEMAS.holden(), BUILT_IN_SCHEMAS.ue54()]) {
      const sources = [madeSource(walk), madeSource({ ...walk, name: 'other', heading: 2 })];
      const gap = poseGapOf(buildDatabase(sources, schema).database);
      expect(gap?.joints).toEqual(['footL', 'footR']);
      expect(gap?.cm(20, 20)).toBe(0);
      expect(gap?.cm(20, 20 + 61)).toBeCloseTo(0, 4);
      // A quarter of a cycle on: both feet have swung by 30 cm, and the one that was 10 cm up is down.
      expect(gap?.cm(20, 25)).toBeCloseTo(50 * (Math.hypot(0.3, 0.1) + 0.3), 3);
    }
  });

  it('knows no poses where rows hold none', () => {
    expect(poseGapOf(rowsDatabase([line(5, [0, 0], [1, 0])]))).toBeUndefined();
    const path = parseFeatureSchema({
      name: 'path',
      channels: [{ type: 'trajectory', samples: [{ time: 0.5, position: true }] }],
    });
    const { database } = buildDatabase([madeSource({ frames: 91, turn: 1 })], path);
    expect(poseGapOf(database)).toBeUndefined();
  });
});

describe('judgeTransitions', () => {
  // Two walks that pass each other by closely at one end, and a third far from both.
  const database = rowsDatabase([
    line(20, [0, 0], [1, 0]),
    line(20, [0, 0.5], [1, 0.1]),
    line(20, [500, 0], [1, 0]),
  ]);
  const search = makeSearch(database);
  const probes = Int32Array.from({ length: 60 }, (_, row) => row);
  const neighbours = neighboursOf(database, search, probes);

  it('looks for the best place to go, at least half a second away', () => {
    expect(neighbours.rows[0]).toBe(20);
    expect(neighbours.costs[0]).toBeCloseTo(0.25, 6);
    // The third clip has only its own frames nearby: five away at ten a second.
    expect(neighbours.rows[50 * neighbours.count]).toBe(45);
    expect(neighbours.costs[50 * neighbours.count]).toBeCloseTo(25, 3);
  });

  it('tells the worst jump of each stretch, and of none without poses', () => {
    const unknown = judgeTransitions(database, neighbours, undefined, 10);
    expect(unknown).toMatchObject({ jumpCm: undefined, popShare: 0, pops: [] });
    const gap = {
      joints: ['made'],
      cm: (a: number, b: number) =>
        Math.abs(database.rows[2 * a] - database.rows[2 * b]) + (a === 50 ? 20 : 0),
    };
    const { popShare, pops } = judgeTransitions(database, neighbours, gap, 4);
    expect(popShare).toBeCloseTo(20 / 60, 9);
    expect(pops).toEqual([
      { from: { clip: 'clip 2', from: 0, to: 1.9 }, to: { clip: 'clip 2', from: 0.5, to: 0.5 }, jumpCm: 25 },
    ]);
  });
});
