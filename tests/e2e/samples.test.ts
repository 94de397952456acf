import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const isBuilt = existsSync(join(ROOT, 'dist/cli/main.js')) && existsSync(join(ROOT, 'dist/samples/index.js'));

/** Commands of the build; a sample whose command is not there yet is skipped by name. */
const verbs = new Set(
  isBuilt
    ? Array.from(run('dist/cli/main.js', '--help').out.matchAll(/^ {2}([a-z]+) /gm), ([, verb]) => verb)
    : [],
);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gaitway-samples-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a program of the project as a user would, from another folder than the project's. */
function run(file: string, ...args: string[]): { status: number | null; out: string; problems: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, file), ...args], {
    cwd: tmpdir(),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return { status, out: stdout, problems: stderr };
}

/** Runs a numbered sample in the folder that the samples before it wrote to. */
function runSample(name: string): string {
  const { status, out, problems } = run(`samples/${name}.mjs`, folder);
  expect(status, problems).toBe(0);
  return out;
}

describe.skipIf(!isBuilt)('the samples, as written', { timeout: 180_000 }, () => {
  it('01 writes the library and a clip of one’s own', () => {
    expect(runSample('01-generate-clips')).toContain('62 clips');
    const manifest = JSON.parse(readFileSync(join(folder, 'clips/manifest.json'), 'utf8')) as {
      files: { name: string; bytes: number }[];
    };
    expect(manifest.files).toHaveLength(62);
    for (const { name, bytes } of manifest.files) {
      expect(readFileSync(join(folder, 'clips', name)), name).toHaveLength(bytes);
    }
    expect(readFileSync(join(folder, 'my_walk.bvh'), 'utf8')).toContain('Frames: 181');
  });

  it('02 says which joint is what, and how far the clip walks', () => {
    const out = runSample('02-inspect-a-clip');
    expect(out).toMatch(/thighL +mixamorig_LeftUpLeg/);
    expect(out).toMatch(/walks 2\d\.\d m at 1\.\d\d m\/s/);
  });

  it.skipIf(!verbs.has('retarget'))('03 carries clips of both figures onto the UE5 mannequin', () => {
    expect(runSample('03-retarget-to-unreal')).toContain('short_run');
    expect(readdirSync(join(folder, 'retargeted')).filter((name) => name.endsWith('.glb'))).toHaveLength(8);
  });

  it.skipIf(!verbs.has('retarget'))('04 builds a database of them and finds the walk again', () => {
    const out = runSample('04-build-and-search');
    expect(out).toMatch(/8 clips, \d+ frames/);
    expect(out).toMatch(/tall_walk_neutral\S* at \d+\.\d\d s, cost 0\.\d+/);
  });

  it('05 trains an encoder that finds better than hand-made features on clips it has not seen', () => {
    const out = runSample('05-train-an-encoder');
    expect(out).toContain('16 numbers a frame, from 48 clips');
    const centimetres = (method: string): number =>
      Number(
        out
          .split('\n')
          .find((line) => line.startsWith(method))
          ?.match(/([\d.]+) cm$/)?.[1],
      );
    expect(centimetres('latents')).toBeLessThan(centimetres('hand-made'));
  });

  it.skipIf(!verbs.has('retarget'))('06 pushes them into the stand-in editor and pulls one back', () => {
    const out = runSample('06-push-to-editor');
    expect(out).toMatch(/\/Game\/Gaitway\/tall_walk_neutral: ok, 241 keys/);
    const placesOf = (file: string): number[] => {
      const dumped = run('dist/cli/main.js', 'dump', join(folder, file), '--times', '0,1.5,4');
      return (JSON.parse(dumped.out) as { positions: number[][][] }).positions.flat(2);
    };
    const sent = placesOf('retargeted/tall_walk_neutral.glb');
    const back = placesOf('pulled/Gaitway/tall_walk_neutral.glb');
    expect(back).toHaveLength(sent.length);
    expect(Math.max(...sent.map((value, i) => Math.abs(value - back[i])))).toBeLessThan(1e-4);
  });

  it('has a project that init sets up', () => {
    const project = join(folder, 'GaitwaySample');
    cpSync(join(ROOT, 'samples/project/GaitwaySample'), project, { recursive: true });
    const { status, out, problems } = run(
      'dist/cli/main.js',
      'init',
      '--project',
      project,
      '--yes',
      '--json',
    );
    expect(status, problems).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ ok: true });
    const { Plugins, EngineAssociation } = JSON.parse(
      readFileSync(join(project, 'GaitwaySample.uproject'), 'utf8'),
    ) as { Plugins: { Name: string }[]; EngineAssociation: string };
    expect(EngineAssociation).toBe('5.4');
    expect(Plugins.map(({ Name }) => Name)).toEqual(
      expect.arrayContaining(['ModelingToolsEditorMode', 'Gaitway', 'RemoteControl']),
    );
  });
});

describe.skipIf(!isBuilt)('generate.mjs', { timeout: 60_000 }, () => {
  it('says how to call it where the folder or a sound seed is missing', () => {
    expect(run('samples/generate.mjs')).toMatchObject({ status: 2 });
    expect(run('samples/generate.mjs', '--out', join(folder, 'x'), '--seed', 'a')).toMatchObject({
      status: 2,
    });
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });

  it('does not write over a library unless told so', () => {
    const before = readFileSync(join(folder, 'clips/manifest.json'), 'utf8');
    const { status, problems } = run('samples/generate.mjs', '--out', join(folder, 'clips'), '--seed', '9');
    expect(status).toBe(1);
    expect(problems).toContain('--force');
    expect(readFileSync(join(folder, 'clips/manifest.json'), 'utf8')).toBe(before);
  });
});
