import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeClip, withRestTake } from '../../src/clip/index.js';
import { readScene, writeGlb } from '../../src/formats/index.js';
import { makeClip } from '../formats/made-clip.js';
import { madeBvh } from '../pipeline/made-bvh.js';
import { type CliRun, runGaitway } from './run-gaitway.js';

let folder: string;
const at = (...names: string[]): string => join(folder, ...names);
/** Jobs in this thread: the others run what is built. */
const run = (...args: string[]): Promise<CliRun> => runGaitway([...args, '--jobs', '1'], { cwd: folder });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gaitway-convert-'));
  mkdirSync(at('in', 'über'), { recursive: true });
  writeFileSync(at('in', 'walk.bvh'), madeBvh({ frames: 31 }));
  writeFileSync(at('in', 'broken.bvh'), 'HIERARCHY\nROOT a\n{\n');
  writeFileSync(at('in', 'still.bvh'), madeBvh({ frames: 1 }).replace(/MOTION[\s\S]*/, ''));
  const clips = ['idle', 'run'].map((name) => ({ ...makeClip({ seed: 1 }), name }));
  writeFileSync(at('in', 'über', 'two.glb'), (await writeGlb(clips)).bytes);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const framesOf = async (path: string): Promise<number[]> =>
  withRestTake(await readScene(readFileSync(path), { file: path })).takes.map(({ frameCount }) => frameCount);

describe('convert of a folder', () => {
  it('converts every file, keeps the folders, tells the broken ones, and ends with 1', async () => {
    const { code, printed } = await run('convert', at('in'), at('out'), '--to', 'bvh', '--json');
    const report = JSON.parse(printed);
    expect(code).toBe(1);
    expect(report.counts).toEqual({ done: 3, unchanged: 0, failed: 1, cancelled: 0 });
    expect(report.files.find(({ state }: { state: string }) => state === 'failed').failures).toMatchObject([
      { code: 'bvh/truncated' },
    ]);
    expect(await framesOf(at('out', 'walk.bvh'))).toEqual([31]);
    expect(await framesOf(at('out', 'über', 'two', 'idle.bvh'))).toEqual([9]);
    expect(await framesOf(at('out', 'über', 'two', 'run.bvh'))).toEqual([9]);
  });

  it('writes a skeleton without animation as its rest pose, and says so', async () => {
    const { noted } = await run('convert', at('in', 'still.bvh'), at('still.glb'));
    expect(noted).toContain('its rest pose is taken as a clip of one frame');
    expect(await framesOf(at('still.glb'))).toEqual([1]);
  });

  it('leaves what it made before, format by format, and makes it anew when the input changed', async () => {
    expect((await run('convert', at('in'), at('again'), '--to', 'glb')).printed).toContain(
      '3 files converted',
    );
    expect((await run('convert', at('in'), at('again'), '--to', 'fbx')).printed).toContain(
      '3 files converted',
    );
    const made = statSync(at('again', 'walk.glb')).mtimeMs;
    expect((await run('convert', at('in'), at('again'), '--to', 'glb')).printed).toContain('3 unchanged');
    expect(statSync(at('again', 'walk.glb')).mtimeMs).toBe(made);
    const input = readFileSync(at('in', 'walk.bvh'), 'utf8');
    writeFileSync(at('in', 'walk.bvh'), madeBvh({ frames: 11 }));
    const { noted } = await run('convert', at('in'), at('again'), '--to', 'glb');
    expect(noted).toContain('[file/exists]');
    await run('convert', at('in'), at('again'), '--to', 'glb', '--force');
    expect(await framesOf(at('again', 'walk.glb'))).toEqual([11]);
    writeFileSync(at('in', 'walk.bvh'), input);
  });

  it('takes none of its own results for inputs, wherever the folder lies', async () => {
    const first = await run('convert', at('in'), at('in', 'made'), '--to', 'gwclip', '--json');
    const second = await run('convert', at('in'), at('in', 'made'), '--to', 'gwclip', '--json');
    expect(JSON.parse(second.printed).files).toHaveLength(JSON.parse(first.printed).files.length);
    rmSync(at('in', 'made'), { recursive: true });
  });

  it('asks for the format where the name cannot tell, and refuses an empty folder', async () => {
    expect((await run('convert', at('in'), at('out2'))).noted).toContain('Say --to and a format');
    expect((await run('convert', at('in', 'walk.bvh'), `${at('out3')}/`)).code).toBe(2);
    const { noted } = await run('convert', mkdtempSync(at('empty-')), at('out4'), '--to', 'glb');
    expect(noted).toContain('[convert/no-input]');
    expect(existsSync(at('out4'))).toBe(false);
  });
});

describe('convert of a part', () => {
  it('cuts by seconds and by frames, both ends included', async () => {
    const cut = async (...flags: string[]): Promise<number[]> => {
      expect((await run('convert', at('in', 'walk.bvh'), at('cut.gwclip'), '--force', ...flags)).code).toBe(
        0,
      );
      return framesOf(at('cut.gwclip'));
    };
    expect(await cut('--start', '10f', '--end', '20f')).toEqual([11]);
    expect(await cut('--start', '0.5')).toEqual([16]);
    expect(await cut('--end', '0.5s', '--rate', '60')).toEqual([31]);
    expect(await cut('--end', '99')).toEqual([31]);
  });

  it('cuts a .gwclip too', async () => {
    writeFileSync(at('made.gwclip'), encodeClip(makeClip({ seed: 4 })));
    await run('convert', at('made.gwclip'), at('part.gwclip'), '--start', '2f', '--end', '4f');
    expect(await framesOf(at('part.gwclip'))).toEqual([3]);
  });

  it('refuses places that are none, and ranges outside of the take', async () => {
    const args = ['convert', at('in', 'walk.bvh'), at('no.glb')];
    expect((await run(...args, '--start', 'soon')).noted).toContain('"soon" is no place in a take');
    expect((await run(...args, '--start', '1.5f')).code).toBe(2);
    expect((await run(...args, '--start', '5')).noted).toContain('[clip/bad-range]');
  });
});
