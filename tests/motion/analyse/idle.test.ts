import { describe, expect, it } from 'vitest';
import { frameMotion } from '../../../src/motion/analyse/frame-motion.js';
import { judgeIdle } from '../../../src/motion/analyse/idle.js';
import { usableRows } from '../../../src/motion/analyse/probes.js';
import { gone, wishWriter } from '../../../src/motion/analyse/wished-path.js';
import { buildDatabase } from '../../../src/motion/database/build.js';
import type { DatabaseSource } from '../../../src/motion/database/builder.js';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import { makeMotionTrack } from '../../../src/motion/features/motion-track.js';
import { makeSearch } from '../../../src/motion/search/search.js';
import { madeSource } from '../made-sources.js';
import { LEG_ROLES, madeWalk } from '../made-tracks.js';
import { line, rowsDatabase } from './made-rows.js';

const schema = BUILT_IN_SCHEMAS.holden();
const idle = madeSource({ name: 'idle', frames: 150, speed: 0 });
const walk = madeSource({ name: 'walk', frames: 150, speed: 1.3, cadence: 2 });

/** Two seconds of standing, and then a walk ahead that comes up to speed as a spring would have it. */
function start(): DatabaseSource {
  const still = madeWalk({ name: 'start', frames: 150, speed: 0 });
  const positions = still.positions.map((value, k) => {
    const frame = Math.floor(k / (3 * LEG_ROLES.length));
    return k % 3 === 2 ? value + 1.3 * gone((frame - 60) / 30) : value;
  });
  return { ...idle, track: makeMotionTrack('start', LEG_ROLES, positions, 30) };
}

const judge = (sources: readonly DatabaseSource[]) => {
  const { database } = buildDatabase(sources, schema);
  return judgeIdle(database, makeSearch(database), usableRows(database.valid), frameMotion(database));
};

describe('judgeIdle', () => {
  it('finds standing stuck where nothing starts, every stretch of it', () => {
    const stuck = judge([idle, madeSource({ name: 'turn', frames: 150, speed: 0, turn: 1 })]);
    expect(stuck?.lockedShare).toBe(1);
    expect(stuck?.idleSeconds).toBeGreaterThan(4);
    expect(stuck?.locked.map(({ clip }) => clip).sort()).toEqual(['idle', 'turn']);
  });

  it('finds that a start ahead answers a wish to walk ahead, and not to run or to walk back', () => {
    const judged = judge([idle, start(), walk]);
    const share = Object.fromEntries(
      judged?.wishes.map(({ name, lockedShare }) => [name, lockedShare]) ?? [],
    );
    expect(share['walk ahead']).toBe(0);
    expect(share['walk back']).toBeGreaterThan(0);
    expect(judged?.locked).toEqual([]);
  });

  it('asks nobody where nobody stands, and nothing where rows hold no path', () => {
    expect(judge([walk])).toMatchObject({ asked: 0, lockedShare: 0, idleSeconds: 0 });
    const latents = rowsDatabase([line(9, [0, 0], [1, 0])]);
    expect(
      judgeIdle(latents, makeSearch(latents), usableRows(latents.valid), frameMotion(latents)),
    ).toBeUndefined();
  });
});

describe('wishWriter', () => {
  it.each(['holden', 'ue54'])('writes the path of %s ahead, in the database’s own numbers', (name) => {
    const { database } = buildDatabase(
      [start(), walk, madeSource({ frames: 150, turn: 1 })],
      BUILT_IN_SCHEMAS[name](),
    );
    const { mean, factor, blocks, rows, dimension } = database;
    const query = rows.slice(0, dimension);
    wishWriter(database)?.(query, { name: 'left', speed: 2, angle: Math.PI / 2 });
    for (const { name: block, offset, size, time = 0 } of blocks) {
      const raw = Array.from(
        { length: size },
        (_, k) => query[offset + k] / factor[offset + k] + mean[offset + k],
      );
      const isPath = block.startsWith('trajectory');
      if (!isPath) {
        expect(query.subarray(offset, offset + size)).toEqual(rows.subarray(offset, offset + size));
      } else if (block.includes('position') && factor[offset] > 0) {
        expect(raw[0]).toBeCloseTo(time > 0 ? 2 * gone(time) : 0, 4);
        expect(raw[1]).toBeCloseTo(0, 4);
      }
    }
  });

  it('comes up to speed as a critically damped spring does', () => {
    expect(gone(0)).toBe(0);
    expect(gone(-1)).toBe(0);
    const speed = (t: number): number => (gone(t + 1e-5) - gone(t - 1e-5)) / 2e-5;
    expect(speed(0.01)).toBeLessThan(0.01);
    expect(speed(3)).toBeCloseTo(1, 4);
  });
});
