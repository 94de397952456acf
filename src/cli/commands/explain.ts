import { Command } from 'commander';
import { z } from 'zod';
import { GaitwayError } from '../../errors.js';
import { DIRECTION_TAGS } from '../../motion/index.js';
import { explainStage, writeFileAtomic } from '../../pipeline/index.js';
import { CommandFailed } from '../command-failed.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';
import { explainPage } from '../insight/explain-page.js';
import { explainText } from '../insight/explain-text.js';
import { noteWarnings } from '../note-warnings.js';
import { makeProgress } from '../progress.js';

const Flags = z.strictObject({
  encoder: z.string('the folder of an encoder is wanted').min(1),
  moment: z
    .string()
    .regex(/^.+@\d+(\.\d+)?$/, 'CLIP@SECONDS is wanted, such as walk@1.5')
    .transform((text) => {
      const at = text.lastIndexOf('@');
      return { clip: text.slice(0, at), seconds: Number(text.slice(at + 1)) };
    })
    .optional(),
  towards: z.string().min(1).optional(),
  out: z.string().min(1).optional(),
  html: z.string().min(1).optional(),
  seed: z.coerce.number().int().min(0).max(2_147_483_647).default(1),
  force: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** `explain`: an encoder and clips in, what it learned out. */
export function explainCommand(context: CliContext): Command {
  return new Command('explain')
    .summary('show what an encoder learned')
    .description(
      'Show what an encoder makes of clips: a map of their latents, how much each body part weighs at each time, which moments it takes for alike. With --towards also the moments farthest along a direction, and a motion imagined to go farther still: a real one, changed within the limits of joints and speed.',
    )
    .argument('<clips...>', 'BVH, FBX, glTF or .gwclip files, or folders of them')
    .requiredOption('--encoder <folder>', 'folder that train wrote')
    .option(
      '--moment <clip@seconds>',
      'moment whose neighbours are shown and from which imagining sets out; the most ordinary one by default',
    )
    .option(
      '--towards <what>',
      `latent:3 (numbered from 0), latent:-3 the other way, or tag: with ${DIRECTION_TAGS.join(', ')}`,
    )
    .option('-o, --out <file>', 'write the imagined motion (.glb, .fbx, .bvh or .gwclip); needs --towards')
    .option('--html <file>', 'write the report as a page with drawings, too')
    .option('--seed <n>', 'of the shifts and noise that imagining is made robust with', '1')
    .option('--force', 'replace files that are there')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway explain library --encoder encoders/mlp --html explain.html\n  gaitway explain library --encoder encoders/mlp --towards tag:run --out imagined.glb   # open it with `gaitway preview`',
    )
    .action(async (clips: string[], raw: unknown) => {
      const { json, html, moment, towards, out, ...flags } = parseFlags(Flags, raw);
      if (out !== undefined && towards === undefined)
        throw new GaitwayError('cli/usage', '--out is for the imagined motion; say --towards what.');
      const progress = makeProgress(context, 'explain');
      const report = await explainStage({
        ...flags,
        clips,
        ...(moment && { moment }),
        ...(towards !== undefined && { towards }),
        ...(out !== undefined && { out }),
        signal: context.signal,
        onProgress: progress.update,
        onNote: progress.note,
      }).finally(() => progress.end());
      noteWarnings(context, report.warnings);
      if (html !== undefined) {
        await writeFileAtomic(html, explainPage(report), { force: flags.force });
        context.note(`wrote ${html}`);
      }
      const ok = report.failed.length === 0;
      context.print(json ? JSON.stringify({ ok, ...report }, null, 2) : explainText(report));
      for (const { message, code } of report.failed) context.note(`error: ${message} [${code}]`);
      if (!ok) throw new CommandFailed();
    });
}
