import { Command } from 'commander';
import { z } from 'zod';
import { GaitwayError } from '../../errors.js';
import { ENGINE_NAMES, FAMILY_NAMES, RESIDUAL_FAMILIES } from '../../motion/index.js';
import { ENCODER_KINDS, trainStage } from '../../pipeline/index.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';
import { noteWarnings } from '../note-warnings.js';
import { makeProgress } from '../progress.js';
import { trainingPage } from '../training-page.js';
import { VERSION } from '../version.js';

const Flags = z.strictObject({
  manifest: z.string().min(1).optional(),
  encoder: z.enum(ENCODER_KINDS, `one of ${ENCODER_KINDS.join(', ')} is wanted`).default('mlp'),
  out: z.string('a folder is wanted').min(1),
  dim: z.coerce.number().int().min(1).max(64).default(16),
  rate: z.coerce.number().positive().max(240).default(30),
  seed: z.coerce.number().int().min(0).max(2_147_483_647).default(1),
  epochs: z.coerce.number().int().min(1).max(10_000).default(12),
  stochasticDepth: z.coerce.number().min(0).max(0.9).default(0),
  noiseShare: z.coerce.number().min(0).max(1).optional(),
  predictedShare: z.coerce.number().min(0).max(1).optional(),
  engine: z.enum(['auto', ...ENGINE_NAMES], `auto, ${ENGINE_NAMES.join(', ')} is wanted`).default('auto'),
  force: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** The network sees through a few bent paths; the linear map would only grow deaf to all of them. */
const noiseShareOf = (encoder: string): number => (encoder === 'linear' ? 0 : 0.01);

/** A game asks with predicted paths: learning a few takes 1.3 cm from their error and costs 0.03 cm on true ones. */
const PREDICTED_SHARE = 0.05;

/** `train`: clips in, one learned encoder out. */
export function trainCommand(context: CliContext): Command {
  return new Command('train')
    .summary('train an encoder for motion matching on clips')
    .description(
      'Learn, from clips, numbers whose distance tells how differently motion goes on. With a manifest only its train split is read.',
    )
    .argument('[clips...]', 'BVH, FBX, glTF or .gwclip files, or folders of them')
    .option('--manifest <file>', 'JSON list of clips with their splits, instead of clips')
    .option(
      '--encoder <name>',
      `linear (closed form, seconds) or a network: ${FAMILY_NAMES.join(', ')}`,
      'mlp',
    )
    .requiredOption('-o, --out <folder>', 'new or empty folder for the encoder')
    .option('--dim <n>', 'numbers per moment', '16')
    .option('--rate <hz>', 'frames per second to learn at', '30')
    .option('--seed <n>', 'of weights, batches, noise and held-out clips', '1')
    .option('--epochs <n>', 'passes over the clips, at most (networks)', '12')
    .option(
      '--noise-share <share>',
      'share of moments learned with a bent path ahead, 0 to 1; 0 for linear and 0.01 for networks by default',
    )
    .option(
      '--predicted-share <share>',
      'share of moments learned with the path that a spring controller predicts, 0 to 1; 0.05 by default (networks)',
    )
    .option(
      '--stochastic-depth <share>',
      `share of the batches in which the last residual block is left out, less for earlier ones (${RESIDUAL_FAMILIES.join(', ')})`,
      '0',
    )
    .option('--engine <name>', `what computes (networks): auto, ${ENGINE_NAMES.join(', ')}`, 'auto')
    .option('--force', 'replace an encoder that is there')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway train --manifest clips/manifest.json --encoder linear --out encoders/linear\n  gaitway train library --encoder mlp --out encoders/mlp',
    )
    .action(async (clips: string[], raw: unknown) => {
      const { json, rate, noiseShare, predictedShare, stochasticDepth, manifest, ...flags } = parseFlags(
        Flags,
        raw,
      );
      if ((manifest === undefined) === (clips.length === 0)) {
        throw new GaitwayError('cli/usage', 'train wants either clips or --manifest, and not both.');
      }
      if (stochasticDepth > 0 && !RESIDUAL_FAMILIES.some((family) => family === flags.encoder)) {
        throw new GaitwayError(
          'cli/usage',
          `--stochastic-depth leaves out residual blocks, and ${flags.encoder} has none; ${RESIDUAL_FAMILIES.join(', ')} have.`,
        );
      }
      if (predictedShare !== undefined && flags.encoder === 'linear')
        throw new GaitwayError('cli/usage', '--predicted-share is for networks; linear learns none.');
      const progress = makeProgress(context, 'train');
      const report = await trainStage({
        ...flags,
        ...(manifest === undefined ? { clips } : { manifest }),
        rateHz: rate,
        version: VERSION,
        page: trainingPage,
        survival: 1 - stochasticDepth,
        predictedShare: predictedShare ?? PREDICTED_SHARE,
        noiseShare: noiseShare ?? noiseShareOf(flags.encoder),
        signal: context.signal,
        onProgress: progress.update,
        onNote: progress.note,
      }).finally(() => progress.end());
      noteWarnings(context, report.warnings);
      if (json) {
        context.print(JSON.stringify({ ok: true, ...report }, null, 2));
        return;
      }
      const best = report.curve && Math.min(...report.curve.map(({ heldOutCm }) => heldOutCm));
      context.print(
        `${report.file}: ${report.encoder}, ${report.dim} numbers, from ${report.clips} clips (${report.frames} frames) in ${report.seconds.toFixed(1)} s`,
      );
      if (best !== undefined)
        context.print(
          `error on ${report.heldOutClips?.length} held-out clips: ${best.toFixed(2)} cm (joints over the coming second, root mean square), ${report.curve?.length} epochs`,
        );
    });
}
