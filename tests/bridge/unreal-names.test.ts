import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import names from './unreal-5.4-names.json' with { type: 'json' };

/** Names that are there or not by version; each is looked for with hasattr or try before it is used. */
const PROBED = new Set(['PoseSearchDatabase', 'AnimNotifyState_PoseSearchBranchIn', 'SkeletonModifier']);
/** What the plugin calls its variables, and what of the engine they hold. */
const VARIABLES: Readonly<Record<string, string>> = {
  controller: 'AnimationDataController',
  tools: 'AssetTools',
  registry: 'AssetRegistry',
};

const functions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = names.functions;
const properties: Readonly<Record<string, Readonly<Record<string, string>>>> = names.properties;
const enums: Readonly<Record<string, readonly string[]>> = names.enums;
const structs: Readonly<Record<string, readonly string[]>> = names.structs;
const known = new Set([
  ...Object.keys(names.module),
  ...Object.keys(functions),
  ...Object.keys(enums),
  ...Object.keys(structs),
  ...names.classes,
]);

const PLUGIN = fileURLToPath(new URL('../../ue-plugin/Gaitway/Content/Python', import.meta.url));
const STAND_IN = fileURLToPath(new URL('../../src/bridge/stand-in/python/unreal', import.meta.url));
const pythonFiles = (folder: string): { file: string; text: string }[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.py'))
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));

/** Every use of the engine in a Python text that the table does not know. */
function strangeNames(text: string): string[] {
  const strange: string[] = [];
  const member = (type: string, name: string): void => {
    const there = name in (functions[type] ?? {}) || (enums[type] ?? []).includes(name);
    if (!there) strange.push(`${type}.${name}`);
  };
  for (const [, type = '', name] of text.matchAll(/\bunreal\.(\w+)(?:\.(\w+))?/g)) {
    if (!known.has(type)) strange.push(type);
    else if (name !== undefined) member(type, name);
  }
  // A variable means the same within one function.
  for (const part of text.split(/^ *def /m)) {
    const holders = new Map(Object.entries(VARIABLES));
    for (const [, variable = '', type = ''] of part.matchAll(/\b(\w+) = unreal\.(\w+)$/gm))
      holders.set(variable, type);
    for (const [variable, type] of holders) {
      for (const [, name = ''] of part.matchAll(new RegExp(`\\b${variable}\\.(\\w+)\\(`, 'g')))
        if (!(name in (functions.Object ?? {}))) member(type, name);
    }
  }
  for (const [, name = ''] of text.matchAll(/get_model_interface\(\)\.(\w+)/g))
    member('AnimationDataModel', name);
  for (const [, verb, name = ''] of text.matchAll(/\b([gs]et)_editor_property\(\s*"(\w+)"/g)) {
    const kinds = Object.values(properties).flatMap((list) => (name in list ? [list[name]] : []));
    if (kinds.length === 0) strange.push(`property ${name}`);
    else if (verb === 'set' && !kinds.includes('RW')) strange.push(`read-only property ${name}`);
  }
  return strange;
}

describe('the check itself', () => {
  it.each([
    ['unreal.NoSuchThing()', 'NoSuchThing'],
    ['unreal.EditorAssetLibrary.get_package_for_object(x)', 'EditorAssetLibrary.get_package_for_object'],
    [
      'library = unreal.AnimationLibrary\nlibrary.extract_root_track_transform(s, 0)',
      'AnimationLibrary.extract_root_track_transform',
    ],
    ['controller.update_bone_track_keys("a")', 'AnimationDataController.update_bone_track_keys'],
    ['unreal.AnimDataEvalType.FULL', 'AnimDataEvalType.FULL'],
    ['s.get_editor_property("retarget_mood")', 'property retarget_mood'],
    ['s.set_editor_property("sequence_length", 3)', 'read-only property sequence_length'],
  ])('catches %j', (text, wanted) => {
    expect(strangeNames(text)).toEqual([wanted]);
  });
});

describe('the plugin', () => {
  it.each(pythonFiles(PLUGIN).map(({ file, text }) => [file, text] as const))(
    '%s uses only what 5.4 has',
    (_, text) => {
      expect(strangeNames(text)).toEqual([]);
    },
  );

  it('looks for what may be missing before it uses it', () => {
    for (const { text } of pythonFiles(PLUGIN)) {
      for (const [, name = ''] of text.matchAll(/\bunreal\.(\w+)/g))
        if (PROBED.has(name)) expect(text).toContain(`hasattr(unreal, "${name}")`);
      for (const [, name = ''] of text.matchAll(/hasattr\(unreal, "(\w+)"\)/g)) expect(known).toContain(name);
    }
  });
});

describe('the stand-in module', () => {
  const texts = pythonFiles(STAND_IN);

  it('offers nothing that 5.4 does not have', () => {
    const init = texts.find(({ file }) => file === '__init__.py')?.text ?? '';
    const offered = [...init.matchAll(/^from \._\w+ import (?:\(([^)]*)\)|(.*))$/gm)]
      .flatMap(([, many, few]) => (many ?? few ?? '').split(','))
      .map((name) => name.trim())
      .filter((name) => name !== '');
    expect(offered.length).toBeGreaterThan(30);
    expect(offered.filter((name) => !known.has(name))).toEqual([]);
  });

  it('takes the arguments that 5.4 takes, by their names', () => {
    let compared = 0;
    for (const { text } of texts) {
      for (const part of text.split(/^class /m).slice(1)) {
        const type = /^\w+/.exec(part)?.[0] ?? '';
        const body = part.split(/\n(?=\S)/)[0] ?? '';
        for (const [, name = '', list = ''] of body.matchAll(/^ {4}def ([a-z]\w*)\(([^)]*)\)/gm)) {
          const wanted = functions[type]?.[name];
          if (!(type in functions)) continue;
          const found = list
            .split(',')
            .map((argument) => argument.trim().split('=')[0])
            .filter((argument) => argument !== 'self' && argument !== '');
          expect({ name: `${type}.${name}`, found }).toEqual({ name: `${type}.${name}`, found: wanted });
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(40);
  });
});
