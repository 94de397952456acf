import { describe, expect, it } from 'vitest';
import { overGaits } from '../../../src/motion/analyse/coverage.js';
import { describeDatabase } from '../../../src/motion/analyse/describe-database.js';
import { GAITS } from '../../../src/motion/analyse/frame-motion.js';
import { buildDatabase } from '../../../src/motion/database/build.js';
import type { MotionDatabase } from '../../../src/motion/database/database.js';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import { madeSource } from '../made-sources.js';

const databaseOf = (...walks: Parameters<typeof madeSource>[0][]): MotionDatabase =>
  buildDatabase(walks.map(madeSource), BUILT_IN_SCHEMAS.holden()).database;

const filledCells = (coverage: readonly (readonly number[])[]): number[][] =>
  coverage.flatMap((row, r) => row.flatMap((value, t) => (value > 0 ? [[r, t, value]] : [])));

describe('describeDatabase', () => {
  const database = databaseOf(
    { frames: 91, speed: 1.5, cadence: 2 },
    { name: 'left', frames: 91, speed: 2.5, turn: 1, cadence: 2 },
  );

  it('counts what can be used and where it lies by speed, turn and gait', () => {
    const { clips, frames, seconds, validShare, coverage, gaits } = describeDatabase(database);
    expect({ clips, frames, seconds }).toEqual({ clips: 2, frames: 182, seconds: 6 });
    expect(validShare).toBeCloseTo(120 / 182, 12);
    // 1.5 m/s straight on; 2.5 m/s at 57 degrees a second to the left; two seconds each.
    expect(filledCells(overGaits(coverage))).toEqual([
      [2, 4, expect.closeTo(2, 9)],
      [3, 6, expect.closeTo(2, 9)],
    ]);
    expect(gaits).toEqual([
      { gait: 'idle', seconds: 0 },
      { gait: 'walk', seconds: expect.closeTo(2, 9) },
      { gait: 'run', seconds: expect.closeTo(2, 9) },
    ]);
  });

  it('believes the tags where they name gaits', () => {
    const tags = ['run', 'door', 'idle'];
    const tagMask = new Uint32Array(database.frameCount).fill(0b001);
    tagMask.fill(0b110, 91);
    const told = describeDatabase({ ...database, tags, tagMask });
    expect(told.gaitsAreTagged).toBe(true);
    expect(told.gaits.map(({ seconds }) => seconds)).toEqual(
      GAITS.map((gait) => (gait === 'walk' ? 0 : expect.closeTo(2, 9))),
    );
    expect(told.tags).toContainEqual({ tag: 'door', seconds: expect.closeTo(2, 9) });
  });
});
