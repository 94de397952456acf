import { Command } from 'commander';
import { z } from 'zod';
import { GaitwayError } from '../../errors.js';
import { analyseDatabase } from '../../motion/index.js';
import {
  evaluateManifest,
  openDatabase,
  openFeatureSchema,
  readChoices,
  writeFileAtomic,
} from '../../pipeline/index.js';
import type { CliContext } from '../context.js';
import { databaseText } from '../evaluation/database-text.js';
import { type Evaluation, evaluationPage } from '../evaluation/page.js';
import { scoreText } from '../evaluation/score-text.js';
import { parseFlags } from '../flags.js';
import { makeProgress } from '../progress.js';

const Flags = z.strictObject({
  manifest: z.string().min(1).optional(),
  family: z.string().min(1).optional(),
  schema: z.string().min(1).optional(),
  latents: z.string().min(1).optional(),
  queryLatents: z.string().min(1).optional(),
  chosen: z.string().min(1).optional(),
  sample: z.coerce.number('a whole number is wanted').int().min(1).max(10_000_000).default(10_000),
  pop: z.coerce.number('a number of centimetres is wanted').positive().max(1000).default(8),
  seed: z.coerce.number('a whole number is wanted').int().min(0).max(2_147_483_647).default(1),
  maxFrames: z.coerce.number('a whole number of frames is wanted').int().min(1).optional(),
  rate: z.coerce.number('a number of frames per second is wanted').positive().max(240).default(30),
  html: z.string().min(1).optional(),
  force: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** `evaluate`: what a database holds, and how well ways to search it find frames with the right future. */
export function evaluateCommand(context: CliContext): Command {
  return new Command('evaluate')
    .summary('say how good a database or an encoder is')
    .description(
      'With a database: what it covers and what to record next, which frames are dead, repeated or never chosen, where play pops, sticks or cannot get to, and what Unreal’s search would miss. With a manifest: how well hand-made features, Unreal’s default, latents and an oracle find frames whose future resembles the query’s; its train split is searched, its test split asks.',
    )
    .argument('[database]', 'motion database (.gwdb)')
    .option('--manifest <file>', 'JSON list of clips with their split: {files: [{name, split, …}], families}')
    .option('--family <name>', 'only clips of this family of skeletons of the manifest')
    .option('--schema <file>', 'score this feature schema too: a name or a JSON file')
    .option('--latents <folder>', 'score latents of the manifest’s clips, as `encode` writes them')
    .option('--query-latents <folder>', 'latents of the test clips, where queries are encoded otherwise')
    .option(
      '--max-frames <n>',
      'score the schema in a database that is pruned to so many frames, too (hand-made without --schema)',
    )
    .option('--rate <hz>', 'frames per second to resample the manifest’s clips to', '30')
    .option('--sample <frames>', 'frames of the database that are looked at closely, drawn evenly', '10000')
    .option('--pop <cm>', 'jump of the pose from which a transition is seen', '8')
    .option('--chosen <file>', 'how often play chose each frame, as `simulate --chosen` writes it')
    .option('--seed <n>', 'of the frames drawn and the queries made', '1')
    .option('--html <file>', 'write the report as a page with drawings, too')
    .option('--force', 'replace a page that is there')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway evaluate motion.gwdb\n  gaitway evaluate --manifest library/manifest.json --latents latents --html report.html',
    )
    .action(async (file: string | undefined, raw: unknown) => {
      const flags = parseFlags(Flags, raw);
      if (file === undefined && flags.manifest === undefined) {
        throw new GaitwayError('cli/usage', 'Name a database, or a manifest with --manifest, or both.');
      }
      for (const name of ['latents', 'queryLatents', 'schema', 'family', 'maxFrames'] as const) {
        if (flags[name] === undefined || flags.manifest !== undefined) continue;
        throw new GaitwayError(
          'cli/usage',
          `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} is scored on the clips of a manifest; name one with --manifest.`,
        );
      }
      if (flags.queryLatents !== undefined && flags.latents === undefined) {
        throw new GaitwayError(
          'cli/usage',
          '--query-latents needs the database’s latents too; name them with --latents.',
        );
      }
      if (flags.chosen !== undefined && file === undefined) {
        throw new GaitwayError('cli/usage', '--chosen counts frames of a database; name the database, too.');
      }
      const evaluation: Evaluation = {
        ...(file !== undefined && { database: await analyse(context, file, flags) }),
        ...(flags.manifest !== undefined && { retrieval: await score(context, flags.manifest, flags) }),
      };
      if (flags.html !== undefined) {
        await writeFileAtomic(flags.html, evaluationPage(evaluation), { force: flags.force });
        context.note(`wrote ${flags.html}`);
      }
      if (flags.json) {
        context.print(JSON.stringify({ ok: true, ...evaluation }, null, 2));
        return;
      }
      const { database, retrieval } = evaluation;
      const parts = [
        ...(database ? [databaseText(database.file, database)] : []),
        ...(retrieval ? [scoreText(retrieval)] : []),
      ];
      context.print(parts.join('\n\n'));
    });
}

type Asked = z.infer<typeof Flags>;

async function analyse(
  context: CliContext,
  file: string,
  { chosen, sample, pop, seed }: Asked,
): Promise<NonNullable<Evaluation['database']>> {
  const progress = makeProgress(context, 'evaluate');
  const database = await openDatabase(file);
  const choices = chosen === undefined ? undefined : await readChoices(chosen);
  try {
    const analysis = analyseDatabase(database, {
      probes: sample,
      popCm: pop,
      seed,
      ...(choices && { chosen: choices }),
      progress: progress.update,
    });
    return { file, ...analysis };
  } finally {
    progress.end();
  }
}

async function score(
  context: CliContext,
  manifest: string,
  { family, schema, latents, queryLatents, rate, maxFrames }: Asked,
): Promise<NonNullable<Evaluation['retrieval']>> {
  const progress = makeProgress(context, 'reading clips');
  const retrieval = await evaluateManifest({
    manifest,
    rateHz: rate,
    ...(family !== undefined && { family }),
    ...(schema !== undefined && { schemas: { [`schema ${schema}`]: await openFeatureSchema(schema) } }),
    ...(latents !== undefined && { latents }),
    ...(queryLatents !== undefined && { queryLatents }),
    ...(maxFrames !== undefined && { maxFrames }),
    signal: context.signal,
    onProgress: progress.update,
    onMethod: (method) => progress.note(`scoring ${method}`),
  }).finally(() => progress.end());
  return { manifest, ...retrieval };
}
