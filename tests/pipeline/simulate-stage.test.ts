import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeClip, makeWorldPose } from '../../src/clip/index.js';
import { GaitwayError } from '../../src/errors.js';
import { buildStage } from '../../src/pipeline/build-stage.js';
import { openDatabase } from '../../src/pipeline/database-file.js';
import { encoderOfDatabase } from '../../src/pipeline/encoder-of-database.js';
import { latentQueries } from '../../src/pipeline/latent-queries.js';
import { openClip } from '../../src/pipeline/open-clip.js';
import { openPlayedClips } from '../../src/pipeline/played-clips.js';
import { type SimulateStageRequest, simulateStage } from '../../src/pipeline/simulate-stage.js';
import { trainStage } from '../../src/pipeline/train-stage.js';
import { madeBvh } from './made-bvh.js';

let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gaitway-simulate-'));
  writeFileSync(at('straight.bvh'), madeBvh({ speed: 1.2 }));
  writeFileSync(at('left.bvh'), madeBvh({ speed: 1.2, turnDeg: 50 }));
  writeFileSync(at('fast.bvh'), madeBvh({ speed: 3 }));
  const clips = ['straight', 'left', 'fast'].map((name) => at(`${name}.bvh`));
  await buildStage({ clips, out: at('motion.gwdb'), schema: 'hand-made', mirror: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

const request = (changes: Partial<SimulateStageRequest> = {}): SimulateStageRequest => ({
  database: at('motion.gwdb'),
  path: 'random',
  gait: 'walk',
  seconds: 6,
  seeds: [1],
  controller: 'tuned',
  changes: {},
  force: true,
  ...changes,
});
const failing = (changes: Partial<SimulateStageRequest>): Promise<string> =>
  simulateStage(request(changes)).then(
    () => 'nothing thrown',
    (error: unknown) => (error instanceof GaitwayError ? error.code : String(error)),
  );

describe('simulateStage', () => {
  it('says what is wrong with a path, a format or a file', async () => {
    writeFileSync(at('bad.json'), '{"name": "a", "segments": []}');
    writeFileSync(at('worse.json'), '{');
    expect(await failing({ path: 'moonwalk' })).toBe('simulate/no-path');
    expect(await failing({ path: at('bad.json') })).toBe('simulate/bad-sticks');
    expect(await failing({ path: at('worse.json') })).toBe('simulate/bad-sticks');
    expect(await failing({ path: at('none.json') })).toBe('file/missing');
    expect(await failing({ out: at('played.xyz') })).toBe('formats/cannot-write');
    expect(await failing({ database: at('none.gwdb') })).toBe('database/unreadable');
    writeFileSync(at('kept.npy'), '');
    // It is known before anything is opened.
    const kept = { database: at('none.gwdb'), chosen: at('kept.npy'), force: false };
    expect(await failing(kept)).toBe('file/exists');
  });

  it('says that a clip has changed, or is gone, since the database was built', async () => {
    writeFileSync(at('short.bvh'), madeBvh({ speed: 1 }));
    await buildStage({ clips: [at('short.bvh')], out: at('short.gwdb'), schema: 'hand-made' });
    writeFileSync(at('short.bvh'), madeBvh({ speed: 1, frames: 40 }));
    expect(await failing({ database: at('short.gwdb') })).toBe('simulate/other-clip');
    rmSync(at('short.bvh'));
    expect(await failing({ database: at('short.gwdb') })).toBe('file/missing');
  });

  it('plays every seed with every transition cost, and the same twice, to the last byte', async () => {
    const wanted = {
      seeds: [1, 2] as const,
      transitionCosts: [0, 4],
      out: at('a.gwclip'),
      chosen: at('a.npy'),
    };
    const first = await simulateStage(request(wanted));
    const again = await simulateStage(request({ ...wanted, out: at('b.gwclip'), chosen: at('b.npy') }));
    const { written: _, ...report } = first.report;
    const { written: __, ...same } = again.report;
    expect(same).toEqual(report);
    expect(report.runs.map(({ seed, transitionCost }) => [seed, transitionCost])).toEqual([
      [1, 0],
      [2, 0],
      [1, 4],
      [2, 4],
    ]);
    expect(report.summary.map(({ transitionCost }) => transitionCost)).toEqual([0, 4]);
    expect(report.summary.some(({ onSlideFront }) => onSlideFront)).toBe(true);
    expect(report.summary[0]?.scores.trajectory.meanCm).toBeCloseTo(
      ((report.runs[0]?.scores.trajectory.meanCm ?? 0) + (report.runs[1]?.scores.trajectory.meanCm ?? 0)) / 2,
      9,
    );
    for (const name of ['gwclip', 'npy'])
      expect(readFileSync(at(`b.${name}`))).toEqual(readFileSync(at(`a.${name}`)));
    expect(first.timing.searches).toBeGreaterThan(100);
    expect(first.way).toHaveLength(60);
    const jumps = report.runs.reduce((sum, { scores }) => sum + scores.jumps.perSecond * scores.seconds, 0);
    const chosen = new Uint32Array(new Uint8Array(readFileSync(at('a.npy'))).slice(-4 * 2 * 270).buffer);
    expect(chosen.reduce((a, b) => a + b, 0)).toBe(Math.round(jumps));
  });

  it('plays sticks of a file once, whatever the seeds', async () => {
    writeFileSync(at('go.json'), JSON.stringify({ name: 'go', segments: [{ seconds: 2, y: 1, gait: 1.2 }] }));
    const { report } = await simulateStage(request({ path: at('go.json'), seeds: [1, 2, 3], seconds: 2 }));
    expect(report.runs).toHaveLength(1);
    expect(report.runs[0]).not.toHaveProperty('seed');
    expect(report.mostPlayed.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-9);
  });

  it.each(['glb', 'bvh', 'fbx', 'gwclip'])(
    'writes what was played as .%s, on the clips’ own skeleton',
    async (format) => {
      const out = at(`played.${format}`);
      const { report } = await simulateStage(request({ path: 'circle', seconds: 2, out }));
      expect(report.written).toMatchObject({ output: out, clips: [{ frameCount: 120, rateHz: 60 }] });
      const [played, source] = [await openClip(out), await openClip(at('straight.bvh'))];
      const names = new Set(played.skeleton.joints.map(({ name }) => name));
      for (const { name } of source.skeleton.joints) expect(names).toContain(name);
      if (format === 'gwclip')
        expect(decodeClip(readFileSync(out)).curves.map(({ name }) => name)).toEqual([
          'FootContact_L',
          'FootContact_R',
        ]);
    },
  );

  it('stops when it is told to and leaves no file', async () => {
    const signal = AbortSignal.abort();
    await expect(simulateStage(request({ signal, out: at('none.gwclip') }))).rejects.toThrow();
    expect(existsSync(at('none.gwclip'))).toBe(false);
  });
});

describe('databases of latents', () => {
  beforeAll(async () => {
    const clips = [0, 50, -30].map((turnDeg, k) => {
      writeFileSync(at(`long ${k}.bvh`), madeBvh({ speed: 1.2 + k, turnDeg, frames: 150 }));
      return at(`long ${k}.bvh`);
    });
    await trainStage({
      clips,
      out: at('encoder'),
      encoder: 'linear',
      dim: 6,
      rateHz: 30,
      seed: 1,
      epochs: 1,
      noiseShare: 0,
      survival: 1,
      predictedShare: 0,
      engine: 'auto',
      force: true,
      version: 'of tests',
    });
    await buildStage({
      clips,
      out: at('latents.gwdb'),
      schema: 'holden',
      encoder: at('encoder'),
      mirror: true,
    });
  });

  it('are asked with what their encoder makes of the pose that plays and the path that is wished', async () => {
    const database = await openDatabase(at('latents.gwdb'));
    if (database.content.kind !== 'latents') throw new Error('latents are wanted');
    const { encoder } = await encoderOfDatabase(at('latents.gwdb'), database.content);
    const { bank, tracks } = await openPlayedClips(at('latents.gwdb'), database, { tickHz: 60, encoder });
    const queries = latentQueries(database, encoder, tracks, bank.body, 'clip');
    const query = new Float32Array(database.dimension);
    const root = { x: 0, z: 0, yaw: 0 };
    for (const [clip, { start }] of database.clips.entries()) {
      const frame = 30;
      bank.root.at(clip, frame, root);
      const own = { ...root };
      const path = (seconds: number, out: typeof root): void => bank.root.at(clip, frame + seconds * 30, out);
      queries.write(start + frame, own, path, makeWorldPose(1).positions, query);
      for (let k = 0; k < query.length; k++) {
        expect(query[k]).toBeCloseTo(database.rows[(start + frame) * query.length + k] as number, 3);
      }
    }
  });

  it('are played, and refused where their encoder is gone', async () => {
    const { report } = await simulateStage(request({ database: at('latents.gwdb') }));
    expect(report.summary[0]?.scores.jumps.perSecond).toBeGreaterThan(0);
    expect(await failing({ database: at('latents.gwdb'), encoder: at('nowhere') })).toBe('search/no-encoder');
  });
});
