import { describe, expect, it } from 'vitest';
import { buildDatabase } from '../../../src/motion/database/build.js';
import { describeDatabase } from '../../../src/motion/evaluate/describe-database.js';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import { madeSource } from '../made-sources.js';

const describeOf = (...walks: Parameters<typeof madeSource>[0][]) =>
  describeDatabase(buildDatabase(walks.map(madeSource), BUILT_IN_SCHEMAS.holden()).database);

describe('describeDatabase', () => {
  it('counts what can be used and where it lies by speed and turn', () => {
    const { clips, frames, seconds, validShare, coverage } = describeOf(
      { frames: 91, speed: 1.5, cadence: 2 },
      { name: 'left', frames: 91, speed: 2.5, turn: 1, cadence: 2 },
    );
    expect({ clips, frames, seconds }).toEqual({ clips: 2, frames: 182, seconds: 6 });
    expect(validShare).toBeCloseTo(120 / 182, 12);
    const filled = coverage.flatMap((row, r) =>
      row.flatMap((value, t) => (value > 0 ? [[r, t, value]] : [])),
    );
    // 1.5 m/s straight on; 2.5 m/s at 57 degrees a second to the left; two seconds each.
    expect(filled).toEqual([
      [2, 3, expect.closeTo(2, 9)],
      [3, 5, expect.closeTo(2, 9)],
    ]);
  });

  it('finds clips that repeat each other, and none in clips that differ', () => {
    const walk = { frames: 91, cadence: 2, speed: 1 };
    expect(describeOf(walk, { ...walk, name: 'copy', heading: 2 }).duplicateShare).toBe(1);
    expect(describeOf(walk, { ...walk, name: 'fast', speed: 3 }).duplicateShare).toBe(0);
  });
});
