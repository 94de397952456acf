import { Command } from 'commander';
import { z } from 'zod';
import { connectEditor, readToken } from '../../bridge/index.js';
import { chooseEngine } from '../../motion/index.js';
import { examine, type Finding, type Project } from '../../pipeline/index.js';
import { CommandFailed } from '../command-failed.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';
import { alignColumns } from '../table.js';

const Flags = z.strictObject({
  project: z.string().min(1).optional(),
  port: z.coerce.number().int().min(1).max(65535).optional(),
  json: z.boolean().default(false),
});

const MARKS: Readonly<Record<Finding['state'], string>> = { ok: 'ok', warning: '!', wrong: 'NO' };
const ANSWER_WITHIN_MS = 5_000;

/** `doctor`: looks at everything from Node to the editor's answer and says what to click. */
export function doctorCommand(context: CliContext): Command {
  return new Command('doctor')
    .summary('check everything from Node to the editor, and say what to click')
    .description(
      'Checks Node, the training engine, the project, its plugins and settings, the ports of Remote Control and the ' +
        'plugin in the open editor. Exit code 1 where something is wrong.',
    )
    .option('--project <folder>', 'a folder of the project, instead of this one')
    .option('--port <number>', "the editor's WebSocket port, instead of that in gaitway.json")
    .option('--json', 'print the findings as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway doctor\n  gaitway doctor --project D:\\Games\\MyGame --json',
    )
    .action(async (raw: unknown) => {
      const flags = parseFlags(Flags, raw);
      const findings = await examine({
        folder: flags.project ?? process.cwd(),
        nodeVersion: process.version,
        ...(flags.port !== undefined && { port: flags.port }),
        askEditor: (port, project) => askEditor(port, project, context.signal),
        askTrainingEngine: async () => (await chooseEngine('auto')).why,
      });
      const wrong = findings.filter((finding) => finding.state === 'wrong');
      if (flags.json) {
        context.print(JSON.stringify({ ok: wrong.length === 0, findings }, null, 2));
      } else {
        context.print(alignColumns(findings.map(({ check, state, found }) => [MARKS[state], check, found])));
        for (const { check, cure } of findings.filter(({ cure }) => cure))
          context.print(`\n${check}: ${cure}`);
      }
      if (wrong.length > 0) throw new CommandFailed();
    });
}

/** Greets the plugin in the open editor; with the project's token, asks what the editor can do too. */
async function askEditor(port: number, project: Project | undefined, signal: AbortSignal): Promise<string> {
  const token = project ? await readToken(project.folder) : '';
  const session = await connectEditor({ port, token, signal, pluginWaitMs: ANSWER_WITHIN_MS });
  try {
    const { engine, plugin, project: open } = await session.hello();
    if (project) await session.capabilities();
    return `${engine}, plugin ${plugin}, project ${open}`;
  } finally {
    session.close();
  }
}
