import { Command } from 'commander';
import { z } from 'zod';
import { GaitwayError } from '../../errors.js';
import { DECODERS, ENGINE_NAMES, FAMILY_NAMES, PRETRAININGS, RESIDUAL_FAMILIES } from '../../motion/index.js';
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
  pretrain: z.enum([...PRETRAININGS, 'none'], `${PRETRAININGS.join(', ')} or none is wanted`).optional(),
  pretrainEpochs: z.coerce.number().int().min(1).max(10_000).optional(),
  decoder: z.enum(DECODERS, `${DECODERS.join(' or ')} is wanted`).optional(),
  pairEpochs: z.coerce.number().int().min(1).max(10_000).optional(),
  jumpWeight: z.coerce.number().min(0).max(100).optional(),
  whiten: z.boolean().optional(),
  for: z.enum(['retrieval', 'play'], 'retrieval or play is wanted').default('retrieval'),
  engine: z.enum(['auto', ...ENGINE_NAMES], `auto, ${ENGINE_NAMES.join(', ')} is wanted`).default('auto'),
  force: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** The network sees through a few bent paths; the linear map would only grow deaf to all of them. */
const noiseShareOf = (encoder: string): number => (encoder === 'linear' ? 0 : 0.016);

/** A game asks with predicted paths: learning a few takes 1 cm from their error, and more of them costs on true ones. */
const PREDICTED_SHARE = 0.02;

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
      'share of moments learned with a bent path ahead, 0 to 1; 0 for linear and 0.016 for networks by default',
    )
    .option(
      '--predicted-share <share>',
      'share of moments learned with the path that a spring controller predicts, 0 to 1; 0.02 by default (networks)',
    )
    .option(
      '--stochastic-depth <share>',
      `share of the batches in which the last residual block is left out, less for earlier ones (${RESIDUAL_FAMILIES.join(', ')})`,
      '0',
    )
    .option(
      '--pretrain <objective>',
      `what the network learns first, to give back what it sees: ${PRETRAININGS.join(', ')} or none; ${PRETRAININGS[0]} by default (networks)`,
    )
    .option('--pretrain-epochs <n>', 'passes over the clips for that; 4 by default')
    .option(
      '--decoder <kind>',
      `how a window is given back then: ${DECODERS.join(' or ')} convolution (convolutional networks); resize by default`,
    )
    .option('--pair-epochs <n>', 'passes of metric learning on hard pairs, after all else (networks)')
    .option(
      '--jump-weight <weight>',
      'how much the jump at a match counts beside what follows; 0.45 by default (networks)',
    )
    .option('--whiten', 'let latents vary equally along each of their directions (networks)')
    .option(
      '--for <use>',
      'retrieval: latents alone; play: hand-made numbers of feet, hip and path beside them, for databases that are played',
      'retrieval',
    )
    .option('--engine <name>', `what computes (networks): auto, ${ENGINE_NAMES.join(', ')}`, 'auto')
    .option('--force', 'replace an encoder that is there')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway train --manifest clips/manifest.json --encoder linear --out encoders/linear\n  gaitway train library --encoder mlp --out encoders/mlp',
    )
    .action(async (clips: string[], raw: unknown) => {
      const {
        json,
        rate,
        noiseShare,
        predictedShare,
        stochasticDepth,
        manifest,
        pretrain,
        pretrainEpochs,
        decoder,
        pairEpochs,
        jumpWeight,
        whiten,
        for: use,
        ...flags
      } = parseFlags(Flags, raw);
      const objectives = {
        ...(pretrain && { pretraining: pretrain }),
        ...(pretrainEpochs !== undefined && { pretrainingEpochs: pretrainEpochs }),
        ...(decoder && { decoder }),
        ...(pairEpochs !== undefined && { pairEpochs }),
        ...(jumpWeight !== undefined && { jumpWeight }),
        ...(whiten && { whiten }),
      };
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
      if (Object.keys(objectives).length > 0 && flags.encoder === 'linear') {
        throw new GaitwayError(
          'cli/usage',
          '--pretrain, --decoder, --pair-epochs, --jump-weight and --whiten are for networks; linear is fitted in one step.',
        );
      }
      if ((decoder ?? pretrainEpochs) !== undefined && pretrain === 'none') {
        throw new GaitwayError(
          'cli/usage',
          `--decoder and --pretrain-epochs say how to pre-train; leave --pretrain none out, or take ${PRETRAININGS.join(', ')}.`,
        );
      }
      if (decoder && flags.encoder === 'mlp') {
        throw new GaitwayError(
          'cli/usage',
          '--decoder is for convolutional networks: the mlp sees no window in time that could be made longer.',
        );
      }
      const progress = makeProgress(context, 'train');
      const report = await trainStage({
        ...flags,
        ...(manifest === undefined ? { clips } : { manifest }),
        rateHz: rate,
        version: VERSION,
        page: trainingPage,
        survival: 1 - stochasticDepth,
        objectives,
        forPlay: use === 'play',
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
