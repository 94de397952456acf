import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { z } from 'zod';
import { GaitwayError } from '../../errors.js';
import { initProject, type Project, readUProject, requireProject } from '../../pipeline/index.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';

const Flags = z.strictObject({
  project: z.string().min(1).optional(),
  yes: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** `init`: the plugin into the project, its needs switched on, `gaitway.json` written. */
export function initCommand(context: CliContext): Command {
  return new Command('init')
    .summary('set up an Unreal project: plugin, settings, gaitway.json')
    .description(
      'Finds the .uproject in this folder or above, copies the Gaitway plugin into Plugins/, switches on RemoteControl, ' +
        'PythonScriptPlugin and PoseSearch (the old .uproject is kept as a backup), and writes gaitway.json.',
    )
    .option('--project <folder>', 'a folder of the project, instead of this one')
    .option('-y, --yes', 'do not ask')
    .option('--json', 'print the report as JSON')
    .addHelpText('after', '\nExamples:\n  gaitway init\n  gaitway init --project D:\\Games\\MyGame --yes')
    .action(async (raw: unknown) => {
      const flags = parseFlags(Flags, raw);
      const project = requireProject(flags.project ?? process.cwd());
      if (!flags.yes) await confirm(context, project);
      const report = initProject(project);
      if (flags.json) {
        context.print(JSON.stringify({ ok: true, ...report }, null, 2));
        return;
      }
      const { plugin, enabledPlugins, config } = report;
      const version = plugin.copied
        ? `${plugin.from || 'none'} → ${plugin.to}`
        : `${plugin.to}, already there`;
      context.print(`project   ${report.project}`);
      context.print(`plugin    ${version}  ${plugin.folder}`);
      context.print(
        `switched  ${enabledPlugins.length > 0 ? `on: ${enabledPlugins.join(', ')}` : 'nothing, all were on'}`,
      );
      context.print(`settings  ${config.file}${config.written ? '' : ', kept as it was'}`);
      context.note('Restart the editor if it is open, then run: gaitway doctor');
    });
}

async function confirm(context: CliContext, project: Project): Promise<void> {
  const { missingPlugins } = readUProject(project.uproject);
  if (!context.interactive) {
    throw new GaitwayError(
      'cli/usage',
      `init would change ${project.uproject}; there is no terminal to ask on, so say --yes.`,
      { project: project.uproject },
    );
  }
  context.note(`This copies the Gaitway plugin into ${project.folder} and writes gaitway.json.`);
  if (missingPlugins.length > 0)
    context.note(`It switches on in ${project.uproject}: ${missingPlugins.join(', ')}.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal
    .question('Go on? [Y/n] ', { signal: context.signal })
    .finally(() => terminal.close());
  if (!/^(y(es)?)?$/i.test(answer.trim())) {
    throw new GaitwayError('project/declined', 'Nothing was changed, as you wished.');
  }
}
