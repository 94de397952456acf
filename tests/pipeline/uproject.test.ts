import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeText, encodeText, type TextEncoding } from '../../src/pipeline/text-file.js';
import {
  backupOf,
  disablePlugins,
  enablePlugins,
  NEEDED_PLUGINS,
  readUProject,
} from '../../src/pipeline/uproject.js';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'Spiel mit Ümlaut 名 '));
  file = join(folder, 'Mein Spiel.uproject');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As the editor of 5.4 writes it on Windows: tabs, CRLF, no line end at the end. */
const UNREAL = [
  '{',
  '\t"FileVersion": 3,',
  '\t"EngineAssociation": "5.4",',
  '\t"Category": "",',
  '\t"Description": "",',
  '\t"Modules": [',
  '\t\t{',
  '\t\t\t"Name": "Game",',
  '\t\t\t"Type": "Runtime",',
  '\t\t\t"LoadingPhase": "Default"',
  '\t\t}',
  '\t],',
  '\t"Plugins": [',
  '\t\t{',
  '\t\t\t"Name": "ModelingToolsEditorMode",',
  '\t\t\t"Enabled": true,',
  '\t\t\t"TargetAllowList": [',
  '\t\t\t\t"Editor"',
  '\t\t\t]',
  '\t\t},',
  '\t\t{',
  '\t\t\t"Name": "PoseSearch",',
  '\t\t\t"Enabled": false',
  '\t\t}',
  '\t],',
  '\t"TargetPlatforms": [',
  '\t\t"Windows"',
  '\t]',
  '}',
].join('\r\n');

const LF = UNREAL.replaceAll('\r\n', '\n');
const LIST = /,\s*"Plugins": \[[\s\S]*?\n\t\]/;

/** Everything that a project description has been seen to look like. */
const FILES: readonly [name: string, text: string, encoding: TextEncoding][] = (
  [
    ['as Unreal writes it', UNREAL],
    ['with a byte order mark', UNREAL, 'utf8-bom'],
    [
      'in UTF-16, as Unreal writes what is not ASCII',
      UNREAL.replace('""', '"Ein Spiel für Öl 名"'),
      'utf16le',
    ],
    ['in UTF-16 the other way round', UNREAL, 'utf16be'],
    ['with line feeds and one at the end', `${LF}\n`],
    ['with two spaces', LF.replaceAll('\t', '  ')],
    ['with four spaces and CRLF at the end', `${UNREAL.replaceAll('\t', '    ')}\r\n`],
    ['on one line', JSON.stringify(JSON.parse(UNREAL))],
    ['on one line with blanks', '{ "FileVersion": 3, "EngineAssociation": "5.4" }'],
    [
      'with entries on one line each',
      LF.replace(
        /\{\s*"Name": "PoseSearch",\s*"Enabled": false\s*\}/,
        '{ "Name": "PoseSearch", "Enabled": false }',
      ),
    ],
    ['without a list of plugins', UNREAL.replace(LIST, '')],
    ['with an empty list', UNREAL.replace(LIST, ',\r\n\t"Plugins": []')],
    ['with an empty list on two lines', LF.replace(LIST, ',\n\t"Plugins": [\n\t]')],
    [
      'with keys in another order',
      '{\n\t"Plugins": [],\n\t"Zeta": {"a": [1, 2.50, 1e3]},\n\t"FileVersion": 3\n}\n',
    ],
    ['with escapes and brackets in texts', LF.replace('""', '"a \\"]}{[\\\\ \\u00e9 \\/ b"')],
    ['with other capitals in a plugin’s name', LF.replace('PoseSearch', 'posesearch')],
    [
      'with an entry of ours that is off',
      LF.replace('ModelingToolsEditorMode",\n\t\t\t"Enabled": true', 'Gaitway",\n\t\t\t"Enabled": false'),
    ],
    ['of one line and one key', '{"FileVersion":3}'],
  ] as readonly (readonly [name: string, text: string, encoding?: TextEncoding])[]
).map(([name, text, encoding = 'utf8']) => [name, text, encoding]);

const plain = (text: string): { Plugins?: { Name: string; Enabled: boolean }[] } & Record<string, unknown> =>
  JSON.parse(text);

describe.each(FILES)('a .uproject %s', (_, text, encoding) => {
  const bytes = encodeText({ text, encoding });

  it('has the plugins on after, and nothing else changed', () => {
    writeFileSync(file, bytes);
    enablePlugins(file);
    expect(readUProject(file).missingPlugins).toEqual([]);
    const { text: now } = decodeText(readFileSync(file));
    const { Plugins: before = [], ...rest } = plain(text);
    const { Plugins: plugins = [], ...others } = plain(now);
    expect(others).toEqual(rest);
    expect(plugins.slice(0, before.length)).toEqual(
      before.map((plugin) =>
        /^(gaitway|posesearch)$/i.test(plugin.Name) ? { ...plugin, Enabled: true } : plugin,
      ),
    );
    // Each letter of before stands in the new text in the same order, but the `false` that became `true`.
    let at = 0;
    for (const letter of text.replaceAll('false', '').replaceAll(/\[\s*\]/g, '')) {
      at = now.indexOf(letter, at) + 1;
      expect(at).toBeGreaterThan(0);
    }
    const ends = (of: string): string[] => [...new Set(of.match(/\r?\n/g) ?? [])];
    expect(ends(now)).toEqual(ends(text));
    expect(/\s*$/.exec(now)?.[0]).toBe(/\s*$/.exec(text)?.[0]);
  });

  it('does nothing the second time', () => {
    writeFileSync(file, bytes);
    enablePlugins(file);
    const once = readFileSync(file);
    const backup = readFileSync(backupOf(file));
    expect(enablePlugins(file)).toEqual([]);
    expect(readFileSync(file).equals(once)).toBe(true);
    expect(readFileSync(backupOf(file)).equals(backup)).toBe(true);
  });

  it('is what it was, byte by byte, after the undoing', () => {
    writeFileSync(file, bytes);
    const off = enablePlugins(file);
    expect(disablePlugins(file)).toEqual({ off, left: [] });
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(existsSync(backupOf(file))).toBe(false);
  });

  it('keeps what somebody else changed in the meantime', () => {
    writeFileSync(file, bytes);
    enablePlugins(file);
    const { text: now } = decodeText(readFileSync(file));
    writeFileSync(file, encodeText({ text: now.replace('{', '{ "Added": [1],'), encoding }));
    disablePlugins(file);
    const { text: then } = decodeText(readFileSync(file));
    expect(plain(then)).toEqual({ Added: [1], ...plain(text) });
  });
});

describe('switching plugins on', () => {
  it('switches on all that the plugin says it needs', () => {
    const { Plugins } = JSON.parse(readFileSync('ue-plugin/Gaitway/Gaitway.uplugin', 'utf8')) as {
      Plugins: { Name: string }[];
    };
    expect(NEEDED_PLUGINS).toEqual(['Gaitway', ...Plugins.map(({ Name }) => Name)]);
  });

  it('lays new entries out as Unreal does', () => {
    writeFileSync(file, UNREAL);
    enablePlugins(file);
    expect(readFileSync(file, 'utf8')).toBe(
      UNREAL.replace('false', 'true').replace(
        '\t\t}\r\n\t],\r\n\t"TargetPlatforms"',
        `\t\t}${['Gaitway', 'RemoteControl', 'PythonScriptPlugin', 'EditorScriptingUtilities']
          .map((name) => `,\r\n\t\t{\r\n\t\t\t"Name": "${name}",\r\n\t\t\t"Enabled": true\r\n\t\t}`)
          .join('')}\r\n\t],\r\n\t"TargetPlatforms"`,
      ),
    );
    writeFileSync(file, '{\n  "FileVersion": 3\n}\n');
    enablePlugins(file);
    const text = readFileSync(file, 'utf8');
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
  });

  it('refuses a file that is read-only, and changes nothing', () => {
    writeFileSync(file, UNREAL);
    chmodSync(file, 0o444);
    expect(() => enablePlugins(file)).toThrow(/is read-only\. Check it out/);
    expect(readFileSync(file, 'utf8')).toBe(UNREAL);
    expect(existsSync(backupOf(file))).toBe(false);
    chmodSync(file, 0o644);
  });

  it.skipIf(process.platform === 'win32')('keeps who may read and write the file', () => {
    writeFileSync(file, UNREAL);
    chmodSync(file, 0o664);
    enablePlugins(file);
    expect(statSync(file).mode & 0o777).toBe(0o664);
  });

  it('keeps the first backup, but not one from before Gaitway was taken out by hand', () => {
    writeFileSync(file, UNREAL);
    enablePlugins(file);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/("PoseSearch",\s*"Enabled": )true/, '$1false'));
    enablePlugins(file);
    expect(readFileSync(backupOf(file), 'utf8')).toBe(UNREAL);
    const own = UNREAL.replace('"5.4"', '"5.5"');
    writeFileSync(file, own);
    enablePlugins(file);
    expect(readFileSync(backupOf(file), 'utf8')).toBe(own);
  });
});

describe('switching plugins off', () => {
  it('takes only Gaitway out where no backup tells what was off before', () => {
    writeFileSync(file, UNREAL);
    enablePlugins(file);
    rmSync(backupOf(file));
    expect(disablePlugins(file)).toEqual({
      off: ['Gaitway'],
      left: ['RemoteControl', 'PythonScriptPlugin', 'EditorScriptingUtilities', 'PoseSearch'],
    });
    expect(readUProject(file).missingPlugins).toEqual(['Gaitway']);
    expect(disablePlugins(file).off).toEqual([]);
  });

  it('leaves a project alone that was never set up', () => {
    writeFileSync(file, UNREAL);
    expect(disablePlugins(file)).toEqual({ off: [], left: [] });
    expect(readFileSync(file, 'utf8')).toBe(UNREAL);
  });
});
