import { resolve } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import {
  bindLocally,
  examine,
  type Finding,
  type Proof,
  proveStage,
  requireProject,
} from '../../pipeline/index.js';
import { CommandFailed } from '../command-failed.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';
import { makeProgress } from '../progress.js';
import { alignColumns } from '../table.js';
import { VERSION } from '../version.js';

const contentPath = z
  .string()
  .regex(/^\/[^\s/]/, 'a content path such as /Game/Characters/SK_Hero is wanted');
const Flags = z.strictObject({
  project: z.string().min(1).optional(),
  port: z.coerce.number().int().min(1).max(65535).optional(),
  prove: z.boolean().default(false),
  bindLocally: z.boolean().default(false),
  out: z.string().min(1).optional(),
  skeleton: contentPath.optional(),
  mesh: contentPath.default('/Game/Characters/Mannequins/Meshes/SKM_Manny'),
  frames: z.coerce.number('a number of frames is wanted').int().min(2).max(10_000).default(1000),
  json: z.boolean().default(false),
});
type Flags = z.infer<typeof Flags>;

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
    .option(
      '--bind-locally',
      'first write into Config/DefaultRemoteControl.ini that Remote Control listens on this machine alone',
    )
    .option(
      '--prove',
      'try out in the open editor what is only inferred of Unreal, clean up, and write a report to send back',
    )
    .option(
      '--out <folder>',
      'folder for the report of --prove; Saved/Gaitway/Proof of the project by default',
    )
    .option('--skeleton <path>', 'skeleton to prove on; "skeleton" of gaitway.json by default')
    .option(
      '--mesh <path>',
      'mesh to prove on with a figure in the level',
      '/Game/Characters/Mannequins/Meshes/SKM_Manny',
    )
    .option('--frames <count>', 'length of the animation whose reading --prove times', '1000')
    .option('--json', 'print the findings as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway doctor\n  gaitway doctor --project D:\\Games\\MyGame --json\n  gaitway doctor --prove',
    )
    .action(async (raw: unknown) => {
      const flags = parseFlags(Flags, raw);
      if (flags.bindLocally) {
        const { file, changed } = await bindLocally(requireProject(flags.project ?? process.cwd()).folder);
        context.note(changed ? `wrote ${file}; restart the editor if it is open` : `${file} says so already`);
      }
      if (flags.prove) await prove(context, flags);
      else await look(context, flags);
    });
}

async function look(context: CliContext, flags: Flags): Promise<void> {
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
    for (const { check, cure } of findings.filter(({ cure }) => cure)) context.print(`\n${check}: ${cure}`);
  }
  if (wrong.length > 0) throw new CommandFailed();
}

const OUTCOMES: Readonly<Record<Proof['outcome'], string>> = {
  proven: 'ok',
  disproven: 'NO',
  'not-run': '?',
};

async function prove(
  context: CliContext,
  { project, port, json, prove: _, out, skeleton, ...flags }: Flags,
): Promise<void> {
  const progress = makeProgress(context, 'prove');
  const { report, files } = await proveStage(
    {
      ...flags,
      folder: project ?? process.cwd(),
      ...(port !== undefined && { port }),
      ...(out !== undefined && { out: resolve(out) }),
      ...(skeleton !== undefined && { skeleton }),
      onNote: progress.note,
      signal: context.signal,
      onProgress: progress.update,
    },
    VERSION,
  ).finally(() => progress.end());
  const { proofs, counts, left } = report;
  const isAllProven = counts.proven === proofs.length && left.length === 0;
  if (json) context.print(JSON.stringify({ ok: isAllProven, files, ...report }, null, 2));
  else {
    context.print(alignColumns(proofs.map(({ outcome, id, seen }) => [OUTCOMES[outcome], id, seen])));
    context.print(
      `\n${counts.proven} proven, ${counts.disproven} disproven, ${counts['not-run']} could not be run.`,
    );
    for (const file of files) context.print(`wrote ${file}`);
  }
  for (const asset of left)
    context.note(`warning: ${asset} could not be removed; delete it in the content browser.`);
  if (!isAllProven) throw new CommandFailed();
}
