import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { GaitwayError } from '../errors.js';
import { CONFIG_FILE, type Project, ProjectConfig } from './project.js';
import { enablePlugins } from './uproject.js';

const SCHEMA_ADDRESS = './node_modules/gaitway/schema/gaitway.schema.json';
const PluginFile = z.looseObject({ VersionName: z.string() });

/** What `init` did, or found done already. */
export interface InitReport {
  readonly project: string;
  /** Folder of the plugin in the project. */
  readonly plugin: {
    readonly folder: string;
    readonly from: string;
    readonly to: string;
    readonly copied: boolean;
  };
  readonly enabledPlugins: readonly string[];
  /** The configuration file and whether it was written now. */
  readonly config: { readonly file: string; readonly written: boolean };
}

/** The plugin that ships with this version of Gaitway. */
export function shippedPluginFolder(): string {
  // In a checkout the sources lie beside src/; in the package they lie in dist/.
  const here = dirname(fileURLToPath(import.meta.url));
  for (const up of ['..', '../..']) {
    const folder = join(here, up, 'ue-plugin', 'Gaitway');
    if (existsSync(join(folder, 'Gaitway.uplugin'))) return folder;
  }
  throw new GaitwayError(
    'project/no-plugin',
    'The Unreal plugin is missing from this installation of Gaitway; install Gaitway again.',
  );
}

export const projectPluginFolder = (project: Project): string => join(project.folder, 'Plugins', 'Gaitway');

/** The version that a plugin folder says it is; empty where there is none. */
export function pluginVersion(folder: string): string {
  const file = join(folder, 'Gaitway.uplugin');
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

/**
 * Sets a project up: copies the plugin, switches on what it needs, writes `gaitway.json`.
 *
 * Doing it twice changes nothing the second time. An existing configuration is kept as it is. The plugin is
 * copied beside its place and renamed, so that a killed run leaves the old one or the new one.
 *
 * @throws GaitwayError `project/bad-uproject`, `project/no-plugin`.
 */
export function initProject(project: Project): InitReport {
  const shipped = shippedPluginFolder();
  const folder = projectPluginFolder(project);
  const [from, to] = [pluginVersion(folder), pluginVersion(shipped)];
  const copied = from !== to;
  if (copied) {
    const fresh = `${folder}.new`;
    const old = `${folder}.old`;
    for (const left of [fresh, old]) rmSync(left, { recursive: true, force: true });
    cpSync(shipped, fresh, { recursive: true, filter: (path) => !path.includes('__pycache__') });
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(fresh, folder);
    rmSync(old, { recursive: true, force: true });
  }
  const enabledPlugins = enablePlugins(project.uproject);
  const file = join(project.folder, CONFIG_FILE);
  if (!project.configured) {
    const config = { $schema: SCHEMA_ADDRESS, ...ProjectConfig.parse({}) };
    writeFileSync(`${file}.tmp`, `${JSON.stringify(config, null, 2)}\n`);
    renameSync(`${file}.tmp`, file);
  }
  return {
    project: project.uproject,
    plugin: { folder, from, to, copied },
    enabledPlugins,
    config: { file, written: !project.configured },
  };
}
