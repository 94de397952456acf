import { Command } from 'commander';
import { z } from 'zod';
import { GaitwayError } from '../../errors.js';
import { type Inspection, inspectFile, listClipFiles } from '../../pipeline/index.js';
import { CommandFailed } from '../command-failed.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';
import { inspectionTable, inspectionText } from '../inspection-text.js';
import { makeProgress } from '../progress.js';
import { Scale } from '../scale.js';

const Flags = z.strictObject({
  unit: z.string().optional(),
  up: z.enum(['y', 'z'], 'y or z is wanted').optional(),
  scale: Scale.optional(),
  full: z.boolean().default(false),
  json: z.boolean().default(false),
});

interface FailedFile {
  readonly file: string;
  readonly error: { readonly code: string; readonly message: string };
}

/** `inspect FILES…`: what is in animation files. */
export function inspectCommand(context: CliContext): Command {
  return new Command('inspect')
    .summary('show what is in animation files')
    .description(
      'Show what is in animation files: format, animations, rates, joints, size, unit and axes with the reasons for what was guessed, curves, events and attributes, which joint plays which part of the body, and what is odd. Several files are shown in a table, a line each.',
    )
    .argument('<files...>', 'BVH, FBX, GLB, glTF, VRM, VRMA or .gwclip files, or folders of them')
    .option(
      '--unit <unit>',
      'unit of files that state none (m, dm, cm, mm, inch, ft, cmu); guessed by default',
    )
    .option('--up <axis>', 'up axis of files that state none (y or z); guessed by default')
    .option(
      '--scale <factor>',
      'multiply all lengths, for files that state another unit than they use (0.01)',
    )
    .option('--full', 'show everything of each of several files, instead of a table')
    .option('--json', 'print everything as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway inspect walk.bvh\n  gaitway inspect library\n  gaitway inspect library --json > library.json',
    )
    .action(async (paths: string[], raw: unknown) => {
      const { full, json, scale, unit, up } = parseFlags(Flags, raw);
      const inspected: Inspection[] = [];
      const failed: FailedFile[] = [];
      const files = await listClipFiles(paths);
      if (files.length === 0) {
        throw new GaitwayError('inspect/no-files', `There is no animation file in ${paths.join(', ')}.`, {
          paths,
        });
      }
      const isTable = files.length > 1 && !full;
      const progress = makeProgress(context, 'inspect');
      for (const [f, file] of files.entries()) {
        context.signal.throwIfAborted();
        try {
          const inspection = await inspectFile(file, {
            ...(unit !== undefined && { unit }),
            ...(up && { up }),
            ...(scale !== undefined && { scale }),
            signal: context.signal,
            onProgress: (share) =>
              files.length === 1
                ? progress.update(Math.round(100 * share), 100, `% of ${file}`)
                : progress.update(f, files.length, file),
          });
          inspected.push(inspection);
          progress.update(f + 1, files.length, file);
          if (!json && !isTable) {
            progress.end();
            context.print(inspectionText(inspection));
          }
        } catch (error) {
          progress.end();
          if (!(error instanceof GaitwayError)) throw error;
          failed.push({ file, error: { code: error.code, message: error.message } });
          if (!json) context.note(`error: ${error.message} [${error.code}]`);
        }
      }
      progress.end();
      if (!json && isTable && inspected.length > 0) context.print(inspectionTable(inspected));
      if (json) context.print(JSON.stringify({ ok: failed.length === 0, files: inspected, failed }, null, 2));
      if (failed.length > 0) throw new CommandFailed();
    });
}
