import { copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { madeBvh } from '../../pipeline/made-bvh.js';
import { runGaitway } from '../run-gaitway.js';

let folder: string;
let clip: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gaitway-retarget-command-'));
  clip = join(folder, 'walk.bvh');
  await writeFile(clip, madeBvh({ frames: 20 }));
});
afterEach(() => rm(folder, { recursive: true }));

const retarget = (...args: string[]) => runGaitway(['retarget', ...args, '--jobs', '1'], { cwd: folder });
const to = (...more: string[]): string[] => ['--to', 'ue4-mannequin', '--out', join(folder, 'out'), ...more];

describe('retarget', () => {
  it('tells one line a clip on stderr and the sum on stdout', async () => {
    const { code, printed, noted } = await retarget(clip, ...to());
    expect(code).toBe(0);
    expect(printed).toContain('1 files retargeted to ue4-mannequin');
    expect(noted).toMatch(/walk\.bvh: 20 frames, .*calibrated by up to \d+°/);
  });

  it('prints one JSON document, and writes a page on request', async () => {
    const page = join(folder, 'report.html');
    const { code, printed } = await retarget(clip, ...to('--format', 'bvh,glb', '--json', '--report', page));
    expect(code).toBe(0);
    const report = JSON.parse(printed);
    expect(report.ok).toBe(true);
    expect(report.files[0].clips[0].outputs).toHaveLength(2);
    expect(await readFile(page, 'utf8')).toContain('walk.bvh');
  });

  it('one bad file: exit code 1, the rest is made', async () => {
    const bad = join(folder, 'bad.bvh');
    await writeFile(bad, 'no such thing');
    const { code, noted } = await retarget(bad, clip, ...to());
    expect(code).toBe(1);
    expect(noted).toContain(`error: ${bad}`);
    expect((await stat(join(folder, 'out', 'walk.glb'))).size).toBeGreaterThan(1000);
  });

  it.each([
    [['--root', 'sideways'], 2],
    [['--format', 'doc'], 2],
    [['--rate', '0'], 2],
    [['--map', 'missing.json'], 1],
    [['--clip', 'Dance'], 1],
  ])('%j is refused with exit code %i, and nothing is written', async (more, wanted) => {
    const { code, noted } = await retarget(clip, ...to(...more));
    expect(code).toBe(wanted);
    expect(noted.length).toBeGreaterThan(20);
    await expect(stat(join(folder, 'out'))).rejects.toThrow();
  });

  it('takes from gaitway.json what is not said, from any folder of the project', async () => {
    const project = join(folder, 'Spiel ä');
    await mkdir(join(project, 'Takes'), { recursive: true });
    await mkdir(join(project, 'Content'));
    await copyFile(clip, join(project, 'Takes', 'walk.bvh'));
    await writeFile(join(project, 'Game.uproject'), '{"FileVersion": 3}');
    await writeFile(
      join(project, 'gaitway.json'),
      JSON.stringify({ clips: ['Takes'], target: 'ue4-mannequin', out: 'Saved/Out' }),
    );
    const { code, printed } = await runGaitway(['retarget', '--json', '--jobs', '1'], {
      cwd: join(project, 'Content'),
    });
    expect(code).toBe(0);
    expect(JSON.parse(printed).ok).toBe(true);
    expect((await stat(join(project, 'Saved', 'Out', 'walk.glb'))).size).toBeGreaterThan(1000);
  });

  it('outside of a project names what must be said', async () => {
    const { code, noted } = await runGaitway(['retarget'], { cwd: folder });
    expect(code).toBe(2);
    expect(noted).toContain('Say the clips and --to and --out');
  });

  it('no input at all is an error, not a success', async () => {
    const { code, noted } = await retarget(join(folder, 'nowhere'), ...to());
    expect(code).toBe(1);
    expect(noted).toContain('nowhere');
  });
});
