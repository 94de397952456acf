import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildStage, searchStage, trainStage } from '../../src/pipeline/index.js';
import { madeBvh } from './made-bvh.js';

describe('searchStage', () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gaitway-search-'));
    writeFileSync(at('walk.bvh'), madeBvh());
    writeFileSync(at('left.bvh'), madeBvh({ turnDeg: 60 }));
    writeFileSync(at('query.bvh'), madeBvh({ turnDeg: 55 }));
    await buildStage({
      clips: [at('walk.bvh'), at('left.bvh')],
      out: at('motion.gwdb'),
      schema: 'holden',
    });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const search = (clip: string, time = 1, more = {}) =>
    searchStage({
      database: at('motion.gwdb'),
      clip,
      time,
      count: 3,
      excludeSeconds: 0.5,
      apartSeconds: 0.2,
      ...more,
    });

  it('refuses a time outside the clip, a clip that is nowhere, a database that is none', async () => {
    await expect(search('walk', 9)).rejects.toMatchObject({ code: 'search/no-such-time' });
    await expect(search('nowhere.bvh')).rejects.toMatchObject({ code: 'file/missing' });
    await expect(search('walk', 1, { database: at('walk.bvh') })).rejects.toMatchObject({
      code: 'database/wrong-magic',
    });
  });

  it('takes a clip of the database by name or by file, and leaves its own neighbourhood out', async () => {
    for (const name of ['walk', 'walk.bvh', at('walk.bvh')]) {
      const { query, matches } = await search(name);
      expect(query).toEqual({ clip: 'walk', frame: 30, time: 1, inDatabase: true, valid: true });
      expect(matches.every(({ clip, frame }) => clip !== 0 || Math.abs(frame - 30) >= 15)).toBe(true);
    }
  });

  it('finds the turn for a clip that is not in the database, and says why the second lost', async () => {
    const { query, matches, runnerUp, blocks } = await search(at('query.bvh'));
    expect(query).toMatchObject({ inDatabase: false, valid: true });
    expect(matches[0].clipName).toBe('left');
    expect(matches.map(({ cost }) => cost)).toEqual(
      [...matches.map(({ cost }) => cost)].sort((a, b) => a - b),
    );
    expect(runnerUp?.costOfBlocks).toHaveLength(blocks.length);
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b);
    expect(sum(runnerUp?.costOfBlocks ?? [])).toBeCloseTo(runnerUp?.cost ?? Number.NaN, 6);
  });

  it('splits the cost by channel and by sample without loss', async () => {
    const { matches, channels = [], runnerUp } = await search(at('query.bvh'));
    const sum = (parts: readonly { cost: number }[]) => parts.reduce((total, { cost }) => total + cost, 0);
    expect(sum(channels)).toBeCloseTo(matches[0].cost, 9);
    const trajectory = channels.filter(({ channel }) => channel === 'trajectory');
    expect(trajectory.map(({ samples }) => samples.map(({ time }) => time?.toFixed(2)))).toEqual([
      ['0.33', '0.67', '1.00'],
      ['0.33', '0.67', '1.00'],
    ]);
    for (const { cost, samples } of [...channels, ...(runnerUp?.channels ?? [])]) {
      expect(sum(samples)).toBeCloseTo(cost, 9);
      for (const sample of samples) expect(sum(sample.blocks)).toBeCloseTo(sample.cost, 9);
    }
    expect(sum(runnerUp?.channels ?? [])).toBeCloseTo(runnerUp?.cost ?? Number.NaN, 9);
  });

  it('tells what Unreal would pick beside the exact best', async () => {
    const { matches, unreal } = await search(at('query.bvh'));
    // 200 of so few frames hold the best for sure.
    expect(unreal).toMatchObject({ isBest: true, costMore: 0, pick: { row: matches[0].row } });
    expect(unreal?.placeOfBest).toBeLessThanOrEqual(200);
    const asUnreal = await search(at('query.bvh'), 1, { mode: 'unreal' });
    expect(asUnreal).toMatchObject({ mode: 'unreal', matches: [{ row: matches[0].row }, {}, {}] });
  });

  it('answers alike in every exact mode, and with the tags that are asked for only', async () => {
    const { matches } = await search(at('query.bvh'));
    for (const mode of ['boxes', 'brute'] as const) {
      expect((await search(at('query.bvh'), 1, { mode })).matches).toEqual(matches);
    }
    const straight = await search(at('query.bvh'), 1, { forbiddenTags: ['turn-left'] });
    expect(straight.matches[0].clipName).toBe('walk');
    const turning = await search('walk', 1, { requiredTags: ['turn-left'] });
    expect(turning.matches.every(({ clipName }) => clipName === 'left')).toBe(true);
    await expect(search('walk', 1, { requiredTags: ['swim'] })).rejects.toMatchObject({
      code: 'search/unknown-tag',
    });
  });

  it('says where a query looks out of its clip', async () => {
    expect((await search(at('query.bvh'), 2.9)).query.valid).toBe(false);
  });

  describe('in a database of latents', () => {
    const train = (out: string, seed: number) =>
      trainStage({
        clips: ['walk', 'left', 'long'].map((name) => at(`${name}.bvh`)),
        encoder: 'linear',
        out: at(out),
        dim: 4,
        rateHz: 30,
        seed,
        epochs: 1,
        noiseShare: seed,
        survival: 1,
        predictedShare: 0,
        engine: 'cpu',
        force: false,
        version: 'test',
      });
    beforeAll(async () => {
      writeFileSync(at('long.bvh'), madeBvh({ frames: 240, turnDeg: -30 }));
      await train('encoder', 0);
      await train('other', 1);
      await buildStage({
        clips: [at('walk.bvh'), at('left.bvh')],
        out: at('learned.gwdb'),
        schema: 'holden',
        encoder: at('encoder'),
      });
    });
    const database = () => ({ database: at('learned.gwdb') });

    it('finds its encoder by itself and encodes the query', async () => {
      const { matches, query } = await search(at('query.bvh'), 1, database());
      expect(query).toMatchObject({ inDatabase: false, valid: true });
      expect(matches[0].clipName).toBe('left');
      expect((await search('walk', 1, { ...database(), excludeSeconds: 0 })).matches[0]).toMatchObject({
        clipName: 'walk',
      });
    });

    it('refuses another encoder, and none', async () => {
      await expect(search('walk', 1, { ...database(), encoder: at('other') })).rejects.toMatchObject({
        code: 'search/other-encoder',
      });
      await expect(search('walk', 1, { ...database(), encoder: folder })).rejects.toMatchObject({
        code: 'search/no-encoder',
      });
    });
  });
});
