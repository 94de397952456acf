import { describe, expect, it } from 'vitest';
import {
  buildDatabase,
  buildLatentDatabase,
  makeFeatureBuilder,
} from '../../../src/motion/database/build.js';
import { decodeDatabase, encodeDatabase } from '../../../src/motion/database/codec.js';
import { clipOfRow } from '../../../src/motion/database/database.js';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import { CONTACT_TAGS } from '../../../src/motion/features/contacts.js';
import { LEG_JOINTS, madeSource } from '../made-sources.js';

const HOLDEN = BUILT_IN_SCHEMAS.holden();
const UE54 = BUILT_IN_SCHEMAS.ue54();
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

  it('leaves out frames that events exclude, and lets blocked ones play on', () => {
    const at = (name: string, first: number, last: number) => ({
      name,
      time: first / 30,
      duration: (last - first) / 30,
    });
    const events = [
      at('PoseSearchExcludeFromDatabase', 5, 9),
      at('PoseSearchBlockTransition', 8, 12),
      at('PoseSearchModifyCost (0.25)', 20, 21),
      at('PoseSearchOverrideContinuingPoseCostBias (-0.5)', 20, 20),
      at('crouch', 15, 30),
    ];
    const { database } = buildDatabase([{ ...madeSource({ cadence: 2, frames: 61 }), events }], UE54, {
      ends: 'extrapolate',
    });
    const { valid, costBias, continuingBias, tags, tagMask, clips } = database;
    expect([...valid.subarray(4, 14)]).toEqual([1, 0, 0, 0, 0, 0, 2, 2, 2, 1]);
    expect(clips[0].validCount).toBe(61 - 5 - 3);
    expect([...costBias.subarray(19, 23)]).toEqual([0, 0.25, 0.25, 0]);
    expect([...continuingBias.subarray(19, 22)]).toEqual([Number.NaN, -0.5, Number.NaN]);
    expect(tags).toEqual(['walk', ...CONTACT_TAGS, 'crouch']);
    expect([14, 15, 30, 31].map((f) => tagMask[f] & 0b1001)).toEqual([1, 9, 9, 1]);
    expect(decodeDatabase(encodeDatabase(database))).toEqual(database);
  });

  it('leaves out a clip that is excluded altogether, and refuses when all are', () => {
    const events = [{ name: 'PoseSearchExcludeFromDatabase', time: 0, duration: 10 }];
    const none = { ...madeSource({ name: 'none', cadence: 2 }), events };
    const { database, warnings } = buildDatabase([none, madeSource({ cadence: 1 })], HOLDEN);
    expect(database.clips.map(({ name }) => name)).toEqual(['walk']);
    expect(warnings[0]).toMatchObject({
      code: 'motion/clip-excluded',
      message: expect.stringContaining('none'),
    });
    expect(() => buildDatabase([none], HOLDEN)).toThrow(code('motion/all-excluded'));
  });

  it('orders tags: gait first, then labels by name, whatever came first', () => {
    const { database } = buildDatabase(
      [
        { ...madeSource({ name: 'a', speed: 3 }), tags: ['zombie', 'brave'] },
        { ...madeSource({ name: 'b', speed: 0 }), tags: ['brave'] },
      ],
      HOLDEN,
    );
    expect(database.tags).toEqual(['idle', 'run', ...CONTACT_TAGS, 'brave', 'zombie']);
    // The runner glides, and stands on neither foot.
    expect([database.tagMask[30], database.tagMask[61 + 30]]).toEqual([0b110010, 0b011101]);
  });

  it('refuses more than 32 tags by name', () => {
    const tags = Array.from({ length: 32 }, (_, k) => `style ${k}`);
    expect(() => buildDatabase([{ ...madeSource(), tags }], HOLDEN)).toThrow(code('motion/too-many-tags'));
  });

  it('says so where nothing moves', () => {
    const { warnings } = buildDatabase([madeSource({ speed: 0 }), madeSource({ speed: 0.02 })], HOLDEN);
    expect(warnings.map((warning) => warning.code)).toContain('motion/only-idle');
    const some = buildDatabase([madeSource({ speed: 0 }), madeSource({ cadence: 1 })], HOLDEN);
    expect(some.warnings.map((warning) => warning.code)).not.toContain('motion/only-idle');
  });

  it('tells of numbers that never change, but for those that never can', () => {
    const flat = (schema: typeof UE54) =>
      buildDatabase([madeSource()], schema).warnings.flatMap((warning) =>
        warning.code === 'motion/flat-block' ? [warning.message] : [],
      );
    expect(flat(UE54).join()).toMatch(/footL position/);
    expect(flat(UE54).join()).not.toMatch(/trajectory facing" /);
  });

  it('adds mirror images, with contacts, roots and turns exchanged', () => {
    const { database } = buildDatabase([madeSource({ cadence: 2, turn: 1.4, speed: 1 })], HOLDEN, {
      mirror: true,
    });
    expect(database.clips.map(({ name, mirrored, start }) => [name, mirrored, start])).toEqual([
      ['walk', false, 0],
      ['walk (mirrored)', true, 61],
    ]);
    const { contacts, roots, tags, tagMask } = database;
    for (let f = 0; f < 61; f++) {
      expect(contacts[2 * f]).toBe(contacts[2 * (61 + f) + 1]);
      expect(roots[4 * f]).toBeCloseTo(-roots[4 * (61 + f)], 6);
    }
    expect(tags).toEqual(['walk', 'turn-left', 'turn-right', ...CONTACT_TAGS]);
    expect([tagMask[30] & 0b111, tagMask[91] & 0b111]).toEqual([0b011, 0b101]);
    for (let f = 0; f < 122; f++)
      expect([(tagMask[f] >>> 3) & 1, (tagMask[f] >>> 4) & 1]).toEqual([
        ...contacts.subarray(2 * f, 2 * f + 2),
      ]);
  });

  it('refuses a mirror image of a body with one leg more', () => {
    const source = madeSource();
    const roles = source.track.roles.map((role) => (role === 'calfR' ? 'toeL' : role));
    expect(() =>
      buildDatabase([{ ...source, track: { ...source.track, roles } }], HOLDEN, { mirror: true }),
    ).toThrow(code('motion/one-sided'));
  });

  it('closes loops where that is wanted, and then has no dead frames', () => {
    const sources = [
      madeSource({ cadence: 2, frames: 61 }),
      madeSource({ name: 'odd', cadence: 2, frames: 67 }),
    ];
    const counts = (loops: 'auto' | 'all' | 'none') =>
      buildDatabase(sources, HOLDEN, { loops }).database.clips.map((clip) => [
        clip.loops,
        clip.frameCount,
        clip.validCount,
      ]);
    expect(counts('none')).toEqual([
      [false, 61, 30],
      [false, 67, 36],
    ]);
    expect(counts('auto')).toEqual([
      [true, 60, 60],
      [false, 67, 36],
    ]);
    expect(counts('all')[1][0]).toBe(true);
  });

  it('is left as it was by a clip that it refuses', () => {
    const builder = makeFeatureBuilder(HOLDEN, { mirror: true });
    builder.add(madeSource({ cadence: 2 }));
    const bad = madeSource({ name: 'bad' });
    bad.track.positions[9] = Number.NaN;
    expect(() => builder.add({ ...bad, tags: ['bad'] })).toThrow(code('motion/not-finite'));
    const { database } = builder.finish();
    expect(encodeDatabase(database)).toEqual(
      encodeDatabase(buildDatabase([madeSource({ cadence: 2 })], HOLDEN, { mirror: true }).database),
    );
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
