import {
  chmodSync,
  copyFileSync,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { z } from 'zod';
import { GaitwayError } from '../errors.js';
import { encodeText, readTextFile, type TextFile } from './text-file.js';
import {
  hasPluginList,
  type PluginReference,
  pluginsOf,
  withPluginsOff,
  withPluginsOn,
} from './uproject-plugins.js';

/** The plugin that comes with Gaitway. */
const OWN_PLUGIN = 'Gaitway';
/** Plugins that the link to the editor and the database assets need: ours, and those that it names in its `.uplugin`. */
export const NEEDED_PLUGINS = [
  OWN_PLUGIN,
  'RemoteControl',
  'PythonScriptPlugin',
  'EditorScriptingUtilities',
  'PoseSearch',
] as const;

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

interface OpenedUProject extends TextFile {
  readonly engine: string;
  readonly plugins: readonly PluginReference[];
}

function open(file: string): OpenedUProject {
  try {
    const { text, encoding } = readTextFile(file);
    const { EngineAssociation: engine = '' } = UProject.parse(JSON.parse(text));
    return { text, encoding, engine, plugins: pluginsOf(text) };
  } catch (cause) {
    throw new GaitwayError(
      'project/bad-uproject',
      `${file} cannot be read as a project description; open the project in Unreal once and save it.`,
      { file },
      cause,
    );
  }
}

const isOn = (plugins: readonly PluginReference[], name: string): boolean =>
  plugins.some((plugin) => plugin.enabled && plugin.name.toLowerCase() === name.toLowerCase());
const isNamed = (plugins: readonly PluginReference[], name: string): boolean =>
  plugins.some((plugin) => plugin.name.toLowerCase() === name.toLowerCase());

/** @throws GaitwayError `project/bad-uproject` where the file is no project description. */
export function readUProject(file: string): UProjectFacts {
  const { engine, plugins } = open(file);
  return {
    engine,
    enabledPlugins: plugins.filter(({ enabled }) => enabled).map(({ name }) => name),
    missingPlugins: NEEDED_PLUGINS.filter((name) => !isOn(plugins, name)),
  };
}

/** Where the description is kept as it was before plugins were switched on. */
export const backupOf = (file: string): string => `${file}.gaitway-backup`;

/**
 * Switches the needed plugins on and gives the names of those that were off; a second call does nothing.
 *
 * Only what has to change is changed: encoding, byte order mark, indent, line ends, order and spelling of all else
 * stay. The old file is kept as `backupOf(file)`, from which `disablePlugins` knows what was off before; a backup
 * that is there already is kept, except where the plugin of Gaitway has been taken out since by hand.
 *
 * @throws GaitwayError `project/bad-uproject`, `project/read-only`.
 */
export function enablePlugins(file: string): readonly string[] {
  const { missingPlugins } = readUProject(file);
  if (missingPlugins.length === 0) return [];
  checkWritable(file);
  const { text, encoding } = open(file);
  const backup = backupOf(file);
  if (!existsSync(backup) || missingPlugins.includes(OWN_PLUGIN)) copyFileSync(file, backup);
  replaceFile(file, encodeText({ text: withPluginsOn(text, missingPlugins), encoding }));
  return missingPlugins;
}

/** What was switched off again. */
export interface DisabledPlugins {
  readonly off: readonly string[];
  /** Needed plugins that stay on, since it is not known who switched them on. */
  readonly left: readonly string[];
}

/**
 * Undoes `enablePlugins`.
 *
 * A file that has not changed since becomes the backup again, byte by byte; in one that has, what was off before is
 * off again and all else stays. Without a backup only the plugin of Gaitway is taken out. The backup is removed.
 *
 * @throws GaitwayError `project/bad-uproject`, `project/read-only`.
 */
export function disablePlugins(file: string): DisabledPlugins {
  const now = open(file);
  const backup = backupOf(file);
  if (!existsSync(backup)) {
    const off = isNamed(now.plugins, OWN_PLUGIN) ? [OWN_PLUGIN] : [];
    if (off.length > 0) {
      checkWritable(file);
      replaceFile(file, encodeText({ ...now, text: withPluginsOff(now.text, off, [], false) }));
    }
    return {
      off,
      left: NEEDED_PLUGINS.filter((name) => name !== OWN_PLUGIN && isOn(now.plugins, name)),
    };
  }
  const before = open(backup);
  const wereOff = NEEDED_PLUGINS.filter((name) => !isOn(before.plugins, name));
  const off = wereOff.filter((name) => isOn(now.plugins, name));
  const [flags, entries] = [
    off.filter((name) => isNamed(before.plugins, name)),
    off.filter((name) => !isNamed(before.plugins, name)),
  ];
  const isUnchanged = now.encoding === before.encoding && now.text === withPluginsOn(before.text, wereOff);
  if (off.length > 0) {
    checkWritable(file);
    replaceFile(
      file,
      isUnchanged
        ? readFileSync(backup)
        : encodeText({ ...now, text: withPluginsOff(now.text, entries, flags, !hasPluginList(before.text)) }),
    );
  }
  rmSync(backup, { force: true });
  return { off, left: [] };
}

/**
 * Refuses a file that is marked as read-only, as source control leaves files that nobody has checked out.
 *
 * @throws GaitwayError `project/read-only`.
 */
export function checkWritable(file: string): void {
  if ((statSync(file).mode & 0o222) !== 0) return;
  throw new GaitwayError(
    'project/read-only',
    `${file} is read-only. Check it out in your source control (Perforce: p4 edit), or take its mark "read-only" away, and ` +
      'run this again. Nothing was changed.',
    { file },
  );
}

/** Replaces a file whole or not at all; where it is a link, what it points to. */
function replaceFile(link: string, bytes: Buffer): void {
  const file = realpathSync(link);
  const temporary = `${file}.gaitway-tmp`;
  try {
    writeFileSync(temporary, bytes);
    chmodSync(temporary, statSync(file).mode & 0o777);
    renameSync(temporary, file);
  } catch (cause) {
    rmSync(temporary, { force: true });
    const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new GaitwayError(
      'project/unwritable',
      `${file} cannot be written (${why}); it is as it was. Close the programs that have it open and run this again.`,
      { file },
      cause,
    );
  }
}
