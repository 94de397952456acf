import { Command } from 'commander';
import { z } from 'zod';
import { GaitwayError } from '../../errors.js';
import { type Inspection, inspectFile, listClipFiles } from '../../pipeline/index.js';
import { CommandFailed } from '../command-failed.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';
import { inspectionText } from '../inspection-text.js';

const Flags = z.strictObject({
  unit: z.string().optional(),
  up: z.enum(['y', 'z'], 'y or z is wanted').optional(),
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
      'Show what is in animation files: format, animations, rate, joints, size, unit and axes with the reasons for what was guessed, and which joint plays which part of the body.',
    )
    .argument('<files...>', 'BVH, FBX, GLB, glTF, VRM, VRMA or .gwclip files, or folders of them')
    .option(
      '--unit <unit>',
      'unit of files that state none (m, dm, cm, mm, inch, ft, cmu); guessed by default',
    )
    .option('--up <axis>', 'up axis of files that state none (y or z); guessed by default')
    .option('--json', 'print everything as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway inspect walk.bvh\n  gaitway inspect library --json > library.json',
    )
    .action(async (paths: string[], raw: unknown) => {
      const { json, unit, up } = parseFlags(Flags, raw);
      const inspected: Inspection[] = [];
      const failed: FailedFile[] = [];
      const files = await listClipFiles(paths);
      if (files.length === 0) {
        throw new GaitwayError('inspect/no-files', `There is no animation file in ${paths.join(', ')}.`, {
          paths,
        });
      }
      for (const file of files) {
        context.signal.throwIfAborted();
        try {
          const inspection = await inspectFile(file, {
            ...(unit !== undefined && { unit }),
            ...(up && { up }),
          });
          inspected.push(inspection);
          if (!json) context.print(inspectionText(inspection));
        } catch (error) {
          if (!(error instanceof GaitwayError)) throw error;
          failed.push({ file, error: { code: error.code, message: error.message } });
          if (!json) context.note(`error: ${error.message} [${error.code}]`);
        }
      }
      if (json) context.print(JSON.stringify({ ok: failed.length === 0, files: inspected, failed }, null, 2));
      if (failed.length > 0) throw new CommandFailed();
    });
}
