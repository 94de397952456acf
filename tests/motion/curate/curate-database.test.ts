import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/math/random.js';
import { curateDatabase } from '../../../src/motion/curate/curate-database.js';
import { keepSegments } from '../../../src/motion/curate/keep-segments.js';
import { lossOf } from '../../../src/motion/curate/loss.js';
import { cutSegments } from '../../../src/motion/curate/segments.js';
import { buildDatabase } from '../../../src/motion/database/build.js';
import { decodeDatabase, encodeDatabase } from '../../../src/motion/database/codec.js';
import type { MotionDatabase } from '../../../src/motion/database/database.js';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import { line, rowsDatabase } from '../analyse/made-rows.js';
import { madeSource } from '../made-sources.js';
import { madeDatabase } from '../search/made-database.js';

const code = (name: string) => expect.objectContaining({ code: name });
const namesOf = ({ clips }: MotionDatabase): string[] => clips.map(({ name }) => name);

describe('curateDatabase', () => {
  it('gives a database that is small enough as it is, at no loss', () => {
    const database = madeDatabase();
    const curated = curateDatabase(database, { maxFrames: database.frameCount });
    expect(curated.database).toBe(database);
    expect(curated.loss.cost.after).toBe(curated.loss.cost.before);
  });

  it('refuses a budget that holds no stretch, and choices of another database', () => {
    const database = madeDatabase({ plain: true });
    expect(() => curateDatabase(database, { maxFrames: 12 })).toThrow(code('curate/too-few-frames'));
    expect(() => curateDatabase(database, { maxFrames: 100, chosen: new Uint32Array(1) })).toThrow(
      code('curate/bad-choices'),
    );
  });

  it('keeps rows as they were, stretches long enough, and within the budget', () => {
    const database = madeDatabase({ clips: 9, framesOfClip: 150 });
    fc.assert(
      fc.property(fc.integer({ min: 30, max: database.frameCount - 1 }), (maxFrames) => {
        const { database: kept, rowsOfWhole } = curateDatabase(database, { maxFrames });
        expect(kept.frameCount).toBeLessThanOrEqual(maxFrames);
        expect(rowsOfWhole).toHaveLength(kept.frameCount);
        for (const { start, firstFrame, frameCount, validCount, name } of kept.clips) {
          expect(frameCount).toBeGreaterThanOrEqual(30);
          expect(kept.valid.subarray(start, start + frameCount).filter((v) => v === 1)).toHaveLength(
            validCount,
          );
          const source = database.clips.find((clip) => clip.name === name.replace(/@.*/, ''));
          expect(rowsOfWhole[start]).toBe((source?.start ?? 0) + firstFrame);
        }
        const { dimension } = database;
        rowsOfWhole.forEach((row, f) => {
          const [own, was] = [f, row].map((at, k) =>
            (k === 0 ? kept : database).rows.subarray(at * dimension, (at + 1) * dimension),
          );
          expect(own).toEqual(was);
          expect(kept.tagMask[f]).toBe(database.tagMask[row]);
          expect(kept.valid[f]).toBeLessThanOrEqual(database.valid[row] === 1 ? 2 : database.valid[row]);
        });
        expect(new Set(namesOf(kept)).size).toBe(kept.clips.length);
      }),
      { numRuns: 25, seed: 7, examples: [[40], [30]] },
    );
  });

  it('writes a file that can be read, the same twice, and smaller', () => {
    const database = madeDatabase({ clips: 9, framesOfClip: 150 });
    const bytes = () => encodeDatabase(curateDatabase(database, { maxFrames: 500 }).database);
    expect(bytes()).toEqual(bytes());
    expect(bytes().length).toBeLessThan(0.5 * encodeDatabase(database).length);
    expect(encodeDatabase(decodeDatabase(bytes()))).toEqual(bytes());
  });

  it('drops what is dead first: heads that nothing leads to and tails beyond what play goes on to', () => {
    const database = madeDatabase({ clips: 4, framesOfClip: 100, plain: true });
    for (const { start } of database.clips) {
      database.valid.fill(0, start, start + 12);
      database.valid.fill(0, start + 60, start + 100);
    }
    const { database: kept } = curateDatabase(database, { maxFrames: 4 * (48 + 9) });
    expect(kept.clips.map(({ firstFrame, frameCount }) => [firstFrame, frameCount])).toEqual(
      [0, 1, 2, 3].map(() => [12, 57]),
    );
    expect(kept.valid.filter((value) => value === 1)).toHaveLength(4 * 48);
    expect(namesOf(kept)).toEqual(namesOf(database));
  });

  it('lets every answer play on before a cut, and no answer be a frame that cannot', () => {
    const database = madeDatabase({ clips: 2, framesOfClip: 200, plain: true });
    const { database: kept } = curateDatabase(database, { maxFrames: 300, playOnSeconds: 0.5 });
    const cut = kept.clips.filter(({ firstFrame, frameCount }) => firstFrame + frameCount < 200);
    expect(cut.length).toBeGreaterThan(0);
    for (const { start, frameCount } of cut) {
      expect([...kept.valid.subarray(start + frameCount - 16, start + frameCount)]).toEqual([
        1,
        ...new Array(15).fill(2),
      ]);
    }
  });

  it('drops a clip that another repeats before one of its own', () => {
    const clip = line(30, [0, 0], [1, 0]);
    const database = rowsDatabase([clip, line(30, [0, 50], [1, 0]), clip]);
    const { database: kept, loss } = curateDatabase(database, { maxFrames: 60 });
    expect(kept.frameCount).toBe(60);
    const far = kept.rows.filter((value, k) => k % 2 === 1 && value === 50);
    expect(far).toHaveLength(30);
    expect(loss.cost.after).toBeLessThan(loss.cost.before + 1);
  });

  it('drops what play never chose before what it did', () => {
    const database = rowsDatabase([
      line(30, [0, 0], [1, 0]),
      line(30, [0, 1], [1, 0]),
      line(30, [0, 2], [1, 0]),
    ]);
    for (const favourite of [0, 2]) {
      const chosen = new Uint32Array(90).fill(1, 30 * favourite, 30 * favourite + 30);
      const { database: kept } = curateDatabase(database, { maxFrames: 30, leastSeconds: 3, chosen });
      expect(namesOf(kept)).toEqual([`clip ${favourite}`]);
    }
  });

  it('keeps a loop whole or not at all', () => {
    const database = madeDatabase({ clips: 6, framesOfClip: 120, plain: true });
    const looping = { ...database, clips: database.clips.map((clip) => ({ ...clip, loops: true })) };
    const { database: kept } = curateDatabase(looping, { maxFrames: 400 });
    expect(kept.frameCount).toBe(360);
    expect(kept.clips.every(({ frameCount, loops }) => frameCount === 120 && loops)).toBe(true);
    expect(kept.valid.includes(2)).toBe(false);
  });

  it('keeps speeds and turns covered that one clip alone covers', () => {
    const walks = Array.from({ length: 8 }, (_, c) =>
      madeSource({ name: `walk ${c}`, frames: 90, speed: 1.5, cadence: 2 + 0.01 * c }),
    );
    const rare = madeSource({ name: 'rare', frames: 90, speed: 3.5, turn: 1.2, cadence: 2 });
    const { database } = buildDatabase([...walks, rare], BUILT_IN_SCHEMAS.holden());
    const { database: kept, loss } = curateDatabase(database, { maxFrames: 150 });
    expect(loss.coverage.after).toBe(loss.coverage.before);
    expect(namesOf(kept).some((name) => name.startsWith('rare'))).toBe(true);
  });

  it('answers better than as many frames kept at random', () => {
    const database = madeDatabase({ clips: 30, framesOfClip: 100, plain: true, seed: 4 });
    const { loss } = curateDatabase(database, { maxFrames: 1000 });
    expect(loss.cost.after).toBeGreaterThan(loss.cost.before);
    const segments = cutSegments(database, { length: 30, playOn: 9 });
    for (const seed of [1, 2, 3, 4, 5]) {
      const random = seededRandom(seed);
      const isKept = new Uint8Array(segments.length);
      for (let frames = 0; frames < 1000; ) {
        const s = random.below(segments.length);
        if (isKept[s]) continue;
        isKept[s] = 1;
        frames += segments[s].to - segments[s].from;
      }
      const atRandom = lossOf(database, keepSegments(database, segments, isKept, 9), 1);
      expect(loss.cost.after).toBeLessThan(atRandom.cost.after);
    }
  });
});
