import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { z } from 'zod';
import { GaitwayError } from '../../errors.js';
import {
  initProject,
  type Project,
  readUProject,
  removeFromProject,
  requireProject,
} from '../../pipeline/index.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';

const Flags = z.strictObject({
  project: z.string().min(1).optional(),
  remove: z.boolean().default(false),
  force: z.boolean().default(false),
  yes: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** `init`: the plugin into the project, its needs switched on, `gaitway.json` written; `--remove` takes it all back. */
export function initCommand(context: CliContext): Command {
  return new Command('init')
    .summary('set up an Unreal project: plugin, settings, gaitway.json')
    .description(
      'Finds the .uproject in this folder or above, copies the Gaitway plugin into Plugins/, switches on RemoteControl, ' +
        'PythonScriptPlugin, EditorScriptingUtilities and PoseSearch (only their lines of the .uproject change; the old one is kept beside it as ' +
        '.gaitway-backup), and writes gaitway.json. Done twice it changes nothing. With --remove the project is again as it was; ' +
        'a gaitway.json that you changed stays.',
    )
    .option('--project <path>', 'a folder of the project, or its .uproject, instead of this folder')
    .option('--remove', 'undo it: delete the plugin, give the .uproject back')
    .option('--force', 'replace or delete plugin files that were edited, or a plugin that is newer')
    .option('-y, --yes', 'do not ask')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway init\n  gaitway init --project "D:\\Games\\My Game" --yes\n  gaitway init --remove',
    )
    .action(async (raw: unknown) => {
      const { project: from, remove, force, yes, json } = parseFlags(Flags, raw);
      const project = requireProject(from ?? process.cwd());
      if (!yes) await confirm(context, project, remove);
      if (remove) takeBack(context, project, { force, json });
      else await setUp(context, project, { force, json });
    });
}

interface Choices {
  readonly force: boolean;
  readonly json: boolean;
}

async function setUp(context: CliContext, project: Project, { force, json }: Choices): Promise<void> {
  const report = await initProject(project, { force });
  if (json) {
    context.print(JSON.stringify({ ok: true, ...report }, null, 2));
    return;
  }
  const { plugin, enabledPlugins, config } = report;
  const version = plugin.copied ? `${plugin.from || 'none'} → ${plugin.to}` : `${plugin.to}, already there`;
  context.print(`project   ${report.project}`);
  context.print(`plugin    ${version}  ${plugin.folder}`);
  context.print(
    `switched  ${enabledPlugins.length > 0 ? `on: ${enabledPlugins.join(', ')}` : 'nothing, all were on'}`,
  );
  context.print(`settings  ${config.file}${config.written ? '' : ', kept as it was'}`);
  context.note('Restart the editor if it is open, then run: gaitway doctor');
}

function takeBack(context: CliContext, project: Project, { force, json }: Choices): void {
  const report = removeFromProject(project, { force });
  if (json) {
    context.print(JSON.stringify({ ok: true, ...report }, null, 2));
    return;
  }
  const { plugin, disabledPlugins, leftOn, config } = report;
  const settings = {
    removed: `${config.file} deleted`,
    kept: `${config.file} stays, since you changed it`,
    none: 'there were none',
  };
  context.print(`project   ${report.project}`);
  context.print(`plugin    ${plugin.removed ? `deleted  ${plugin.folder}` : 'was not there'}`);
  context.print(
    `switched  ${disabledPlugins.length > 0 ? `off again: ${disabledPlugins.join(', ')}` : 'nothing'}`,
  );
  context.print(`settings  ${settings[config.state]}`);
  if (leftOn.length > 0)
    context.note(
      `${leftOn.join(', ')} stay on: there is no backup of the .uproject that tells who switched them on.`,
    );
  context.note('Restart the editor if it is open.');
}

async function confirm(context: CliContext, project: Project, remove: boolean): Promise<void> {
  const { missingPlugins } = readUProject(project.uproject);
  if (!context.interactive) {
    throw new GaitwayError(
      'cli/usage',
      `init would change ${project.uproject}; there is no terminal to ask on, so say --yes.`,
      { project: project.uproject },
    );
  }
  if (remove) context.note(`This takes the Gaitway plugin out of ${project.folder}.`);
  else {
    context.note(`This copies the Gaitway plugin into ${project.folder} and writes gaitway.json.`);
    if (missingPlugins.length > 0)
      context.note(`It switches on in ${project.uproject}: ${missingPlugins.join(', ')}.`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal
    .question('Go on? [Y/n] ', { signal: context.signal })
    .finally(() => terminal.close());
  if (!/^(y(es)?)?$/i.test(answer.trim())) {
    throw new GaitwayError('project/declined', 'Nothing was changed, as you wished.');
  }
}
