import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { GaitwayError } from '../errors.js';

/** Plugins that the link to the editor and the database assets need. */
export const NEEDED_PLUGINS = ['Gaitway', 'RemoteControl', 'PythonScriptPlugin', 'PoseSearch'] as const;

const PluginEntry = z.looseObject({ Name: z.string(), Enabled: z.boolean() });
const UProject = z.looseObject({
  FileVersion: z.number(),
  EngineAssociation: z.string().optional(),
  Plugins: z.array(PluginEntry).optional(),
});

/** What a `.uproject` says that matters here. */
export interface UProjectFacts {
  readonly engine: string;
  readonly enabledPlugins: readonly string[];
  /** Names of needed plugins that are absent or switched off. */
  readonly missingPlugins: readonly string[];
}

interface UProjectText {
  readonly json: z.infer<typeof UProject>;
  readonly text: string;
  readonly bom: boolean;
}

function parse(file: string): UProjectText {
  const raw = readFileSync(file, 'utf8');
  const bom = raw.startsWith('\uFEFF');
  const text = bom ? raw.slice(1) : raw;
  try {
    return { json: UProject.parse(JSON.parse(text)), text, bom };
  } catch (cause) {
    throw new GaitwayError(
      'project/bad-uproject',
      `${file} cannot be read as a project description; open the project in Unreal once and save it.`,
      { file },
      cause,
    );
  }
}

/** @throws GaitwayError `project/bad-uproject` where the file is no project description. */
export function readUProject(file: string): UProjectFacts {
  const { json } = parse(file);
  const enabledPlugins = (json.Plugins ?? []).filter((plugin) => plugin.Enabled).map((plugin) => plugin.Name);
  return {
    engine: json.EngineAssociation ?? '',
    enabledPlugins,
    missingPlugins: NEEDED_PLUGINS.filter((name) => !enabledPlugins.includes(name)),
  };
}

/**
 * Switches the needed plugins on and gives the names of those that were off; a second call does nothing.
 *
 * The file keeps its indent, line ends and byte order mark; the old one stays beside it as
 * `<file>.gaitway-backup` (the first backup is never overwritten).
 *
 * @throws GaitwayError `project/bad-uproject`.
 */
export function enablePlugins(file: string): readonly string[] {
  const { missingPlugins } = readUProject(file);
  if (missingPlugins.length === 0) return [];
  const { json, text, bom } = parse(file);
  const plugins = (json.Plugins ?? []).map((plugin) =>
    missingPlugins.some((name) => name === plugin.Name) ? { ...plugin, Enabled: true } : plugin,
  );
  for (const Name of missingPlugins) {
    if (!plugins.some((plugin) => plugin.Name === Name)) plugins.push({ Name, Enabled: true });
  }
  const indent = /^\{\r?\n([ \t]+)/.exec(text)?.[1] ?? '\t';
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const tail = /\r?\n$/.test(text) ? newline : '';
  const body = JSON.stringify({ ...json, Plugins: plugins }, null, indent).replaceAll('\n', newline);
  const backup = `${file}.gaitway-backup`;
  if (!existsSync(backup)) copyFileSync(file, backup);
  const temporary = `${file}.gaitway-tmp`;
  writeFileSync(temporary, `${bom ? '\uFEFF' : ''}${body}${tail}`);
  renameSync(temporary, file);
  return missingPlugins;
}
