import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { examine } from '../../src/pipeline/doctor/examine.js';
import type { Finding } from '../../src/pipeline/doctor/finding.js';
import { isYes, projectIni } from '../../src/pipeline/doctor/unreal-ini.js';
import { initProject } from '../../src/pipeline/init-project.js';
import { requireProject } from '../../src/pipeline/project.js';
import { type OpenedProject, openProject } from '../e2e/opened-project.js';

const SECTION = '[/Script/RemoteControlCommon.RemoteControlSettings]';

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

const find = (findings: readonly Finding[], check: string): Finding | undefined =>
  findings.find((finding) => finding.check === check);

describe('doctor on a project whose editor is closed', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'doctor ß '));
    setEngine('5.4');
    mkdirSync(join(folder, 'Config'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const setEngine = (association: string): void =>
    writeFileSync(
      join(folder, 'A.uproject'),
      JSON.stringify({ FileVersion: 3, EngineAssociation: association }),
    );
  const ini = (kind: string, lines: readonly string[]): void =>
    writeFileSync(join(folder, 'Config', `Default${kind}.ini`), lines.join('\r\n'));
  const look = async (): Promise<Finding[]> =>
    examine({ folder, nodeVersion: 'v22.1.0', port: await freePort() });
  const state = async (check: string): Promise<string | undefined> => find(await look(), check)?.state;

  it('has a cure for everything that is not right', async () => {
    const findings = await look();
    expect(findings.filter(({ state, cure }) => state !== 'ok' && cure === '')).toEqual([]);
    expect(find(findings, 'plugins switched on')?.cure).toContain(
      '"Editor Scripting Utilities", "Pose Search" under Edit → Plugins',
    );
    expect(find(findings, 'remote control')?.cure).toContain('WebControl.StartWebSocketServer');
    expect(existsSync(join(folder, 'Saved'))).toBe(false);
  });

  it('knows which engine a project is for', async () => {
    expect(await state('engine version')).toBe('ok');
    setEngine('5.3');
    expect(await state('engine version')).toBe('warning');
    setEngine('5.40');
    expect(await state('engine version')).toBe('warning');
    setEngine('{12345678-AAAA-BBBB-CCCC-123456789ABC}');
    expect(find(await look(), 'engine version')?.found).toContain('an engine of your own');
  });

  it('reads the version of the engine that a project lies in', async () => {
    const inside = join(folder, 'Games');
    mkdirSync(join(folder, 'Engine', 'Build'), { recursive: true });
    mkdirSync(inside);
    rmSync(join(folder, 'A.uproject'));
    writeFileSync(join(inside, 'B.uproject'), '{"FileVersion":3}');
    const version = join(folder, 'Engine', 'Build', 'Build.version');
    writeFileSync(version, '{\n\t"MajorVersion": 5,\n\t"MinorVersion": 4,\n\t"PatchVersion": 2\n}');
    const options = { folder: inside, nodeVersion: 'v22.1.0', port: await freePort() };
    expect(find(await examine(options), 'engine version')).toMatchObject({
      state: 'ok',
      found: expect.stringContaining('5.4.2'),
    });
    writeFileSync(version, '{"MajorVersion": 5, "MinorVersion": 5}');
    expect(find(await examine(options), 'engine version')?.state).toBe('warning');
  });

  it('sees servers that are switched off, and says which box to tick', async () => {
    expect(await state('servers start')).toBe('ok');
    ini('RemoteControl', [SECTION, 'bAutoStartWebSocketServer=False']);
    expect(find(await look(), 'servers start')).toMatchObject({
      state: 'wrong',
      cure: 'Tick "Auto Start WebSocket Server" in Edit → Project Settings → Plugins → Remote Control.',
    });
    ini('RemoteControl', []);
    ini('Engine', ['[ConsoleVariables]', 'WebControl.EnableServerOnStartup=0']);
    expect(await state('servers start')).toBe('wrong');
  });

  it('sees ports that do not fit together', async () => {
    ini('RemoteControl', [SECTION, 'RemoteControlWebSocketServerPort=30333']);
    const findings = await examine({ folder, nodeVersion: 'v22.1.0' });
    expect(find(findings, 'port')).toMatchObject({
      state: 'wrong',
      cure: expect.stringContaining('"port": 30333'),
    });
  });

  it('sees whether the network is let in', async () => {
    expect(await state('open to the network')).toBe('warning');
    ini('RemoteControl', [
      SECTION,
      'RemoteControlWebsocketServerBindAddress="127.0.0.1"',
      'bRestrictServerAccess=True',
    ]);
    const findings = await look();
    expect(find(findings, 'open to the network')?.state).toBe('ok');
    expect(find(findings, 'passphrase')?.found).toContain('of other machines');
  });

  it('sees plugin files that were edited, and a .uproject that is read-only', async () => {
    await initProject(requireProject(folder), { force: false });
    expect(await state('plugin version')).toBe('ok');
    writeFileSync(join(folder, 'Plugins', 'Gaitway', 'README.md'), 'mine');
    const uproject = join(folder, 'A.uproject');
    chmodSync(uproject, 0o444);
    const findings = await look();
    expect(find(findings, 'plugin version')).toMatchObject({
      state: 'warning',
      found: expect.stringContaining('README.md'),
    });
    expect(find(findings, 'write access')?.state).toBe('warning');
    chmodSync(uproject, 0o644);
  });

  it('tells a program that listens from an editor that answers', async () => {
    const silent = createServer((socket) => socket.end());
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    const address = silent.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const findings = await examine({ folder, nodeVersion: 'v22.1.0', port });
    silent.close();
    expect(find(findings, 'remote control')?.state).toBe('ok');
    expect(find(findings, 'editor answers')?.state).toBe('wrong');
    expect(find(findings, 'plugin answers')).toBeUndefined();
  });
});

describe('settings files', () => {
  it('are read as Unreal puts them together', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ini '));
    mkdirSync(join(folder, 'Config'));
    mkdirSync(join(folder, 'Saved', 'Config', 'WindowsEditor'), { recursive: true });
    writeFileSync(
      join(folder, 'Config', 'DefaultEngine.ini'),
      '; a=0\n[x]\nA = 1\nb="two"\n[y]\na=3\n[x]\n;a=9\n',
    );
    const read = projectIni(folder, 'Engine');
    expect([read('x', 'a'), read('x', 'b'), read('y', 'a'), read('y', 'b')]).toEqual([
      '1',
      'two',
      '3',
      undefined,
    ]);
    writeFileSync(
      join(folder, 'Saved', 'Config', 'WindowsEditor', 'Engine.ini'),
      Buffer.from('\ufeff[x]\r\na=7\r\n', 'utf16le'),
    );
    expect(projectIni(folder, 'Engine')('x', 'a')).toBe('7');
    expect([isYes('True', false), isYes('0', true), isYes(undefined, true)]).toEqual([true, false, true]);
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('doctor on a project that is open in the stand-in editor', () => {
  let opened: OpenedProject;
  beforeAll(async () => {
    opened = await openProject('doctor');
  });
  afterAll(() => opened.close());

  const look = (folder: string): Promise<Finding[]> =>
    examine({ folder, nodeVersion: 'v22.1.0', port: opened.editor.port });

  it('asks both servers, the plugin, Python and the throttle', async () => {
    const findings = await look(opened.folder);
    for (const check of [
      'remote control',
      'editor answers',
      'plugin answers',
      'open engine',
      'python',
      'background throttle',
      'same project',
    ])
      expect(find(findings, check), check).toMatchObject({ state: 'ok', cure: '' });
  });

  it('knows when another project is open', async () => {
    const other = mkdtempSync(join(tmpdir(), 'other '));
    writeFileSync(join(other, 'B.uproject'), '{"FileVersion":3}');
    expect(find(await look(other), 'same project')).toMatchObject({
      state: 'wrong',
      found: expect.stringContaining('token'),
    });
    mkdirSync(join(other, 'Saved', 'Gaitway'), { recursive: true });
    writeFileSync(
      join(other, 'Saved', 'Gaitway', 'token'),
      readFileSync(join(opened.folder, 'Saved', 'Gaitway', 'token'), 'utf8').replace(/\w/g, '0'),
    );
    expect(find(await look(other), 'same project')?.state).toBe('wrong');
    rmSync(other, { recursive: true, force: true });
  });
});
