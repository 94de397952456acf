import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeProgram } from '../../src/cli/program.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const README = readFileSync(join(ROOT, 'README.md'), 'utf8').replaceAll('\r\n', '\n');
const MAIN = join(ROOT, 'dist/cli/main.js');
const isBuilt = existsSync(MAIN) && existsSync(join(ROOT, 'dist/samples/index.js'));

/** The code of the blocks that stand behind a `<!-- run -->` mark. */
const marked = (language: string): string[] =>
  Array.from(
    README.matchAll(new RegExp(`<!-- run -->\\s*\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g')),
    ([, code]) => code ?? '',
  );

let project = '';
let inside = '';
beforeAll(() => {
  if (!isBuilt) return;
  project = mkdtempSync(join(tmpdir(), 'gaitway-readme-'));
  cpSync(join(ROOT, 'samples/project/GaitwaySample'), project, { recursive: true });
  const clips = join(project, 'Mocap');
  expect(node(join(ROOT, 'samples/generate.mjs'), '--out', clips).status).toBe(0);
  // A handful is enough to see that the commands are right.
  for (const name of readdirSync(clips))
    if (!/^tall_walk_(neutral|fast|slow)\.bvh$/.test(name)) rmSync(join(clips, name));
  inside = mkdtempSync(join(mkdirs(join(ROOT, 'out')), 'readme-'));
}, 120_000);
afterAll(() => {
  for (const folder of [project, inside]) if (folder) rmSync(folder, { recursive: true, force: true });
});

function mkdirs(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}

function node(...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
}

describe('the README', () => {
  it('names every command that there is, and no other', () => {
    const { commands } = makeProgram({
      print: () => {},
      note: () => {},
      env: {},
      interactive: false,
      signal: new AbortController().signal,
    });
    const rows = README.split('\n').filter((line) => /^\| `[a-z]/.test(line));
    const named = rows.flatMap((row) =>
      Array.from(row.split('|')[1]?.matchAll(/`([a-z][a-z-]*)`/g) ?? [], ([, verb]) => verb),
    );
    expect(named.sort()).toEqual(commands.map((command) => command.name()).sort());
  });

  it.skipIf(!isBuilt)('has commands that run as written, in order', { timeout: 180_000 }, () => {
    const lines = marked('sh').flatMap((block) => block.trim().split('\n'));
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) {
      const [program, ...words] = line.split(' ');
      expect(program).toBe('gaitway');
      const { status, said } = node(MAIN, ...words);
      expect(status, `${line}\n${said}`).toBe(0);
    }
  });

  it.skipIf(!isBuilt)('has a script that runs as written', { timeout: 60_000 }, () => {
    const scripts = marked('js');
    expect(scripts).toHaveLength(1);
    const file = join(inside, 'readme.mjs');
    writeFileSync(file, scripts[0] ?? '');
    const { status, said } = node(file);
    expect(status, said).toBe(0);
    expect(said).toMatch(/\d+ frames on 89 joints/);
  });
});
