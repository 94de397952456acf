import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeGlb } from '../../src/formats/index.js';
import { makeClip } from '../formats/made-clip.js';
import { madeBvh } from '../pipeline/made-bvh.js';
import { type CliRun, runGaitway } from './run-gaitway.js';

let folder: string;
const at = (name: string): string => join(folder, name);
const run = (...args: string[]): Promise<CliRun> => runGaitway(args, { cwd: folder });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gaitway-files-'));
  writeFileSync(at('walk.bvh'), madeBvh({ frames: 31 }));
  writeFileSync(at('broken.bvh'), 'HIERARCHY\nROOT a\n{\n');
  const clips = ['idle', 'run'].map((name) => ({ ...makeClip({ seed: 1 }), name }));
  writeFileSync(at('two.glb'), (await writeGlb(clips)).bytes);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('dump', () => {
  it('prints one JSON document with poses at exactly the times asked for', async () => {
    const { code, printed } = await run('dump', at('walk.bvh'), '--times', '0,0.5,0.517', '--unit', 'cm');
    const dump = JSON.parse(printed);
    expect(code).toBe(0);
    expect(dump).toMatchObject({
      format: 'bvh',
      rateHz: 30,
      frameCount: 31,
      durationSeconds: 1,
      unitMetres: 0.01,
      times: [0, 0.5, 0.517],
    });
    expect(dump.positions).toHaveLength(3);
    expect(dump.rotations[0]).toHaveLength(dump.joints.length);
    expect(dump.positions[1][0][2] - dump.positions[0][0][2]).toBeCloseTo(0.75, 6);
    expect(dump.positions[2][0][2] - dump.positions[0][0][2]).toBeCloseTo(0.7755, 6);
  });

  it('walks over the whole clip at a rate, and takes one clip of several', async () => {
    const { times } = JSON.parse((await run('dump', at('walk.bvh'), '--fps', '10')).printed);
    expect(times).toHaveLength(11);
    expect(JSON.parse((await run('dump', at('two.glb'), '--clip', 'run')).printed)).toMatchObject({
      clip: 'run',
      clips: ['idle', 'run'],
    });
  });

  it('refuses times that are none with exit code 2, and a broken file with 1', async () => {
    expect((await run('dump', at('walk.bvh'), '--times', '0,,1')).code).toBe(2);
    expect((await run('dump', at('walk.bvh'), '--up', 'x')).code).toBe(2);
    const { code, noted, printed } = await run('dump', at('broken.bvh'));
    expect([code, printed]).toEqual([1, '']);
    expect(noted).toContain('[bvh/truncated]');
  });
});

describe('convert', () => {
  it('writes BVH, GLB and .gwclip from each other, and the poses stay', async () => {
    const dump = async (file: string): Promise<{ joints: { name: string }[]; positions: number[][][] }> =>
      JSON.parse((await run('dump', file, '--fps', '30', '--unit', 'cm', '--up', 'y')).printed);
    const wanted = await dump(at('walk.bvh'));
    let input = at('walk.bvh');
    for (const output of ['a.glb', 'b.gwclip', 'c.bvh', 'd.gwclip', 'e.glb', 'f.bvh'].map(at)) {
      expect((await run('convert', input, output, '--unit', 'cm', '--up', 'y')).code).toBe(0);
      input = output;
    }
    const found = await dump(input);
    expect(found.joints.map(({ name }) => name)).toEqual(wanted.joints.map(({ name }) => name));
    wanted.positions.flat(2).forEach((value, i) => {
      expect(found.positions.flat(2)[i]).toBeCloseTo(value, 5);
    });
  });

  it('puts all clips into a GLB, and one that is named into a BVH', async () => {
    const report = JSON.parse((await run('convert', at('two.glb'), at('all.glb'), '--json')).printed);
    expect(report).toMatchObject({ ok: true, format: 'glb', clips: [{ name: 'idle' }, { name: 'run' }] });
    const one = JSON.parse(
      (
        await run(
          'convert',
          at('two.glb'),
          at('run.bvh'),
          '--clip',
          'run',
          '--rate',
          '30000/1001',
          '--order',
          'xyz',
          '--json',
        )
      ).printed,
    );
    expect(one.clips).toMatchObject([{ name: 'run', frameCount: 8 }]);
    expect(readFileSync(at('run.bvh'), 'utf8')).toContain('Xrotation Yrotation Zrotation');
  });

  it('writes BVH in the dialect that is asked for', async () => {
    const text = async (...flags: string[]): Promise<string> => {
      expect((await run('convert', at('two.glb'), at('dialect.bvh'), '--force', ...flags)).code).toBe(0);
      return readFileSync(at('dialect.bvh'), 'utf8');
    };
    const plain = await text();
    expect(plain.match(/CHANNELS 6/g)).toHaveLength(1);
    expect((await text('--channels', 'all')).match(/CHANNELS 3/g)).toBeNull();
    expect(plain).toContain('End Site');
    expect(await text('--end-sites', 'stated')).not.toContain('End Site');
    expect(await text('--out-up', 'z')).not.toBe(plain);
    expect(await text('--out-unit', 'm')).not.toBe(plain);
    expect((await run('convert', at('two.glb'), at('no.bvh'), '--names', 'maya')).noted).toContain('--names');
  });

  it('replaces nothing without --force, and leaves nothing where it fails', async () => {
    writeFileSync(at('kept.bvh'), 'precious');
    expect((await run('convert', at('walk.bvh'), at('kept.bvh'))).noted).toContain('[file/exists]');
    expect(readFileSync(at('kept.bvh'), 'utf8')).toBe('precious');
    expect((await run('convert', at('broken.bvh'), at('new.glb'))).code).toBe(1);
    expect(existsSync(at('new.glb'))).toBe(false);
    expect((await run('convert', at('walk.bvh'), at('walk.docx'))).noted).toContain('[formats/cannot-write]');
    expect((await run('convert', at('walk.bvh'), at('x.bvh'), '--rate', 'fast')).code).toBe(2);
  });
});

describe('inspect', () => {
  it('tells unit, rate, size, and who plays which part', async () => {
    const { code, printed } = await run('inspect', at('walk.bvh'), '--json', '--unit', 'cm');
    expect(code).toBe(0);
    const [file] = JSON.parse(printed).files;
    expect(file).toMatchObject({
      format: 'bvh',
      unitMetres: 0.01,
      axes: 'Y up',
      takes: [{ rateHz: 30, frameCount: 31, durationSeconds: 1 }],
    });
    expect(file.body.roles.calfL.joint).toBe('LeftLeg');
    expect(file.heightMetres).toBeGreaterThan(0.9);
  });

  it('goes on past a broken file, and fails in the end', async () => {
    const { code, printed } = await run('inspect', at('broken.bvh'), at('walk.bvh'), '--json');
    const report = JSON.parse(printed);
    expect(code).toBe(1);
    expect(report.ok).toBe(false);
    expect(report.files).toHaveLength(1);
    expect(report.failed).toMatchObject([{ file: at('broken.bvh'), error: { code: 'bvh/truncated' } }]);
    const text = await run('inspect', at('walk.bvh'), at('broken.bvh'));
    expect(text.printed).toMatch(/walk\.bvh +bvh +\d+ +1 +31 +30 Hz/);
    expect(text.noted).toContain('[bvh/truncated]');
    const full = await run('inspect', at('walk.bvh'), at('two.glb'), '--full');
    expect(full.printed).toContain('31 frames');
    expect(full.printed).toMatch(/take 1 +"run"/);
  });

  it('warns of a figure that no person is as tall as', async () => {
    const { printed } = await run('inspect', at('walk.bvh'), '--unit', 'm', '--json');
    expect(JSON.parse(printed).files[0].warnings.map(({ code }: { code: string }) => code)).toContain(
      'inspect/odd-size',
    );
  });

  it('says by which factor an odd size would be a person, and takes it', async () => {
    const size = async (
      ...flags: string[]
    ): Promise<{ heightMetres: number; warnings: { message: string }[] }> =>
      JSON.parse((await run('inspect', at('walk.bvh'), '--unit', 'm', '--json', ...flags)).printed).files[0];
    const wrong = await size();
    expect(wrong.warnings.map(({ message }) => message).join(' ')).toContain('--scale 0.01');
    const right = await size('--scale', '0.01');
    expect(right.heightMetres).toBeCloseTo(wrong.heightMetres / 100, 6);
    expect(right.warnings.map(({ message }) => message).join(' ')).not.toContain('--scale');
    await run('convert', at('walk.bvh'), at('small.gwclip'), '--unit', 'cm', '--scale', '0.5', '--force');
    await run('convert', at('small.gwclip'), at('full.gwclip'), '--scale', '2', '--force');
    const height = async (file: string): Promise<number> =>
      JSON.parse((await run('inspect', file, '--json')).printed).files[0].heightMetres;
    expect(await height(at('full.gwclip'))).toBeCloseTo(2 * (await height(at('small.gwclip'))), 6);
    expect((await run('inspect', at('walk.bvh'), '--scale', '-1')).code).toBe(2);
  });

  it('says so where there is nothing to inspect', async () => {
    expect((await run('inspect', mkdtempSync(join(folder, 'empty-')))).noted).toContain('[inspect/no-files]');
  });
});
