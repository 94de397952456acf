import { Command } from 'commander';
import { z } from 'zod';
import { GaitwayError } from '../../errors.js';
import {
  findProject,
  openFeatureSchema,
  requireProject,
  saveSchema,
  schemaOfProject,
  tuneStage,
} from '../../pipeline/index.js';
import type { CliContext } from '../context.js';
import { scoreText } from '../evaluation/score-text.js';
import { parseFlags } from '../flags.js';
import { noteWarnings } from '../note-warnings.js';
import { makeProgress } from '../progress.js';
import { alignColumns } from '../table.js';

const share = z.coerce.number('a number from 0 to 1 is wanted').min(0).max(1);
const Flags = z.strictObject({
  manifest: z.string().min(1).optional(),
  family: z.string().min(1).optional(),
  schema: z.string().min(1).optional(),
  encoder: z.string('a folder is wanted').min(1).optional(),
  out: z.string('the name of a .json file is wanted').min(1),
  split: z.boolean().default(true),
  queryNoise: share.default(0),
  jump: z.coerce.number('a number is wanted').min(0).max(100).default(0.5),
  turn: z.coerce.number('a number is wanted').min(0).max(100).default(0.5),
  rate: z.coerce.number('a number of frames per second is wanted').positive().max(240).optional(),
  save: z.boolean().default(false),
  seed: z.coerce.number('a whole number is wanted').int().min(0).max(2_147_483_647).default(1),
  force: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** `tune`: clips and a feature schema in, the same schema with fitted weights out. */
export function tuneCommand(context: CliContext): Command {
  return new Command('tune')
    .summary('fit the weights of a feature schema to clips')
    .description(
      'Fit the weights of a feature schema, one a sample and joint as stock Unreal has them, so that the frame found goes on as the one that asked. Clips that were kept back say what it brought: the test split of a manifest, else a fifth of the clips.',
    )
    .argument('[clips...]', 'BVH, FBX, glTF or .gwclip files, or folders of them')
    .option('--manifest <file>', 'JSON list of clips with their split, instead of clips')
    .option('--family <name>', 'only clips of this family of skeletons of the manifest')
    .option(
      '--schema <name>',
      'features to weigh: holden, hand-made, ue54 or a JSON file; "schema" of gaitway.json by default, ue54 outside of a project',
    )
    .option(
      '--encoder <dir>',
      'let the weights follow the ranking of this encoder (a folder that `train` wrote), its latents’ distance, instead of what truly goes on alike',
    )
    .requiredOption('-o, --out <file>', 'schema to write (.json), for `build --schema`')
    .option(
      '--no-split',
      'keep one weight for all quantities of a sample or joint; by default each gets its own, in a sample or joint of its own',
    )
    .option(
      '--query-noise <share>',
      'share of the queries, 0 to 1, whose path ahead is bent as a stick bends it',
      '0',
    )
    .option(
      '--jump <weight>',
      'centimetres of future error that a centimetre of jump at the match is worth; with --encoder, for the weights that it is compared with',
      '0.5',
    )
    .option(
      '--turn <weight>',
      'centimetres of future error that a degree is worth by which what follows faces elsewhere; with --encoder, as --jump',
      '0.5',
    )
    .option('--rate <hz>', 'frames per second to resample to; the encoder’s, else the schema’s by default')
    .option('--seed <n>', 'of held-out clips and of noise', '1')
    .option('--save', 'write the schema into the project’s gaitway.json too, for every command to take')
    .option('--force', 'replace a schema that is there')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway tune retargeted --schema ue54 --out tuned.json\n  gaitway tune --manifest library/manifest.json --schema ue54 --query-noise 0.1 --out tuned.json\n  gaitway tune --manifest library/manifest.json --schema ue54 --encoder encoders/mlp --out distilled.json',
    )
    .action(async (clips: string[], raw: unknown) => {
      const { json, rate, manifest, family, schema, encoder, queryNoise, jump, turn, save, ...flags } =
        parseFlags(Flags, raw);
      if ((manifest === undefined) === (clips.length === 0)) {
        throw new GaitwayError('cli/usage', 'tune wants either clips or --manifest, and not both.');
      }
      if (family !== undefined && manifest === undefined) {
        throw new GaitwayError(
          'cli/usage',
          '--family is one of a manifest’s families; name one with --manifest.',
        );
      }
      const project = schema === undefined ? findProject(process.cwd()) : undefined;
      const saveIn = save ? requireProject(process.cwd()) : undefined;
      const progress = makeProgress(context, 'reading clips');
      const report = await tuneStage({
        ...flags,
        ...(manifest === undefined ? { clips } : { manifest }),
        ...(family !== undefined && { family }),
        ...(encoder !== undefined && { encoder }),
        ...(rate !== undefined && { rateHz: rate }),
        schema: schema ?? (project ? schemaOfProject(project) : 'ue54'),
        noiseShare: queryNoise,
        jumpWeight: jump,
        turnWeight: turn,
        signal: context.signal,
        onProgress: progress.update,
        onNote: progress.note,
      }).finally(() => progress.end());
      noteWarnings(context, report.warnings);
      if (saveIn) context.note(`wrote ${await saveSchema(saveIn, await openFeatureSchema(report.out))}`);
      if (json) {
        context.print(JSON.stringify({ ok: true, ...report }, null, 2));
        return;
      }
      const weights = report.groups.map(({ name, factor }) => [`  ${name}`, `× ${factor.toPrecision(3)}`]);
      context.print(
        [
          `${report.out}: ${report.schema}, fitted to ${report.encoder ? `what the ${report.encoder.kind} encoder finds in ` : ''}${report.fittedClips} clips with ${report.questions} questions`,
          '',
          'what counts how much more than before',
          alignColumns(weights),
          '',
          `on ${report.heldOutClips} clips that were kept back`,
          scoreText(report.score),
        ].join('\n'),
      );
    });
}
