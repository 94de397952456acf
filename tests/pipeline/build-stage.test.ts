import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseFeatureSchema, writeNpy } from '../../src/motion/index.js';
import { buildStage, openDatabase } from '../../src/pipeline/index.js';
import { type MadeBvh, madeBvh } from './made-bvh.js';

describe('buildStage', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gaitway-build-'));
    mkdirSync(join(folder, 'clips', 'turns'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const at = (name: string): string => join(folder, ...name.split('/'));
  const put = (name: string, made?: MadeBvh): string => {
    writeFileSync(at(name), madeBvh(made));
    return at(name);
  };
  const request = (clips: readonly string[]) => ({
    clips,
    out: at('motion.gwdb'),
    schema: 'holden',
    ends: 'mask' as const,
    loops: 'none' as const,
  });

  it('refuses no clips, and clips of which none can be read', async () => {
    await expect(buildStage(request([at('clips')]))).rejects.toMatchObject({ code: 'clips/none' });
    await expect(buildStage(request([at('none.bvh')]))).rejects.toThrow(/None of the 1 clips.*no such file/);
  });

  it('refuses a schema that is no name and no file, and a file that is no schema', async () => {
    const clips = [put('clips/walk.bvh')];
    await expect(buildStage({ ...request(clips), schema: 'holdn' })).rejects.toMatchObject({
      code: 'motion/no-such-schema',
    });
    writeFileSync(at('schema.json'), '{"name": "x", "channels": [{"type": "phase"}]}');
    await expect(buildStage({ ...request(clips), schema: at('schema.json') })).rejects.toThrow(
      /schema\.json is not valid/,
    );
    writeFileSync(at('schema.json'), '{');
    await expect(buildStage({ ...request(clips), schema: at('schema.json') })).rejects.toMatchObject({
      code: 'motion/bad-schema',
    });
  });

  it('refuses another body, and writes nothing then', async () => {
    const clips = [put('clips/walk.bvh'), put('clips/tall.bvh', { shin: 55 })];
    await expect(buildStage(request(clips))).rejects.toThrow(/tall has another skeleton.*retarget/s);
    await expect(openDatabase(at('motion.gwdb'))).rejects.toMatchObject({ code: 'database/unreadable' });
  });

  it('refuses a body without legs, and says what it looked for', async () => {
    const trunk = madeBvh().replace(/JOINT (Left|Right)UpLeg[\s\S]*?\n}\n}\n}\n}\n?/g, '');
    writeFileSync(at('clips/trunk.bvh'), trunk.replace(/^((?:\S+ ){12}).*$/gm, '$1').replace(/ $/gm, ''));
    const report = await buildStage(request([at('clips/trunk.bvh'), put('clips/walk.bvh')]));
    expect(report.failed).toMatchObject([
      { clip: at('clips/trunk.bvh'), message: expect.stringMatching(/thighL/) },
    ]);
    await expect(buildStage({ ...request([at('clips/trunk.bvh')]), force: true })).rejects.toMatchObject({
      code: 'motion/no-clips',
    });
  });

  it('says so where nothing moves', async () => {
    const report = await buildStage(request([put('clips/idle.bvh', { speed: 0 })]));
    expect(report.warnings.map(({ code }) => code)).toEqual(['motion/flat-block', 'motion/only-idle']);
    expect(report.tags).toEqual({ idle: 90, 'contact-left': 90, 'contact-right': 90 });
  });

  it('reports a clip that cannot be read and goes on with the others', async () => {
    writeFileSync(at('clips/bad.bvh'), 'HIERARCHY\nROOT Hips\n{');
    const report = await buildStage(request([at('clips/bad.bvh'), put('clips/walk.bvh')]));
    expect(report.failed).toMatchObject([{ clip: at('clips/bad.bvh'), code: expect.stringMatching(/\//) }]);
    expect(report).toMatchObject({ clips: 1, frames: 90, validFrames: 59, dimension: 27, read: 1 });
    expect(report.deadShare).toBeCloseTo(31 / 90, 9);
  });

  it('names clips by their place below the folder that was given and keeps where they were read from', async () => {
    put('clips/walk.bvh');
    put('clips/turns/left.bvh', { turnDeg: 40 });
    await buildStage(request([at('clips')]));
    const { clips, roles } = await openDatabase(at('motion.gwdb'));
    expect(clips.map(({ name, source }) => [name, source])).toEqual([
      ['turns/left', 'clips/turns/left.bvh'],
      ['walk', 'clips/walk.bvh'],
    ]);
    expect(roles).toMatchObject({ pelvis: 'Hips', footL: 'LeftFoot' });
  });

  it('writes the same bytes twice, and over a file only when forced', async () => {
    const clips = [put('clips/walk.bvh'), put('clips/run.bvh', { speed: 3 })];
    await buildStage(request(clips));
    const first = readFileSync(at('motion.gwdb'));
    // It is known before any clip is read.
    const read: string[] = [];
    const onProgress = (_done: number, _total: number, clip: string): void => void read.push(clip);
    await expect(buildStage({ ...request(clips), onProgress })).rejects.toMatchObject({
      code: 'file/exists',
    });
    expect(read).toEqual([]);
    await buildStage({ ...request(clips), force: true });
    expect(readFileSync(at('motion.gwdb')).equals(first)).toBe(true);
  });

  it('leaves a one-frame clip out by name, or takes it with extrapolated ends', async () => {
    const clips = [put('clips/walk.bvh'), put('clips/pose.bvh', { frames: 1 })];
    const { warnings } = await buildStage(request(clips));
    expect(warnings[0]).toMatchObject({
      code: 'motion/clip-too-short',
      message: expect.stringMatching(/^pose was left out/),
    });
    const report = await buildStage({ ...request(clips), ends: 'extrapolate', force: true });
    expect(report).toMatchObject({ clips: 2, validFrames: 91 });
    expect((await openDatabase(at('motion.gwdb'))).rows.every(Number.isFinite)).toBe(true);
  });

  it('leaves out the last 0.3 s of a clip unless it is told otherwise', async () => {
    const { ends: _, ...usual } = request([put('clips/walk.bvh')]);
    expect(await buildStage(usual)).toMatchObject({ validFrames: 81 });
  });

  it('refuses a schema that asks for what the skeleton lacks, with all of it', async () => {
    const schema = parseFeatureSchema({
      name: 'armed',
      channels: [
        { type: 'pose', joints: [{ role: 'handL' }, { role: 'footL' }] },
        { type: 'heading', joint: 'sword' },
      ],
    });
    await expect(buildStage({ ...request([put('clips/walk.bvh')]), schema })).rejects.toMatchObject({
      code: 'motion/schema-mismatch',
      message: expect.stringMatching(/handL.*\n.*"sword"/),
    });
  });

  it('takes joints by their own names, and how they are turned', async () => {
    const schema = parseFeatureSchema({
      name: 'head',
      channels: [
        { type: 'position', joint: 'Head' },
        { type: 'heading', joint: 'LeftUpLeg', axis: 'y' },
        { type: 'heading', joint: 'RightUpLeg', axis: 'y' },
      ],
    });
    const report = await buildStage({ ...request([put('clips/walk.bvh')]), schema, mirror: true });
    expect(report).toMatchObject({ clips: 2, mirrored: 1, dimension: 9 });
    const { roles, rows, mean, factor } = await openDatabase(at('motion.gwdb'));
    expect(Object.values(roles)).not.toContain('joint:Head');
    const raw = (row: number, k: number): number => rows[9 * row + k] / (factor[k] || 1) + mean[k];
    // The trunk is stiff, so the head stands still over the root; the thigh swings by 20 degrees.
    expect(raw(40, 1)).toBeCloseTo(1.5, 5);
    const swing = Array.from({ length: 90 }, (_, f) => raw(f, 5));
    expect(Math.max(...swing)).toBeCloseTo(Math.sin((20 * Math.PI) / 180), 2);
  });

  it('tags clips by folder and by manifest', async () => {
    put('clips/walk.bvh');
    put('clips/turns/left.bvh', { turnDeg: 60 });
    writeFileSync(
      at('clips/list.json'),
      JSON.stringify({ files: [{ name: 'walk.bvh', split: 'train', label: 'calm' }] }),
    );
    const labels = { folders: true, manifest: at('clips/list.json') };
    const report = await buildStage({ ...request([at('clips')]), labels });
    expect(report.tags).toMatchObject({ turns: 90, calm: 90 });
    const { tags, tagMask } = await openDatabase(at('motion.gwdb'));
    expect(
      [tagMask[45] >>> tags.indexOf('turns'), tagMask[135] >>> tags.indexOf('calm')].map((v) => v & 1),
    ).toEqual([1, 1]);
    expect((tagMask[45] >>> tags.indexOf('turn-left')) & 1).toBe(1);
  });

  it('reads only clips that have changed, and writes the same bytes as without a cache', async () => {
    const clips = [put('clips/walk.bvh'), put('clips/run.bvh', { speed: 3 })];
    const kept = { ...request(clips), cache: at('cache'), force: true };
    const bytes = () => readFileSync(at('motion.gwdb'));
    expect(await buildStage(kept)).toMatchObject({ read: 2, unchanged: 0 });
    const first = bytes();
    expect(await buildStage(kept)).toMatchObject({ read: 0, unchanged: 2 });
    expect(bytes().equals(first)).toBe(true);
    await buildStage({ ...request(clips), force: true });
    expect(bytes().equals(first)).toBe(true);

    put('clips/run.bvh', { speed: 4 });
    expect(await buildStage(kept)).toMatchObject({ read: 1, unchanged: 1 });
    expect(bytes().equals(first)).toBe(false);
    put('clips/run.bvh', { speed: 3 });
    expect(await buildStage(kept)).toMatchObject({ read: 0, unchanged: 2 });
    expect(bytes().equals(first)).toBe(true);
    // Another rate wants other tracks.
    expect(await buildStage({ ...kept, rateHz: 60 })).toMatchObject({ read: 2 });
  });

  it('makes a kept track anew that is damaged, and forgets those of long ago', async () => {
    const kept = { ...request([put('clips/walk.bvh')]), cache: at('cache'), force: true };
    await buildStage(kept);
    const first = readFileSync(at('motion.gwdb'));
    const [track] = readdirSync(at('cache')).map((name) => join(at('cache'), name));
    for (const damage of [
      (b: Buffer) => b.subarray(0, 200),
      (b: Buffer) => b.fill(7, b.length - 8),
      () => '',
    ]) {
      writeFileSync(track, damage(readFileSync(track)));
      await buildStage(kept);
      expect(readFileSync(at('motion.gwdb')).equals(first)).toBe(true);
    }
    writeFileSync(join(at('cache'), 'old.gwtrack'), 'old');
    writeFileSync(join(at('cache'), 'old.txt'), 'not ours');
    for (const name of ['old.gwtrack', 'old.txt']) utimesSync(join(at('cache'), name), 0, 0);
    await buildStage(kept);
    expect(readdirSync(at('cache')).sort()).toEqual([basename(track), 'old.txt'].sort());
  });

  it('keeps the one frame that is wrong from stopping the others', async () => {
    const clips = [put('clips/walk.bvh'), put('clips/odd.bvh')];
    writeFileSync(
      clips[1],
      madeBvh().replace(/(\n[^\n]*){3}\n$/, (rows) => rows.replace(/ [-\d.]+/, ' 1e400')),
    );
    const report = await buildStage(request(clips));
    expect(report).toMatchObject({ clips: 1, failed: [{ clip: clips[1] }] });
  });

  it('normalises several databases together, and changes others only when forced', async () => {
    const walk = request([put('clips/walk.bvh')]);
    await buildStage({ ...walk, out: at('idle.gwdb'), clips: [put('clips/idle.bvh', { speed: 0 })] });
    const before = readFileSync(at('idle.gwdb'));
    const both = { ...walk, normaliseWith: [at('idle.gwdb')] };
    await expect(buildStage(both)).rejects.toMatchObject({ code: 'file/exists' });
    expect(readFileSync(at('idle.gwdb')).equals(before)).toBe(true);
    await buildStage({ ...both, force: true });
    const [a, b] = [await openDatabase(at('motion.gwdb')), await openDatabase(at('idle.gwdb'))];
    expect([a.mean, a.factor]).toEqual([b.mean, b.factor]);
    expect(a.clips[0].name).toBe('walk');
    expect(b.clips[0].name).toBe('idle');
  });

  it('takes latents, and says which clip has none or does not fit', async () => {
    const clips = [put('clips/walk.bvh'), put('clips/run.bvh', { speed: 3 })];
    const latents = (name: string, frames: number) => {
      const data = Float32Array.from({ length: 2 * frames }, (_, k) => k);
      writeFileSync(at(`${name}.npy`), writeNpy({ shape: [frames, 2], data }));
    };
    latents('walk', 90);
    const build = () => buildStage({ ...request(clips), latents: folder, force: true });
    expect((await build()).failed).toMatchObject([{ clip: at('clips/run.bvh'), code: 'latents/missing' }]);
    latents('run', 89);
    await expect(build()).rejects.toMatchObject({ code: 'motion/bad-latents' });
    latents('run', 90);
    const mask = new Uint8Array(90);
    mask.fill(1, 10, 60);
    writeFileSync(at('run.valid.npy'), writeNpy({ shape: [90], data: mask }));
    const exact = await build();
    expect(exact).toMatchObject({ schema: 'latents', dimension: 2, validFrames: 140 });
    expect(exact.stored).toBeUndefined();
    const small = await buildStage({ ...request(clips), latents: folder, force: true, precision: 'int8' });
    expect(small.stored).toMatchObject({ precision: 'int8', queries: 140 });
    expect(small.stored?.recall).toBeGreaterThan(0.2);
    expect(small.bytes).toBeLessThan(exact.bytes);
    expect((await openDatabase(request(clips).out)).storage).toMatchObject({ kind: 'int8' });
  });
});
