import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { findProject, startStandInEditor } from '../../pipeline/index.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';

const Flags = z.strictObject({
  port: z.coerce.number('a port number is wanted').int().min(0).max(65535).default(30020),
  project: z.string().min(1).optional(),
  python: z.string().min(1).optional(),
  tickHz: z.coerce.number('ticks a second are wanted').min(1).max(1000).default(30),
  drop: z.coerce.number('a share is wanted').min(0).max(1).optional(),
  delay: z.coerce.number('milliseconds are wanted').min(0).max(60_000).optional(),
  restartAfter: z.coerce.number('seconds are wanted').min(0).max(86_400).optional(),
  seed: z.coerce.number('a whole number is wanted').int().min(0).default(1),
  json: z.boolean().default(false),
});

/** `editor`: a stand-in for an open Unreal editor, until Ctrl-C. */
export function editorCommand(context: CliContext): Command {
  return new Command('editor')
    .summary('start a stand-in for the Unreal editor')
    .description(
      'Listen where an Unreal editor would (Remote Control over WebSocket on 127.0.0.1) and run the real Gaitway plugin against ' +
        'a stand-in for the engine, for trying push and pull without Unreal. It is not Unreal: it keeps animations (in ' +
        'Saved/GaitwayStandIn of the project) and shows nothing. Runs until Ctrl-C.',
    )
    .option('--port <number>', 'port to listen on; 0 takes a free one', '30020')
    .option(
      '--project <folder>',
      'folder of the project to open; the one around this folder by default, else a temporary one',
    )
    .option(
      '--python <program>',
      'run the plugin in this Python (3.11 is what Unreal has) instead of the built-in one',
    )
    .option('--tick-hz <rate>', 'ticks a second; an editor in the background has about 3', '30')
    .option('--drop <share>', 'break the connection at this share of requests, such as 0.05')
    .option('--delay <ms>', 'answer up to so many milliseconds late, in another order')
    .option('--restart-after <seconds>', 'close like a crash after so long, and start anew')
    .option('--seed <number>', 'what --drop and --delay draw from; the same seed goes wrong alike', '1')
    .option('--json', 'print the address as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway editor\n  gaitway editor --project samples/project/GaitwaySample --port 30021 --tick-hz 3\n  gaitway editor --python python3.11\n' +
        '  gaitway editor --drop 0.05 --delay 200 --restart-after 30',
    )
    .action(async (raw: unknown) => {
      const { json, project, python, port, tickHz, ...wrong } = parseFlags(Flags, raw);
      const { drop, delay: delayMs, restartAfter: restartAfterS, seed } = wrong;
      const given = project === undefined ? undefined : resolve(project);
      const found = findProject(given ?? process.cwd())?.folder ?? given;
      const projectFolder = found ?? (await mkdtemp(join(tmpdir(), 'gaitway-project-')));
      const editor = await startStandInEditor({
        port,
        tickHz,
        projectFolder,
        chaos: {
          seed,
          ...(drop !== undefined && { drop }),
          ...(delayMs !== undefined && { delayMs }),
          ...(restartAfterS !== undefined && { restartAfterS }),
        },
        ...(python !== undefined && { python }),
        log: (level, line) => context.note(level === 'info' ? line : `${level}: ${line}`),
      });
      const facts = { address: editor.address, port: editor.port, project: projectFolder };
      context.print(
        json
          ? JSON.stringify({ ok: true, ...facts })
          : `The stand-in editor (not Unreal) listens at ${facts.address} for ${facts.project}; Ctrl-C ends it.`,
      );
      const stop = (): void => void editor.close();
      if (context.signal.aborted) stop();
      context.signal.addEventListener('abort', stop, { once: true });
      try {
        await editor.ended;
      } finally {
        await editor.close();
        if (found === undefined) await rm(projectFolder, { recursive: true, force: true });
      }
    });
}
