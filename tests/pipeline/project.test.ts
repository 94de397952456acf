import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { schemaOfProject } from '../../src/pipeline/feature-schema-file.js';
import { findProject, ProjectConfig, projectJsonSchema, requireProject } from '../../src/pipeline/project.js';
import { enablePlugins, readUProject } from '../../src/pipeline/uproject.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gaitway projekt ä '));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const UPROJECT =
  '{\r\n\t"FileVersion": 3,\r\n\t"EngineAssociation": "5.4",\r\n\t"Plugins": [\r\n\t\t{\r\n\t\t\t"Name": "PoseSearch",\r\n\t\t\t"Enabled": false\r\n\t\t}\r\n\t]\r\n}\r\n';

describe('findProject', () => {
  it('finds nothing where nothing is, and says so when it must', () => {
    expect(findProject(folder)).toBeUndefined();
    expect(() => requireProject(folder)).toThrow(/No \.uproject lies in/);
  });

  it('refuses two projects in one folder by name', () => {
    writeFileSync(join(folder, 'A.uproject'), UPROJECT);
    writeFileSync(join(folder, 'B.uproject'), UPROJECT);
    expect(() => findProject(folder)).toThrow(/A\.uproject, B\.uproject/);
  });

  it.each([
    ['not JSON', '{', /is not JSON/],
    ['an unknown key', '{"targett": "x"}', /targett/],
    ['a wrong value', '{"editor": {"port": 99999}}', /editor\.port/],
    [
      'a fault of a schema',
      '{"schema": {"name": "a", "channels": [{"type": "phase"}]}}',
      /schema\.channels\.0\.role: a phase/,
    ],
    ['a content path that is none', '{"content": "C:\\\\Game"}', /content path such as \/Game\/Motion/],
  ])('names %s in gaitway.json', (_, text, message) => {
    writeFileSync(join(folder, 'A.uproject'), UPROJECT);
    writeFileSync(join(folder, 'gaitway.json'), text);
    expect(() => findProject(folder)).toThrow(message);
  });

  it('says so where gaitway.json cannot be read', () => {
    writeFileSync(join(folder, 'A.uproject'), UPROJECT);
    mkdirSync(join(folder, 'gaitway.json'));
    expect(() => findProject(folder)).toThrow(/gaitway\.json cannot be read \(E[A-Z]+\)/);
  });

  it('takes a schema by name, from a file beside it, or as it is', () => {
    writeFileSync(join(folder, 'A.uproject'), UPROJECT);
    const schemaIn = (schema: unknown): unknown => {
      writeFileSync(join(folder, 'gaitway.json'), JSON.stringify({ schema }));
      return schemaOfProject(requireProject(folder));
    };
    expect(schemaIn('holden')).toBe('holden');
    expect(schemaIn('schemas/feet.json')).toBe(join(folder, 'schemas', 'feet.json'));
    expect(schemaIn({ name: 'feet', channels: [{ type: 'heading' }] })).toMatchObject({
      name: 'feet',
      rateHz: 30,
      channels: [{ type: 'heading', weight: 1 }],
    });
  });

  it('walks up from a folder inside the project and fills in defaults', () => {
    writeFileSync(join(folder, 'A.uproject'), UPROJECT);
    writeFileSync(join(folder, 'gaitway.json'), '\uFEFF{"target": "ue4-mannequin"}');
    mkdirSync(join(folder, 'Mocap', 'deep'), { recursive: true });
    expect(findProject(join(folder, 'Mocap', 'deep'))).toMatchObject({
      folder,
      configured: true,
      config: { target: 'ue4-mannequin', schema: 'ue54', editor: { port: 30020 } },
    });
  });
});

describe('the published JSON Schema', () => {
  it('is fresh (npm run generate writes it)', () => {
    const published = JSON.parse(
      readFileSync(new URL('../../schema/gaitway.schema.json', import.meta.url), 'utf8'),
    );
    expect(published).toEqual(JSON.parse(JSON.stringify(projectJsonSchema())));
  });

  it('describes every key', () => {
    const { properties } = projectJsonSchema() as { properties: Record<string, { description?: string }> };
    expect(Object.keys(properties)).toEqual(Object.keys(ProjectConfig.shape));
    expect(Object.values(properties).filter((property) => !property.description)).toEqual([]);
  });
});

describe('enablePlugins', () => {
  it('refuses what is no project description', () => {
    const file = join(folder, 'A.uproject');
    writeFileSync(file, '[]');
    expect(() => enablePlugins(file)).toThrow(/cannot be read as a project description/);
    expect(readFileSync(file, 'utf8')).toBe('[]');
  });

  it('switches on what is off and adds what is missing, in the style of the file, once', () => {
    const file = join(folder, 'A.uproject');
    writeFileSync(file, UPROJECT);
    expect(enablePlugins(file)).toEqual([
      'Gaitway',
      'RemoteControl',
      'PythonScriptPlugin',
      'EditorScriptingUtilities',
      'PoseSearch',
    ]);
    const text = readFileSync(file, 'utf8');
    expect(text.startsWith('{\r\n\t"FileVersion": 3,\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    expect(readUProject(file)).toMatchObject({ engine: '5.4', missingPlugins: [] });
    expect(readFileSync(`${file}.gaitway-backup`, 'utf8')).toBe(UPROJECT);
    expect(enablePlugins(file)).toEqual([]);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
