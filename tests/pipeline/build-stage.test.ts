import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeNpy } from '../../src/motion/index.js';
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
  const request = (clips: readonly string[]) => ({ clips, out: at('motion.gwdb'), schema: 'holden' });

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

  it('reports a clip that cannot be read and goes on with the others', async () => {
    writeFileSync(at('clips/bad.bvh'), 'HIERARCHY\nROOT Hips\n{');
    const report = await buildStage(request([at('clips/bad.bvh'), put('clips/walk.bvh')]));
    expect(report.failed).toMatchObject([{ clip: at('clips/bad.bvh'), code: expect.stringMatching(/\//) }]);
    expect(report).toMatchObject({ clips: 1, frames: 90, validFrames: 59, dimension: 27 });
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
    await expect(buildStage(request(clips))).rejects.toMatchObject({ code: 'file/exists' });
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
    expect(await build()).toMatchObject({ schema: 'latents', dimension: 2, validFrames: 140 });
  });
});
