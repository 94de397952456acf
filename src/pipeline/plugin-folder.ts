import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { GaitwayError } from '../errors.js';
import type { Project } from './project.js';

const DESCRIPTION = 'Gaitway.uplugin';
/** Where `init` notes what it copied, so that a later run knows which files were edited since. */
const RECORD = 'installed.json';
/** Folders of plugins lie at most so deep in `Plugins`. */
const MOST_DEEP = 4;
/** What Python, the editor and desktops leave in a plugin's folder. */
const LEFT_BY_OTHERS =
  /(^|\/)(__pycache__|Intermediate|Saved|Binaries)\/|(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$|\.pyc$/i;

const PluginFile = z.looseObject({ VersionName: z.string() });
const InstallRecord = z.strictObject({
  version: z.string(),
  /** `init` made the folder that the plugin lies in. */
  madeFolder: z.boolean(),
  /** SHA-256 of each file's text, line ends as `\n`, by its path in the plugin's folder. */
  files: z.record(z.string(), z.string()),
});
type InstallRecord = z.infer<typeof InstallRecord>;

/** The plugin that ships with this version of Gaitway. */
export function shippedPluginFolder(): string {
  // In a checkout the sources lie beside src/; in the package they lie in dist/.
  const here = dirname(fileURLToPath(import.meta.url));
  for (const up of ['..', '../..']) {
    const folder = join(here, up, 'ue-plugin', 'Gaitway');
    if (existsSync(join(folder, DESCRIPTION))) return folder;
  }
  throw new GaitwayError(
    'project/no-plugin',
    'The Unreal plugin is missing from this installation of Gaitway; install Gaitway again.',
  );
}

/**
 * Where the plugin is in a project, or would be: `Plugins/Gaitway`, or the folder below `Plugins` that somebody moved
 * it to.
 *
 * @throws GaitwayError `project/two-plugins` where there are several, which Unreal would not load.
 */
export function projectPluginFolder(project: Project): string {
  const plugins = join(project.folder, 'Plugins');
  const found = foldersWithPlugin(plugins, MOST_DEEP);
  if (found.length < 2) return found[0] ?? join(plugins, 'Gaitway');
  throw new GaitwayError(
    'project/two-plugins',
    `The project has the Gaitway plugin ${found.length} times (${found.join(', ')}); delete all but one, since Unreal loads ` +
      'neither of two plugins of one name.',
    { folders: found },
  );
}

function foldersWithPlugin(folder: string, depth: number): string[] {
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  if (entries.some(({ name }) => name === DESCRIPTION)) return [folder];
  // Another plugin's folder holds no plugins that Unreal would see.
  if (depth === 0 || entries.some(({ name }) => name.endsWith('.uplugin'))) return [];
  return entries
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !/\.(new|old)$/.test(entry.name))
    .flatMap(({ name }) => foldersWithPlugin(join(folder, name), depth - 1));
}

/**
 * The version that a plugin folder says it is; empty where there is none.
 *
 * @throws GaitwayError `project/bad-plugin`.
 */
export function pluginVersion(folder: string): string {
  const file = join(folder, DESCRIPTION);
  if (!existsSync(file)) return '';
  try {
    return PluginFile.parse(JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))).VersionName;
  } catch (cause) {
    throw new GaitwayError(
      'project/bad-plugin',
      `${file} cannot be read; delete the folder and run gaitway init again.`,
      { file },
      cause,
    );
  }
}

/** What stands in the project in place of the plugin that ships. */
export interface PluginState {
  readonly folder: string;
  /** Version in the project; empty where there is none. */
  readonly have: string;
  readonly want: string;
  /** The files are those that ship. */
  readonly isSame: boolean;
  /** `init` put it there, so that it is known which files were edited since. */
  readonly isRecorded: boolean;
  /** Files that are not as they were installed, or where that is not known, not as they ship; relative to the folder. */
  readonly edited: readonly string[];
  readonly isNewer: boolean;
}

/** @throws GaitwayError `project/two-plugins`, `project/bad-plugin`, `project/no-plugin`. */
export function comparePlugin(project: Project): PluginState {
  const folder = projectPluginFolder(project);
  const shipped = shippedPluginFolder();
  const [have, want] = [pluginVersion(folder), pluginVersion(shipped)];
  const [own, ours] = [digests(folder), digests(shipped)];
  const installed = readRecord(folder)?.files;
  return {
    folder,
    have,
    want,
    isSame: changesBetween(own, ours).length === 0,
    isRecorded: installed !== undefined,
    edited: have === '' ? [] : changesBetween(own, installed ?? ours),
    isNewer: have !== '' && compareVersions(have, want) > 0,
  };
}

/**
 * Puts the plugin that ships in the place of what is there.
 *
 * It is copied beside its place and renamed, so that a killed run leaves the old one or the new one.
 */
export function installPlugin(folder: string): void {
  const shipped = shippedPluginFolder();
  const [fresh, old] = [`${folder}.new`, `${folder}.old`];
  const madeFolder = readRecord(folder)?.madeFolder ?? !existsSync(dirname(folder));
  for (const left of [fresh, old]) rmSync(left, { recursive: true, force: true });
  cpSync(shipped, fresh, { recursive: true, filter: (path) => !path.includes('__pycache__') });
  const record: InstallRecord = { version: pluginVersion(fresh), madeFolder, files: digests(fresh) };
  writeFileSync(join(fresh, RECORD), `${JSON.stringify(record, null, 2)}\n`);
  if (lstatSync(folder, { throwIfNoEntry: false })) renameSync(folder, old);
  renameSync(fresh, folder);
  rmSync(old, { recursive: true, force: true });
}

/** Deletes the plugin, and the folder that was made for it where nothing else is in it; tells whether there was one. */
export function removePlugin(folder: string): boolean {
  if (!existsSync(folder)) return false;
  const made = readRecord(folder)?.madeFolder ?? false;
  const away = `${folder}.old`;
  rmSync(away, { recursive: true, force: true });
  renameSync(folder, away);
  rmSync(away, { recursive: true, force: true });
  const parent = dirname(folder);
  if (made && readdirSync(parent).length === 0) rmSync(parent, { recursive: true });
  return true;
}

function readRecord(folder: string): InstallRecord | undefined {
  try {
    return InstallRecord.parse(JSON.parse(readFileSync(join(folder, RECORD), 'utf8')));
  } catch {
    // A plugin that was copied by hand has none.
    return undefined;
  }
}

function digests(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const named = files.map((file) => [relative(folder, file).split(sep).join('/'), file] as const);
  return Object.fromEntries(
    named
      .filter(([name]) => name !== RECORD && !LEFT_BY_OTHERS.test(name))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, file]) => [name, digest(readFileSync(file, 'latin1'))]),
  );
}

/** Line ends do not count: source control may have changed them. */
const digest = (text: string): string =>
  createHash('sha256').update(text.replaceAll('\r\n', '\n'), 'latin1').digest('hex');

function changesBetween(a: Record<string, string>, b: Record<string, string>): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]).sort();
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) =>
    version.split('.').map((part) => Number.parseInt(part, 10) || 0),
  );
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const by = (left[i] ?? 0) - (right[i] ?? 0);
    if (by !== 0) return by;
  }
  return 0;
}
