import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shippedPluginFolder } from '../../../src/pipeline/index.js';
import { runGaitway } from '../run-gaitway.js';

let folder = '';
let inside = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'Spiel mit Ümlaut '));
  inside = join(folder, 'Content', 'deep');
  mkdirSync(inside, { recursive: true });
  writeFileSync(join(folder, 'Game.uproject'), '{\n\t"FileVersion": 3,\n\t"EngineAssociation": "5.4"\n}\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

describe('gaitway init', () => {
  it('says where it looked when there is no project', async () => {
    rmSync(join(folder, 'Game.uproject'));
    const run = await runGaitway(['init', '--yes'], { cwd: inside });
    expect(run.code).toBe(1);
    expect(run.noted).toContain(`No .uproject lies in ${inside}`);
  });

  it('asks before it changes anything, and says so where it cannot ask', async () => {
    const run = await runGaitway(['init'], { cwd: inside });
    expect(run.code).toBe(2);
    expect(run.noted).toContain('say --yes');
    expect(existsSync(join(folder, 'Plugins'))).toBe(false);
  });

  it('sets a project up from any folder inside it, and does nothing the second time', async () => {
    const first = await runGaitway(['init', '--yes', '--json'], { cwd: inside });
    expect(first.code).toBe(0);
    expect(JSON.parse(first.printed)).toMatchObject({
      ok: true,
      plugin: { copied: true, from: '' },
      enabledPlugins: [
        'Gaitway',
        'RemoteControl',
        'PythonScriptPlugin',
        'EditorScriptingUtilities',
        'PoseSearch',
      ],
      config: { written: true },
    });
    expect(existsSync(join(folder, 'Plugins', 'Gaitway', 'Content', 'Python', 'init_unreal.py'))).toBe(true);
    const config = readFileSync(join(folder, 'gaitway.json'), 'utf8');
    const second = await runGaitway(['init', '--yes', '--json'], { cwd: folder });
    expect(JSON.parse(second.printed)).toMatchObject({
      plugin: { copied: false },
      enabledPlugins: [],
      config: { written: false },
    });
    expect(readFileSync(join(folder, 'gaitway.json'), 'utf8')).toBe(config);
  });

  it('replaces a plugin that an older Gaitway put there, whole', async () => {
    await runGaitway(['init', '--yes'], { cwd: folder });
    const plugin = join(folder, 'Plugins', 'Gaitway');
    setVersion(plugin, '0.0.1');
    writeFileSync(join(plugin, 'gone-since.txt'), 'old');
    rememberAsInstalled(plugin);
    const run = await runGaitway(['init', '--yes', '--json'], { cwd: folder });
    expect(JSON.parse(run.printed).plugin).toMatchObject({ copied: true, from: '0.0.1' });
    expect(existsSync(join(plugin, 'gone-since.txt'))).toBe(false);
    expect(readdirSync(join(folder, 'Plugins'))).toEqual(['Gaitway']);
  });

  it('does not replace plugin files that were edited, unless it is forced to', async () => {
    await runGaitway(['init', '--yes'], { cwd: folder });
    const plugin = join(folder, 'Plugins', 'Gaitway');
    setVersion(plugin, '0.0.1');
    rememberAsInstalled(plugin);
    const edited = join(plugin, 'Content', 'Python', 'gaitway', 'jobs.py');
    writeFileSync(edited, '# mine\n');
    for (const args of [
      ['init', '--yes'],
      ['init', '--remove', '--yes'],
    ]) {
      const refused = await runGaitway(args, { cwd: folder });
      expect(refused.code).toBe(1);
      expect(refused.noted).toContain('[project/edited-plugin]');
      expect(refused.noted).toContain('Content/Python/gaitway/jobs.py');
      expect(readFileSync(edited, 'utf8')).toBe('# mine\n');
    }
    expect((await runGaitway(['init', '--yes', '--force'], { cwd: folder })).code).toBe(0);
    expect(readFileSync(edited, 'utf8')).not.toBe('# mine\n');
  });

  it('takes line ends that source control changed, and what Python leaves, for no edit', async () => {
    await runGaitway(['init', '--yes'], { cwd: folder });
    const python = join(folder, 'Plugins', 'Gaitway', 'Content', 'Python');
    const file = join(python, 'init_unreal.py');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
    mkdirSync(join(python, 'gaitway', '__pycache__'));
    writeFileSync(join(python, 'gaitway', '__pycache__', 'jobs.cpython-311.pyc'), '\0');
    const run = await runGaitway(['init', '--yes', '--json'], { cwd: folder });
    expect(JSON.parse(run.printed).plugin).toMatchObject({ copied: false });
  });

  it('does not put an older plugin in the place of a newer one', async () => {
    await runGaitway(['init', '--yes'], { cwd: folder });
    setVersion(join(folder, 'Plugins', 'Gaitway'), '99.0.0');
    const run = await runGaitway(['init', '--yes'], { cwd: folder });
    expect(run.code).toBe(1);
    expect(run.noted).toContain('[project/newer-plugin]');
    expect(run.noted).toContain('Bring Gaitway up to date');
  });

  it('says of a plugin that was copied by hand that it does not know of edits', async () => {
    const plugin = join(folder, 'Plugins', 'Gaitway');
    cpSync(shippedPluginFolder(), plugin, { recursive: true });
    expect((await runGaitway(['init', '--yes'], { cwd: folder })).code).toBe(0);
    setVersion(plugin, '0.0.1');
    const run = await runGaitway(['init', '--yes'], { cwd: folder });
    expect(run.noted).toContain('was not put there by gaitway init and differs');
  });

  it('brings a plugin up to date where somebody moved it, and refuses two', async () => {
    await runGaitway(['init', '--yes'], { cwd: folder });
    const moved = join(folder, 'Plugins', 'Animation', 'Gaitway');
    mkdirSync(join(folder, 'Plugins', 'Animation'));
    renameSync(join(folder, 'Plugins', 'Gaitway'), moved);
    const run = await runGaitway(['init', '--yes', '--json'], { cwd: folder });
    expect(JSON.parse(run.printed).plugin).toMatchObject({ copied: false, folder: moved });
    cpSync(moved, join(folder, 'Plugins', 'Gaitway'), { recursive: true });
    const two = await runGaitway(['init', '--yes'], { cwd: folder });
    expect(two.noted).toContain('[project/two-plugins]');
  });

  it('takes the project that is named where a folder has several', async () => {
    writeFileSync(join(folder, 'Other.uproject'), '{"FileVersion":3}');
    const unsure = await runGaitway(['init', '--yes'], { cwd: folder });
    expect(unsure.code).toBe(1);
    expect(unsure.noted).toContain('[project/ambiguous]');
    const named = await runGaitway(['init', '--yes', '--project', 'Other.uproject', '--json'], {
      cwd: folder,
    });
    expect(JSON.parse(named.printed).project).toBe(join(folder, 'Other.uproject'));
  });

  it('changes nothing where the .uproject is read-only', async () => {
    chmodSync(join(folder, 'Game.uproject'), 0o444);
    const before = readdirSync(folder);
    const run = await runGaitway(['init', '--yes'], { cwd: folder });
    expect(run.code).toBe(1);
    expect(run.noted).toContain('[project/read-only]');
    expect(readdirSync(folder)).toEqual(before);
    chmodSync(join(folder, 'Game.uproject'), 0o644);
  });

  it('gives the folder back as it was with --remove, byte by byte', async () => {
    const before = snapshot(folder);
    await runGaitway(['init', '--yes'], { cwd: inside });
    expect(snapshot(folder)).not.toEqual(before);
    const run = await runGaitway(['init', '--remove', '--yes', '--json'], { cwd: inside });
    expect(run.code).toBe(0);
    expect(JSON.parse(run.printed)).toMatchObject({
      plugin: { removed: true },
      disabledPlugins: [
        'Gaitway',
        'RemoteControl',
        'PythonScriptPlugin',
        'EditorScriptingUtilities',
        'PoseSearch',
      ],
      config: { state: 'removed' },
    });
    expect(snapshot(folder)).toEqual(before);
    const again = await runGaitway(['init', '--remove', '--yes', '--json'], { cwd: inside });
    expect(JSON.parse(again.printed)).toMatchObject({
      plugin: { removed: false },
      config: { state: 'none' },
    });
    expect(snapshot(folder)).toEqual(before);
  });

  it('keeps other plugins and settings that were changed with --remove', async () => {
    mkdirSync(join(folder, 'Plugins', 'Other'), { recursive: true });
    await runGaitway(['init', '--yes'], { cwd: folder });
    writeFileSync(join(folder, 'gaitway.json'), '{ "target": "metahuman" }');
    const run = await runGaitway(['init', '--remove', '--yes'], { cwd: folder });
    expect(run.printed).toContain('stays, since you changed it');
    expect(readdirSync(join(folder, 'Plugins'))).toEqual(['Other']);
  });
});

/** Every file and folder below a folder, with its content. */
function snapshot(of: string): Record<string, string> {
  const entries = readdirSync(of, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path, entry.isFile() ? readFileSync(path, 'latin1') : 'a folder'];
    }),
  );
}

function setVersion(plugin: string, version: string): void {
  const file = join(plugin, 'Gaitway.uplugin');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/"VersionName":\s*"[^"]*"/, `"VersionName": "${version}"`));
}

/** Makes what is in the folder now what `init` is held to have put there. */
function rememberAsInstalled(plugin: string): void {
  const record = join(plugin, 'installed.json');
  const { madeFolder } = JSON.parse(readFileSync(record, 'utf8'));
  const files = readdirSync(plugin, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'installed.json')
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [
      relative(plugin, path).split(sep).join('/'),
      createHash('sha256').update(readFileSync(path)).digest('hex'),
    ]);
  writeFileSync(record, JSON.stringify({ version: '0.0.1', madeFolder, files: Object.fromEntries(files) }));
}

describe('gaitway doctor', () => {
  it('names what is wrong with a cure for each, and ends with 1', async () => {
    const run = await runGaitway(['doctor', '--json', '--port', String(await freePort())], { cwd: inside });
    expect(run.code).toBe(1);
    const { ok, findings } = JSON.parse(run.printed) as {
      ok: boolean;
      findings: { check: string; state: string; cure: string }[];
    };
    expect(ok).toBe(false);
    const state = (check: string): string | undefined =>
      findings.find((finding) => finding.check === check)?.state;
    expect(state('node')).toBe('ok');
    expect(state('project')).toBe('ok');
    expect(state('plugins switched on')).toBe('wrong');
    expect(state('plugin version')).toBe('wrong');
    expect(state('remote control')).toBe('wrong');
    expect(findings.filter((finding) => finding.state !== 'ok' && finding.cure === '')).toEqual([]);
  });

  it('finds the files right after init', async () => {
    await runGaitway(['init', '--yes'], { cwd: folder });
    const run = await runGaitway(['doctor', '--json', '--port', String(await freePort())], { cwd: folder });
    const { findings } = JSON.parse(run.printed) as { findings: { check: string; state: string }[] };
    const wrong = findings.filter((finding) => finding.state === 'wrong').map((finding) => finding.check);
    expect(wrong).toEqual(['remote control']);
  });
});
