import { Command } from 'commander';
import { z } from 'zod';
import { examine, type Finding } from '../../pipeline/index.js';
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

/** `doctor`: looks at everything from Node to the editor's answer and says what to click. */
export function doctorCommand(context: CliContext): Command {
  return new Command('doctor')
    .summary('check everything from Node to the editor, and say what to click')
    .description(
      'Checks Node, the training engine, the project, the engine it is for, its plugins and settings, write access, both servers ' +
        'of Remote Control, and what the plugin in the open editor answers. Works with the editor closed, too. Exit code 1 ' +
        'where something is wrong.',
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
        signal: context.signal,
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
