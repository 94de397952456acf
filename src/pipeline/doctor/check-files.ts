import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { comparePlugin } from '../plugin-folder.js';
import { CONFIG_FILE, type Project } from '../project.js';
import { readTextFile } from '../text-file.js';
import { readUProject } from '../uproject.js';
import { attempt, type Finding, ok, warning, wrong } from './finding.js';

export const ENGINE = '5.4';

/** As Edit → Plugins calls them. */
const TITLES: Readonly<Record<string, string>> = {
  RemoteControl: 'Remote Control API',
  PythonScriptPlugin: 'Python Editor Script Plugin',
  EditorScriptingUtilities: 'Editor Scripting Utilities',
  PoseSearch: 'Pose Search',
};

/** What can be seen of a project without its editor: settings, engine, plugins, write access. */
export async function checkFiles(project: Project): Promise<Finding[]> {
  return [
    project.configured
      ? ok('configuration', join(project.folder, CONFIG_FILE))
      : warning('configuration', 'no gaitway.json; the defaults are used', 'Run gaitway init.'),
    await attempt('engine version', () => checkEngine(readUProject(project.uproject).engine, project)),
    await attempt('plugins switched on', () => checkPlugins(project)),
    await attempt('plugin version', () => checkPluginFiles(project)),
    await checkWriteAccess(project),
  ];
}

/** What a `.uproject` is associated with: a version, a self-built engine by its id, or the engine around it. */
function checkEngine(association: string, project: Project): Finding {
  const check = 'engine version';
  const wanted = `Gaitway is made for Unreal ${ENGINE}; other versions may lack calls that the plugin uses. Right-click the .uproject → Switch Unreal Engine version.`;
  if (/^\d+\.\d+/.test(association)) {
    return isOurEngine(association) ? ok(check, association) : warning(check, association, wanted);
  }
  const folder = engineFolder(association, project.folder);
  const built = folder && builtVersion(folder);
  const what = association ? `an engine of your own (${association})` : 'the engine that the project lies in';
  if (!built) return ok(check, `${what}; its version shows once the editor is open`);
  const found = `${built}, ${what}`;
  return isOurEngine(built) ? ok(check, found) : warning(check, found, wanted);
}

export const isOurEngine = (version: string): boolean =>
  version === ENGINE || version.startsWith(`${ENGINE}.`);

/** Engines built from source are named in a file of the user, on Windows in the registry. */
function engineFolder(association: string, projectFolder: string): string | undefined {
  if (association === '') return resolve(projectFolder, '..');
  const homes = ['.config/Epic/UnrealEngine', 'Library/Application Support/Epic/UnrealEngine'];
  for (const home of homes) {
    const file = join(homedir(), home, 'Install.ini');
    if (!existsSync(file)) continue;
    const line = readTextFile(file)
      .text.split(/\r?\n/)
      .find((text) => text.startsWith(`${association}=`));
    if (line) return line.slice(association.length + 1).trim();
  }
  return undefined;
}

function builtVersion(folder: string): string | undefined {
  const file = join(folder, 'Engine', 'Build', 'Build.version');
  if (!existsSync(file)) return undefined;
  const { text } = readTextFile(file);
  const part = (name: string): string | undefined =>
    new RegExp(`"${name}Version"\\s*:\\s*(\\d+)`).exec(text)?.[1];
  return part('Major') && `${part('Major')}.${part('Minor')}.${part('Patch') ?? 0}`;
}

function checkPlugins(project: Project): Finding {
  const { missingPlugins } = readUProject(project.uproject);
  if (missingPlugins.length === 0) return ok('plugins switched on', 'all that are needed');
  const titles = missingPlugins.map((name) => `"${TITLES[name] ?? name}"`).join(', ');
  return wrong(
    'plugins switched on',
    `${missingPlugins.join(', ')} ${missingPlugins.length > 1 ? 'are' : 'is'} off`,
    `Run gaitway init, or tick ${titles} under Edit → Plugins, and restart the editor.`,
  );
}

function checkPluginFiles(project: Project): Finding {
  const check = 'plugin version';
  const { folder, have, want, isSame, isNewer, edited } = comparePlugin(project);
  if (have === '')
    return wrong(check, 'the plugin is not in the project', 'Run gaitway init, then restart the editor.');
  if (isNewer)
    return wrong(
      check,
      `the project has ${have}, this Gaitway is ${want}`,
      'Bring Gaitway up to date: npm install --global gaitway.',
    );
  if (have !== want)
    return wrong(
      check,
      `the project has ${have}, this Gaitway is ${want}`,
      'Run gaitway init, then restart the editor.',
    );
  if (isSame) return ok(check, `${have}, ${folder}`);
  return warning(
    check,
    `${have}, but ${edited.length} of its files are not as they ship (${edited.slice(0, 3).join(', ')})`,
    'Run gaitway init --force to have them replaced, where that was not meant.',
  );
}

/** Writes where Gaitway and the editor exchange data, and looks at what `init` would change. */
async function checkWriteAccess({ folder, uproject }: Project): Promise<Finding> {
  const check = 'write access';
  const exchange = join(folder, 'Saved', 'Gaitway');
  const trial = join(exchange, `trial-${process.pid}`);
  try {
    const made = await mkdir(exchange, { recursive: true });
    writeFileSync(trial, '');
    rmSync(made ?? trial, { recursive: true });
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
    return wrong(
      check,
      `${exchange} may not be written (${why})`,
      'Give yourself write access to the project folder.',
    );
  }
  if ((statSync(uproject).mode & 0o222) !== 0) return ok(check, folder);
  return warning(
    check,
    `${uproject} is read-only`,
    'Check it out in your source control before gaitway init has to change it; all else works without.',
  );
}
