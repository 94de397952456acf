import { Command } from 'commander';
import { z } from 'zod';
import { GaitwayError } from '../../errors.js';
import { ENGINE_NAMES, FAMILY_NAMES } from '../../motion/index.js';
import { trainTaggerStage } from '../../pipeline/index.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';
import { noteWarnings } from '../note-warnings.js';
import { makeProgress } from '../progress.js';
import { tagScoresText } from '../tag-scores-text.js';
import { VERSION } from '../version.js';

const Flags = z.strictObject({
  manifest: z.string().min(1).optional(),
  tagFolders: z.boolean().default(false),
  groups: z.string().min(1).optional(),
  from: z.string().min(1).optional(),
  encoder: z.enum(FAMILY_NAMES, `one of ${FAMILY_NAMES.join(', ')} is wanted`).optional(),
  out: z.string('a folder is wanted').min(1),
  rate: z.coerce.number().positive().max(240).optional(),
  seed: z.coerce.number().int().min(0).max(2_147_483_647).default(1),
  steps: z.coerce.number().int().min(1).max(100_000).default(800),
  engine: z.enum(['auto', ...ENGINE_NAMES], `auto, ${ENGINE_NAMES.join(', ')} is wanted`).default('auto'),
  force: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** `train-tagger`: labelled clips in, a network out that labels every frame of other clips. */
export function trainTaggerCommand(context: CliContext): Command {
  return new Command('train-tagger')
    .summary('train a network that tags frames, from labelled clips')
    .description(
      'Learn to tag every frame of a clip: where feet stand, and what clips’ labels tell apart. Labels are those of a manifest (its train split), folders, events that last, and curves FootContact_L and FootContact_R; where no clip has contacts, those that height and speed tell are learned.',
    )
    .argument('[clips...]', 'BVH, FBX, glTF or .gwclip files, or folders of them')
    .option('--manifest <file>', 'JSON list of clips with labels and splits, instead of clips')
    .option('--tag-folders', 'the folders that clips lie in, below the one that is given, are their labels')
    .option(
      '--groups <file>',
      'JSON that tells which labels make which tags: {"gait": {"walk": ["walk", "stroll"], "run": ["run"]}}',
    )
    .option(
      '--from <folder>',
      'start from an encoder that `train` wrote, so that fewer labelled clips suffice',
    )
    .option(
      '--encoder <name>',
      `network that looks at each frame, without --from: ${FAMILY_NAMES.join(', ')}; mlp by default`,
    )
    .requiredOption('-o, --out <folder>', 'new or empty folder for the tagger')
    .option('--rate <hz>', 'frames per second to tag at, without --from; 30 by default')
    .option('--seed <n>', 'of weights, windows and held-out clips', '1')
    .option('--steps <n>', 'training steps, at most: 16 windows of 64 frames each', '800')
    .option('--engine <name>', `what computes: auto, ${ENGINE_NAMES.join(', ')}`, 'auto')
    .option('--force', 'replace a tagger that is there')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway train-tagger --manifest clips/manifest.json --out taggers/clips\n  gaitway train-tagger library --tag-folders --from encoders/mlp --out taggers/library',
    )
    .action(async (clips: string[], raw: unknown) => {
      const { json, manifest, tagFolders, groups, from, encoder, rate, ...flags } = parseFlags(Flags, raw);
      if ((manifest === undefined) === (clips.length === 0))
        throw new GaitwayError('cli/usage', 'train-tagger wants either clips or --manifest, and not both.');
      if (manifest !== undefined && tagFolders)
        throw new GaitwayError(
          'cli/usage',
          'Labels come from --manifest or from --tag-folders, not from both.',
        );
      if (from !== undefined && (encoder !== undefined || rate !== undefined)) {
        throw new GaitwayError(
          'cli/usage',
          `--${encoder === undefined ? 'rate' : 'encoder'} is what the encoder of --from has; leave one of the two out.`,
        );
      }
      const progress = makeProgress(context, 'train-tagger');
      const report = await trainTaggerStage({
        ...flags,
        ...(manifest === undefined ? { clips } : { manifest }),
        ...(groups !== undefined && { groups }),
        ...(from !== undefined && { from }),
        folders: tagFolders,
        family: encoder ?? 'mlp',
        rateHz: rate ?? 30,
        version: VERSION,
        signal: context.signal,
        onProgress: progress.update,
        onNote: progress.note,
      }).finally(() => progress.end());
      noteWarnings(context, report.warnings);
      if (json) {
        context.print(JSON.stringify({ ok: true, ...report }, null, 2));
        return;
      }
      context.print(
        `${report.file}: ${report.groups.flatMap(({ tags }) => tags).join(', ')}, from ${report.clips} clips (${report.frames} frames) in ${report.seconds.toFixed(1)} s; contacts as ${report.contacts === 'labels' ? 'the clips are labelled' : 'height and speed tell'}`,
      );
      if (report.heldOutClips.length > 0) context.print(`on ${report.heldOutClips.length} held-out clips:`);
      for (const line of tagScoresText(report.scores)) context.print(`  ${line}`);
    });
}
