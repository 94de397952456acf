import { Command } from 'commander';
import { z } from 'zod';
import { GaitwayError } from '../../errors.js';
import { CLIP_FORMATS, type TaggedFile, tagStage } from '../../pipeline/index.js';
import { CommandFailed } from '../command-failed.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';
import { noteWarnings } from '../note-warnings.js';
import { makeProgress } from '../progress.js';
import { tagScoresText } from '../tag-scores-text.js';

const Flags = z.strictObject({
  tagger: z.string('the folder of a tagger is wanted').min(1),
  manifest: z.string().min(1).optional(),
  out: z.string().min(1).optional(),
  format: z.enum(CLIP_FORMATS, `one of ${CLIP_FORMATS.join(', ')} is wanted`).default('gwclip'),
  force: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** `tag`: clips in, where each of a tagger's tags holds out, as a list and in copies of the clips. */
export function tagCommand(context: CliContext): Command {
  return new Command('tag')
    .summary('tag every frame of clips with a tagger')
    .description(
      'Say where in clips each tag of a tagger holds. With --out, write copies of the clips that have every stretch as an event, which `build` makes tags of and `push` notifies, and contacts as curves FootContact_L and FootContact_R.',
    )
    .argument('[clips...]', 'BVH, FBX, glTF or .gwclip files, or folders of them')
    .requiredOption('--tagger <folder>', 'tagger that `train-tagger` wrote')
    .option('--manifest <file>', 'tag the test split of a manifest instead, and score the tags by its labels')
    .option('-o, --out <folder>', 'folder for copies of the clips with their tags')
    .option(
      '--format <name>',
      `of the copies: ${CLIP_FORMATS.join(', ')}; gwclip and glb hold events`,
      'gwclip',
    )
    .option('--force', 'replace files that are there')
    .option('--json', 'print the report as JSON, with every stretch')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway tag library --tagger taggers/clips --out tagged\n  gaitway tag --manifest clips/manifest.json --tagger taggers/clips',
    )
    .action(async (clips: string[], raw: unknown) => {
      const { json, manifest, out, ...flags } = parseFlags(Flags, raw);
      if ((manifest === undefined) === (clips.length === 0))
        throw new GaitwayError('cli/usage', 'tag wants either clips or --manifest, and not both.');
      const progress = makeProgress(context, 'tag');
      const report = await tagStage({
        ...flags,
        ...(manifest === undefined ? { clips } : { manifest }),
        ...(out !== undefined && { out }),
        signal: context.signal,
        onProgress: progress.update,
      }).finally(() => progress.end());
      const ok = report.failed.length === 0;
      noteWarnings(context, report.warnings);
      if (json) context.print(JSON.stringify({ ok, ...report }, null, 2));
      else {
        for (const file of report.tagged) context.print(inWords(file));
        for (const line of tagScoresText(report.scores ?? [])) context.print(line);
      }
      for (const { clip, message, code } of report.failed)
        context.note(`error: ${clip}: ${message} [${code}]`);
      if (!ok) throw new CommandFailed();
    });
}

function inWords({ clip, file, frames, rateHz, tags, spans }: TaggedFile): string {
  const held = tags.flatMap((tag) => {
    const own = spans.filter((span) => span.tag === tag);
    const count = own.reduce((sum, { first, last }) => sum + last - first + 1, 0);
    return count === 0 ? [] : [`${tag} ${((100 * count) / frames).toFixed(0)} % (${own.length}×)`];
  });
  return `${file ?? clip}: ${held.length === 0 ? 'no tag holds' : held.join(', ')}; ${frames} frames at ${rateHz} Hz`;
}
