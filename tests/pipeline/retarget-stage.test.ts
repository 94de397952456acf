import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  openClip,
  type RetargetBatch,
  type RetargetSettings,
  retargetStage,
} from '../../src/pipeline/index.js';
import { madeBvh } from './made-bvh.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gaitway-retarget-'));
  await mkdir(join(folder, 'in', 'deep'), { recursive: true });
  await writeFile(join(folder, 'in', 'walk.bvh'), madeBvh({ frames: 40 }));
  await writeFile(join(folder, 'in', 'deep', 'walk.bvh'), madeBvh({ frames: 30 }));
});
afterEach(() => rm(folder, { recursive: true }));

const SETTINGS: RetargetSettings = {
  target: 'ue5-mannequin',
  formats: ['bvh', 'glb'],
  contacts: true,
  footCurves: false,
  quality: 'high',
  soles: 'auto',
  hands: [],
  mirror: false,
  root: { position: 'from-body', height: 'still', yaw: 'from-body' },
  travel: 'scaled',
  stretch: [],
  trimCalibration: false,
};

const run = (more: Partial<Parameters<typeof retargetStage>[0]> = {}): Promise<RetargetBatch> =>
  retargetStage({
    inputs: [join(folder, 'in')],
    out: join(folder, 'out'),
    settings: SETTINGS,
    force: false,
    dryRun: false,
    jobs: 1,
    ...more,
  });

const outputs = async (): Promise<string[]> =>
  (await readdir(join(folder, 'out'), { recursive: true }))
    .filter((name) => /\.(bvh|glb)$/.test(name))
    .sort();

describe('retargetStage', () => {
  it('keeps folders and names, and writes each clip in every format', async () => {
    const batch = await run();
    expect(batch.counts).toEqual({ done: 2, unchanged: 0, failed: 0, cancelled: 0 });
    expect(await outputs()).toEqual(
      [join('deep', 'walk.bvh'), join('deep', 'walk.glb'), 'walk.bvh', 'walk.glb'].sort(),
    );
    const clip = await openClip(join(folder, 'out', 'walk.glb'));
    expect(clip.frameCount).toBe(40);
    expect(clip.skeleton.joints.some(({ name }) => name === 'ik_foot_l')).toBe(true);
  });

  it('one bad file is told in its place and stops no other', async () => {
    await writeFile(join(folder, 'in', 'broken.bvh'), 'HIERARCHY\nROOT Hips\n{\nOFFSET 0 0');
    await writeFile(
      join(folder, 'in', 'table.bvh'),
      'HIERARCHY\nROOT leg\n{\nOFFSET 0 0 0\nCHANNELS 3 Zrotation Xrotation Yrotation\nEnd Site\n{\nOFFSET 0 1 0\n}\n}\nMOTION\nFrames: 1\nFrame Time: 0.1\n0 0 0\n',
    );
    const { counts, files } = await run();
    expect(counts).toEqual({ done: 2, unchanged: 0, failed: 2, cancelled: 0 });
    const failures = files.flatMap(({ failures }) => failures);
    expect(failures.map(({ code }) => code)).toContain('retarget/no-roles');
    for (const { message } of failures) expect(message.length).toBeGreaterThan(20);
    expect(await outputs()).toHaveLength(4);
  });

  it('does nothing a second time, and anew what was changed or lost', async () => {
    await run();
    const before = (await stat(join(folder, 'out', 'walk.glb'))).mtimeMs;
    expect((await run()).counts).toMatchObject({ done: 0, unchanged: 2 });
    expect((await stat(join(folder, 'out', 'walk.glb'))).mtimeMs).toBe(before);
    await rm(join(folder, 'out', 'deep'), { recursive: true });
    expect((await run()).counts).toMatchObject({ done: 1, unchanged: 1 });
    await writeFile(join(folder, 'in', 'walk.bvh'), madeBvh({ frames: 41 }));
    expect((await run({ force: true })).counts).toMatchObject({ done: 2 });
    expect((await openClip(join(folder, 'out', 'walk.glb'))).frameCount).toBe(41);
  });

  it('replaces nothing that it did not make so, without force', async () => {
    await mkdir(join(folder, 'out'));
    await writeFile(join(folder, 'out', 'walk.bvh'), 'mine');
    const { counts, files } = await run();
    expect(counts).toMatchObject({ done: 1, failed: 1 });
    expect(files.flatMap(({ failures }) => failures)[0]?.code).toBe('file/exists');
    expect(await readFile(join(folder, 'out', 'walk.bvh'), 'utf8')).toBe('mine');
  });

  it('a dry run measures and writes nothing', async () => {
    const { files, counts } = await run({ dryRun: true });
    expect(counts.done).toBe(2);
    expect(files[0]?.clips[0]?.quality.rootCm).toBeGreaterThanOrEqual(0);
    await expect(stat(join(folder, 'out'))).rejects.toThrow();
  });

  it('writes the same bytes every time', async () => {
    await run();
    const first = await readFile(join(folder, 'out', 'walk.glb'));
    await run({ force: true });
    expect((await readFile(join(folder, 'out', 'walk.glb'))).equals(first)).toBe(true);
  });

  it('a cancelled run begins no more files', async () => {
    const abort = new AbortController();
    const { counts } = await run({ signal: abort.signal, onFile: () => abort.abort() });
    expect(counts).toEqual({ done: 1, unchanged: 0, failed: 0, cancelled: 1 });
  });

  it('an unknown target is told before anything is done', async () => {
    await expect(run({ settings: { ...SETTINGS, target: 'ue6' } })).rejects.toMatchObject({
      code: 'target/unknown',
    });
  });
});
