import { Command } from 'commander';
import { z } from 'zod';
import { GaitwayError } from '../../errors.js';
import { encodeStage } from '../../pipeline/index.js';
import { CommandFailed } from '../command-failed.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';
import { noteWarnings } from '../note-warnings.js';
import { makeProgress } from '../progress.js';

const Flags = z.strictObject({
  encoder: z.string('the folder of an encoder is wanted').min(1),
  queries: z.boolean().default(false),
  noise: z.string().min(1).optional(),
  predicted: z.boolean().default(false),
  out: z.string('a folder is wanted').min(1),
  force: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** `encode`: clips in, latents of every frame out. */
export function encodeCommand(context: CliContext): Command {
  return new Command('encode')
    .summary('encode clips to latents, as .npy')
    .description(
      "Write <clip>.npy, float32 [frames, dim], and <clip>.valid.npy, uint8 [frames], 1 where 0.4 s lie behind and 1 s ahead in the clip. Frames are those of `dump --fps` at the encoder's rate.",
    )
    .argument('<clips...>', 'BVH, FBX, glTF or .gwclip files, or folders of them')
    .requiredOption('--encoder <folder>', 'folder that train wrote')
    .option(
      '--queries',
      'encode what a game knows at each moment; without it, what a database may know: the true future too',
    )
    .option(
      '--noise <folder>',
      'bend the path ahead of each query by <clip>.npy, float32 [frames, 3] of normal draws; implies --queries',
    )
    .option('--predicted', 'tell each query the path that a spring controller predicts; implies --queries')
    .requiredOption('-o, --out <folder>', 'folder for the latents')
    .option('--force', 'replace latents that are there')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway encode library --encoder encoders/mlp --out latents\n  gaitway encode test --encoder encoders/mlp --queries --noise draws --out noisy',
    )
    .action(async (clips: string[], raw: unknown) => {
      const { json, noise, ...flags } = parseFlags(Flags, raw);
      if (noise !== undefined && flags.predicted)
        throw new GaitwayError('cli/usage', 'encode wants --noise or --predicted, and not both.');
      const progress = makeProgress(context, 'encode');
      const report = await encodeStage({
        ...flags,
        clips,
        ...(noise !== undefined && { noise }),
        signal: context.signal,
        onProgress: progress.update,
      }).finally(() => progress.end());
      noteWarnings(context, report.warnings);
      const ok = report.failed.length === 0;
      if (json) context.print(JSON.stringify({ ok, ...report }, null, 2));
      else
        context.print(
          `${report.encoded.length} clips encoded to ${flags.out}, ${report.dim} numbers a frame` +
            (ok ? '' : `; ${report.failed.length} failed`),
        );
      for (const { message, code } of report.failed) context.note(`error: ${message} [${code}]`);
      if (!ok) throw new CommandFailed();
    });
}
