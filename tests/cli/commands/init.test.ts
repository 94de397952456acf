import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
      enabledPlugins: ['Gaitway', 'RemoteControl', 'PythonScriptPlugin', 'PoseSearch'],
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

  it('replaces a plugin of another version whole', async () => {
    await runGaitway(['init', '--yes'], { cwd: folder });
    const plugin = join(folder, 'Plugins', 'Gaitway');
    const file = join(plugin, 'Gaitway.uplugin');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(/"VersionName":\s*"[^"]*"/, '"VersionName": "0.0.1"'),
    );
    writeFileSync(join(plugin, 'left-over.txt'), 'old');
    const run = await runGaitway(['init', '--yes', '--json'], { cwd: folder });
    expect(JSON.parse(run.printed).plugin).toMatchObject({ copied: true, from: '0.0.1' });
    expect(existsSync(join(plugin, 'left-over.txt'))).toBe(false);
  });
});

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
