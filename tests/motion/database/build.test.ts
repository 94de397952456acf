import { describe, expect, it } from 'vitest';
import { buildDatabase, buildLatentDatabase } from '../../../src/motion/database/build.js';
import { encodeDatabase } from '../../../src/motion/database/codec.js';
import { clipOfRow } from '../../../src/motion/database/database.js';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import { LEG_JOINTS, madeSource } from '../made-sources.js';

const HOLDEN = BUILT_IN_SCHEMAS.holden();
const code = (name: string) => expect.objectContaining({ code: name });

describe('buildDatabase', () => {
  it('refuses no clips', () => {
    expect(() => buildDatabase([], HOLDEN)).toThrow(code('motion/no-clips'));
  });

  it.each([
    ['one joint less', LEG_JOINTS.slice(0, -1)],
    ['another name', LEG_JOINTS.map((joint, j) => (j === 3 ? { ...joint, name: 'knee' } : joint))],
    ['another parent', LEG_JOINTS.map((joint, j) => (j === 3 ? { ...joint, parent: 0 } : joint))],
    [
      'a longer shin',
      LEG_JOINTS.map((joint, j) => (j === 4 ? { ...joint, offset: [0, -0.9, 0] as const } : joint)),
    ],
  ])('refuses a clip with %s and says to retarget', (_, joints) => {
    const odd = { ...madeSource({ name: 'odd' }), joints };
    expect(() => buildDatabase([madeSource(), odd], HOLDEN)).toThrow(/odd has another skeleton.*retarget/s);
    expect(() => buildDatabase([madeSource(), odd], HOLDEN)).toThrow(code('motion/different-skeletons'));
  });

  it('refuses clips of different rates', () => {
    expect(() => buildDatabase([madeSource(), madeSource({ rateHz: 60 })], HOLDEN)).toThrow(
      code('motion/different-rates'),
    );
  });

  it('refuses clips of which none is long enough', () => {
    expect(() => buildDatabase([madeSource({ frames: 20 })], HOLDEN)).toThrow(code('motion/no-valid-frames'));
  });

  it('leaves a short clip out and says why', () => {
    const { database, warnings } = buildDatabase(
      [madeSource({ cadence: 2 }), madeSource({ name: 'pose', frames: 1 })],
      HOLDEN,
    );
    expect(database.clips.map(({ name }) => name)).toEqual(['walk']);
    expect(warnings[0]).toMatchObject({
      code: 'motion/clip-too-short',
      message: expect.stringContaining('pose'),
    });
    expect(database.rows.every(Number.isFinite)).toBe(true);
  });

  it('keeps every frame, marks the usable ones, and finds the clip of a row', () => {
    const { database } = buildDatabase(
      [madeSource({ name: 'a', frames: 61, cadence: 2 }), madeSource({ name: 'b', frames: 40, turn: 1 })],
      HOLDEN,
    );
    expect(database.frameCount).toBe(101);
    expect(database.clips.map(({ start, validCount }) => [start, validCount])).toEqual([
      [0, 30],
      [61, 9],
    ]);
    expect([0, 60, 61, 100].map((row) => clipOfRow(database, row))).toEqual([0, 0, 1, 1]);
    expect(database.contacts).toHaveLength(202);
  });

  it('gives the same bytes twice', () => {
    const make = () =>
      encodeDatabase(buildDatabase([madeSource({ cadence: 2 }), madeSource({ turn: 1 })], HOLDEN).database);
    expect(make()).toEqual(make());
  });
});

describe('buildLatentDatabase', () => {
  const rows = (frameCount: number, dimension = 2) => ({
    frameCount,
    dimension,
    rows: Float32Array.from({ length: frameCount * dimension }, (_, k) => k),
    valid: new Uint8Array(frameCount).fill(1),
  });

  it.each([
    ['too few rows', rows(60)],
    ['another dimension', rows(61, 3)],
  ])('refuses latents with %s', (_, bad) => {
    expect(() => buildLatentDatabase([madeSource(), madeSource()], [rows(61), bad], 'linear')).toThrow(
      code('motion/bad-latents'),
    );
  });

  it('refuses NaN in a valid row and cleans it from an invalid one', () => {
    const bad = rows(61);
    bad.rows[7] = Number.NaN;
    expect(() => buildLatentDatabase([madeSource()], [bad], 'linear')).toThrow(code('motion/bad-latents'));
    bad.valid[3] = 0;
    const { database } = buildLatentDatabase([madeSource()], [bad], 'linear');
    expect(database.rows[7]).toBe(0);
    expect(database.rows[8]).toBe(8);
  });

  it('refuses latents that are all invalid', () => {
    const none = { ...rows(61), valid: new Uint8Array(61) };
    expect(() => buildLatentDatabase([madeSource()], [none], 'linear')).toThrow(
      code('motion/no-valid-frames'),
    );
  });
});
