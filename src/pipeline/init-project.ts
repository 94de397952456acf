import { accessSync, constants, existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GaitwayError } from '../errors.js';
import {
  comparePlugin,
  installPlugin,
  type PluginState,
  projectPluginFolder,
  removePlugin,
} from './plugin-folder.js';
import { CONFIG_FILE, type Project, ProjectConfig } from './project.js';
import { checkWritable, disablePlugins, enablePlugins, readUProject } from './uproject.js';
import { writeFileAtomic } from './write-file.js';

const SCHEMA_ADDRESS = './node_modules/gaitway/schema/gaitway.schema.json';
/** So many edited files are named. */
const MOST_NAMED = 5;

export interface InitOptions {
  /** Replaces plugin files that were edited, and a plugin that is newer. */
  readonly force: boolean;
}

/** What `init` did, or found done already. */
export interface InitReport {
  readonly project: string;
  readonly plugin: {
    /** Folder of the plugin in the project. */
    readonly folder: string;
    readonly from: string;
    readonly to: string;
    readonly copied: boolean;
  };
  readonly enabledPlugins: readonly string[];
  /** The configuration file and whether it was written now. */
  readonly config: { readonly file: string; readonly written: boolean };
}

/** What `init --remove` took away, and what it left. */
export interface RemoveReport {
  readonly project: string;
  readonly plugin: { readonly folder: string; readonly removed: boolean };
  readonly disabledPlugins: readonly string[];
  /** Plugins that stay on, since it is not known who switched them on. */
  readonly leftOn: readonly string[];
  /** `kept` where the settings were changed since `init` wrote them. */
  readonly config: { readonly file: string; readonly state: 'removed' | 'kept' | 'none' };
}

/**
 * Sets a project up: copies the plugin, switches on what it needs, writes `gaitway.json`.
 *
 * Doing it twice changes nothing the second time. An existing configuration is kept as it is. All that can be known to
 * fail is looked at before anything is changed.
 *
 * @throws GaitwayError `project/bad-uproject`, `project/no-plugin`, `project/two-plugins`, `project/bad-plugin`,
 *   `project/edited-plugin`, `project/newer-plugin`, `project/read-only`, `project/unwritable`.
 */
export async function initProject(project: Project, { force }: InitOptions): Promise<InitReport> {
  const state = comparePlugin(project);
  const copies = !state.isSame;
  if (copies && !force) refuseToReplace(state);
  const { missingPlugins } = readUProject(project.uproject);
  if (missingPlugins.length > 0) checkWritable(project.uproject);
  checkFolders(project, copies ? [state.folder] : []);

  const file = join(project.folder, CONFIG_FILE);
  if (copies) orUnwritable(state.folder, () => installPlugin(state.folder));
  const enabledPlugins = enablePlugins(project.uproject);
  if (!project.configured) await writeFileAtomic(file, freshConfig());
  return {
    project: project.uproject,
    plugin: { folder: state.folder, from: state.have, to: state.want, copied: copies },
    enabledPlugins,
    config: { file, written: !project.configured },
  };
}

/**
 * Undoes `initProject`: the plugin is deleted, the `.uproject` becomes what it was, and `gaitway.json` goes where it
 * is still as `init` wrote it.
 *
 * @throws GaitwayError those of `initProject` but `project/newer-plugin`.
 */
export function removeFromProject(project: Project, { force }: InitOptions): RemoveReport {
  const folder = projectPluginFolder(project);
  if (existsSync(folder) && !force) {
    const state = comparePlugin(project);
    if (state.edited.length > 0) throw editedPlugin(state, 'deleted');
  }
  readUProject(project.uproject);
  checkFolders(project, existsSync(folder) ? [folder] : []);

  const { off, left } = disablePlugins(project.uproject);
  const removed = orUnwritable(folder, () => removePlugin(folder));
  const file = join(project.folder, CONFIG_FILE);
  const isFresh = project.configured && readFileSync(file, 'utf8') === freshConfig();
  if (isFresh) rmSync(file);
  return {
    project: project.uproject,
    plugin: { folder, removed },
    disabledPlugins: off,
    leftOn: left,
    config: { file, state: isFresh ? 'removed' : project.configured ? 'kept' : 'none' },
  };
}

const freshConfig = (): string =>
  `${JSON.stringify({ $schema: SCHEMA_ADDRESS, ...ProjectConfig.parse({}) }, null, 2)}\n`;

function refuseToReplace(state: PluginState): void {
  if (state.isNewer) {
    throw new GaitwayError(
      'project/newer-plugin',
      `The project has version ${state.have} of the plugin, this Gaitway brings ${state.want}. Bring Gaitway up to date ` +
        '(npm install --global gaitway), or give --force to put the older plugin there. Nothing was changed.',
      { folder: state.folder, have: state.have, want: state.want },
    );
  }
  if (state.edited.length > 0) throw editedPlugin(state, 'replaced');
}

function editedPlugin({ folder, edited, have, want, isRecorded }: PluginState, fate: string): GaitwayError {
  const more = edited.length > MOST_NAMED ? ` and ${edited.length - MOST_NAMED} more` : '';
  const files = `${edited.slice(0, MOST_NAMED).join(', ')}${more}`;
  const what = isRecorded
    ? `Files of the plugin in ${folder} were edited since version ${have} was put there: ${files}.`
    : `The plugin in ${folder} was not put there by gaitway init and differs from version ${want} in ${files}.`;
  return new GaitwayError(
    'project/edited-plugin',
    `${what} Keep what you changed elsewhere, then give --force to have them ${fate}. Nothing was changed.`,
    { folder, edited },
  );
}

/** Looks whether what is about to be changed may be; the nearest folder that is there answers for one that is not. */
function checkFolders({ folder }: Project, places: readonly string[]): void {
  for (const place of [join(folder, CONFIG_FILE), ...places]) {
    let near = dirname(place);
    while (!existsSync(near)) near = dirname(near);
    try {
      accessSync(near, constants.W_OK);
    } catch (cause) {
      throw unwritable(near, cause);
    }
  }
  for (const place of places) {
    const description = join(place, 'Gaitway.uplugin');
    if (existsSync(description)) checkWritable(description);
  }
}

function orUnwritable<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof GaitwayError) throw error;
    throw unwritable(folder, error);
  }
}

function unwritable(place: string, cause: unknown): GaitwayError {
  const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
  return new GaitwayError(
    'project/unwritable',
    `${place} cannot be written (${why}). Close the editor and other programs that have files there open, give yourself ` +
      'write access, and run this again.',
    { place },
    cause,
  );
}
