import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPyodide } from 'pyodide';
import { beforeAll, describe, expect, it } from 'vitest';
import names from './unreal-5.4-names.json' with { type: 'json' };

const functions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = names.functions;
const later: Readonly<Record<string, readonly string[]>> = names.later;

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const PLUGIN = here('../../ue-plugin/Gaitway/Content/Python');
const STAND_IN = here('../../src/bridge/stand-in/python/unreal');
const pythonFiles = (folder: string): { file: string; text: string }[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.py'))
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
const plugin = pythonFiles(PLUGIN);

/** Uses of the engine in a Python text that the table does not know, read by Python's own parser. */
let strangeUses: (text: string) => string[];
beforeAll(async () => {
  const python = await loadPyodide();
  python.FS.writeFile('/home/pyodide/unreal_uses.py', readFileSync(here('./unreal_uses.py'), 'utf8'));
  python.globals.set('given', JSON.stringify({ table: names, texts: plugin.map(({ text }) => text) }));
  const run = python.runPython(`
import json, sys
sys.path.insert(0, "/home/pyodide")
import unreal_uses
given = json.loads(given)
own = unreal_uses.own_names(given["texts"])
lambda text: json.dumps(unreal_uses.strange(text, given["table"], own))
`) as (text: string) => string;
  strangeUses = (text) => JSON.parse(run(text)) as string[];
});

describe('the check itself', () => {
  it.each([
    ['unreal.NoSuchThing()', ['NoSuchThing']],
    ['unreal.EditorAssetLibrary.get_package_for_object(x)', ['EditorAssetLibrary.get_package_for_object']],
    [
      'library = unreal.AnimationLibrary\nlibrary.extract_root_track_transform(s, 0)',
      ['AnimationLibrary.extract_root_track_transform'],
    ],
    ['controller.update_bone_track_keys("a")', ['AnimationDataController.update_bone_track_keys']],
    ['c = x.controller\nc.get_model_interface().get_rate()', ['AnimationDataModel.get_rate']],
    ['unreal.ToolMenus.get().extend_menu("a").add_line(1)', ['ToolMenu.add_line']],
    ['unreal.AnimDataEvalType.FULL', ['AnimDataEvalType.FULL']],
    ['s.get_editor_property("retarget_mood")', ['property retarget_mood']],
    ['s.set_editor_property("sequence_length", 3)', ['read-only property sequence_length']],
    ['thing.do_what_no_class_does()', ['?.do_what_no_class_does']],
    ['data.package_title', ['?.package_title']],
    [
      'unreal.AnimationLibrary.get_time_at_frame(s, time=3)',
      ['arguments of AnimationLibrary.get_time_at_frame(animation_sequence_base, frame)'],
    ],
    [
      'unreal.AnimationLibrary.remove_curve(s)',
      [
        'arguments of AnimationLibrary.remove_curve(animation_sequence_base, curve_name, remove_name_from_skeleton?)',
      ],
    ],
    ['unreal.FrameRate(30, 1, 2)', ['arguments of FrameRate(numerator?, denominator?)']],
    ['library.does_asset_exist(path, True)', ['arguments of ?.does_asset_exist(asset_path)']],
    ['unreal.SkeletonModifier()', ['SkeletonModifier without a look whether it is there']],
  ])('catches %j', (text, wanted) => {
    expect(strangeUses(text)).toEqual(wanted);
  });

  it.each([
    'if hasattr(unreal, "SkeletonModifier"):\n    unreal.SkeletonModifier()',
    'if hasattr(unreal, "ClassOf56"):\n    unreal.ClassOf56()',
    'unreal.AnimationLibrary.remove_curve(s, "a", remove_name_from_skeleton=True)',
    'text.split("/")[0].lower()',
    'controller.add_bone_curve(bone, should_transact=False)',
  ])('lets %j through', (text) => {
    expect(strangeUses(text)).toEqual([]);
  });

  it('knows no name that came with 5.5', () => {
    for (const [type, list] of Object.entries(later))
      for (const name of list) expect(functions[type] ?? {}).not.toHaveProperty(name);
  });
});

describe('the plugin', () => {
  it.each(plugin.map(({ file, text }) => [file, text] as const))('%s uses only what 5.4 has', (_, text) => {
    expect(strangeUses(text)).toEqual([]);
  });

  it('sets and reads by tables only properties and enumerations that 5.4 has', () => {
    const tables = plugin.flatMap(({ text }) => [
      ...text.matchAll(/^_(?:PLAIN|PROPERTIES|ENUMS)\b[\s\S]*?^[)}]/gm),
    ]);
    expect(tables.length).toBeGreaterThan(3);
    const known = new Set(Object.values(names.properties).flatMap((fields) => Object.keys(fields)));
    for (const [table] of tables) {
      for (const [, name = ''] of table.matchAll(/"([a-z]\w*)"/g)) expect(known).toContain(name);
      for (const [, name = ''] of table.matchAll(/: "([A-Z]\w*)"/g)) expect(names.enums).toHaveProperty(name);
    }
  });
});

describe('the stand-in module', () => {
  const texts = pythonFiles(STAND_IN);
  const known = new Set([
    ...Object.keys(names.module),
    ...Object.keys(functions),
    ...Object.keys(names.enums),
    ...Object.keys(names.structs),
    ...names.classes,
  ]);

  it('offers nothing that 5.4 does not have', () => {
    const init = texts.find(({ file }) => file === '__init__.py')?.text ?? '';
    const offered = [...init.matchAll(/^from \._\w+ import (?:\(([^)]*)\)|(.*))$/gm)]
      .flatMap(([, many, few]) => (many ?? few ?? '').split(','))
      .map((name) => name.trim())
      .filter((name) => name !== '');
    expect(offered.length).toBeGreaterThan(30);
    expect(offered.filter((name) => !known.has(name))).toEqual([]);
  });

  it('takes the arguments that 5.4 takes, by their names, and as many of them may be left out', () => {
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
            .map((argument) => argument.trim().split('='))
            .filter(([argument]) => argument !== 'self' && argument !== '')
            .map(([argument, value]) => `${argument}${value === undefined ? '' : '?'}`);
          expect({ name: `${type}.${name}`, found }).toEqual({ name: `${type}.${name}`, found: wanted });
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(60);
  });
});
