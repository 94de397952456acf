import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PluginPython, pluginPython } from '../plugin-python.js';
import names from '../unreal-5.4-names.json' with { type: 'json' };

let python: PluginPython;
beforeAll(async () => {
  python = await pluginPython();
  python.run('from gaitway import engine_values, pose_search_database, pose_search_schema\nimport unreal');
});
afterAll(() => python.close());

describe('the tables of properties', () => {
  const properties: Readonly<Record<string, Readonly<Record<string, string>>>> = names.properties;

  it('of schemas name only what 5.4 has', () => {
    const table = python.value('pose_search_schema._PROPERTIES') as Record<string, string[]>;
    expect(Object.keys(table)).toHaveLength(9);
    for (const [type, list] of Object.entries(table))
      for (const name of list) expect(properties[type], `${type}.${name}`).toHaveProperty(name);
  });

  it('of databases name only what 5.4 has', () => {
    const list = python.value(
      '[*pose_search_database._PROPERTIES, *pose_search_database._INTERVALS]',
    ) as string[];
    for (const name of list) expect(properties.PoseSearchDatabase).toHaveProperty(name);
  });

  it('of enumerations name only what 5.4 has', () => {
    const enums = python.value('list(engine_values._ENUMS.values())') as string[];
    for (const name of enums) expect(names.enums).toHaveProperty(name);
  });
});

describe('an entry of a database', () => {
  it.each([
    [
      `/Script/PoseSearch.PoseSearchDatabaseSequence(Sequence="/Script/Engine.AnimSequence'/Game/A/B.B'",bEnabled=True,MirrorOption=MirroredOnly,SamplingRange=(Min=0.500000,Max=1.250000))`,
      { animation: '/Game/A/B', mirror: 'MirroredOnly', range: [0.5, 1.25], loops: false },
    ],
    // The engine leaves out what is at its default, and quotes the path in two ways.
    [
      `/Script/PoseSearch.PoseSearchDatabaseSequence(Sequence=/Script/Engine.AnimSequence'"/Game/A/B.B"')`,
      { animation: '/Game/A/B', mirror: 'UnmirroredOnly', range: [0, 0], loops: false },
    ],
  ])('is read from %s', (text, wanted) => {
    python.run(`
entry = unreal.InstancedStruct()
entry._text = ${JSON.stringify(text)}
pose_search_database.animations.load = lambda path: unreal.AnimSequence()
`);
    expect(python.value('pose_search_database._clip(entry)')).toEqual(wanted);
  });

  it('of a field that the engine does not know is refused there', () => {
    expect(
      python.fails(
        'unreal.InstancedStruct().import_text("/Script/PoseSearch.PoseSearchDatabaseSequence(Speed=3)")',
      ),
    ).toContain('Failed to import text');
  });
});

describe('what is alike', () => {
  it.each([
    ['0.1', '0.10000000149011612', true],
    ['0.1', '0.1001', false],
    ['0.0333333333', '0.033333', true],
    ['[1, {"a": "x"}]', '[1.0, {"a": "x"}]', true],
    ['[1]', '[1, 2]', false],
    ['True', 'False', false],
  ])('%s and %s: %s', (a, b, wanted) => {
    expect(python.value(`engine_values.is_alike(${a}, ${b})`)).toBe(wanted);
  });
});
