import type { Tensor2D } from '@tensorflow/tfjs';
import { seededRandom } from '../../../math/random.js';
import { type DescentHooks, descend } from '../descend.js';
import type { Engine } from '../engine/engine.js';
import { drawBatches, mostExtremeRow } from '../examples.js';
import { type Architecture, parametersOf } from '../layers.js';
import type { Parameter } from '../parameters.js';
import type { PretrainingReport } from '../training-state.js';
import { type Autoencoder, CODE, makeAutoencoder, type Pretraining } from './autoencoder.js';
import { checkerboardShare } from './checkerboard.js';
import type { DecoderKind } from './decoder.js';

export interface PretrainingSettings {
  readonly pretraining: Pretraining;
  readonly decoder: DecoderKind;
  readonly pretrainingEpochs: number;
  readonly seed: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** What a network learns to give back: scaled inputs x [count, inputs], and clip and frame of each for error sentences. */
export interface PretrainingExamples {
  readonly x: Float32Array;
  readonly count: number;
  readonly sourceOf: (example: number) => string;
}

/** Spoiling: this share of the numbers is lost (becomes the mean), and the others tremble by so much of their spread. */
const LOST = 0.2;
const TREMBLE = 0.3;

/**
 * Teaches a network to give back what it sees, and puts what its layers learned into `parameters`; the last layer and auxiliary heads stay fresh.
 *
 * @throws GaitwayError those of `descend`.
 */
export async function pretrain(
  engine: Engine,
  architecture: Architecture,
  parameters: readonly Parameter[],
  { x, count, sourceOf }: PretrainingExamples,
  settings: PretrainingSettings,
  hooks: DescentHooks = {},
): Promise<PretrainingReport> {
  const { pretraining, decoder, pretrainingEpochs, seed } = settings;
  const batch = Math.min(settings.batch, count);
  const { inputs } = architecture;
  const autoencoder = makeAutoencoder(architecture, pretraining, decoder, batch);
  const learned = autoencoder.freshParameters(seed);
  const perEpoch = Math.floor(count / batch);
  const [seen, wanted] = [new Float32Array(batch * inputs), new Float32Array(batch * inputs)];
  const noise = new Float32Array(batch * CODE);
  const random = seededRandom(seed + 2);
  let batches: Int32Array[] = [];
  const loss = await descend(
    engine,
    autoencoder.problem,
    learned,
    {
      what: 'Pre-training',
      steps: perEpoch * pretrainingEpochs,
      learningRate: settings.learningRate,
      weightDecay: settings.weightDecay,
      inputsOf(step) {
        const b = step % perEpoch;
        if (b === 0) batches = drawBatches(count, batch, seed + 6151 * (step + 1));
        batches[b].forEach((from, to) => {
          wanted.set(x.subarray(from * inputs, (from + 1) * inputs), to * inputs);
        });
        seen.set(wanted);
        if (pretraining === 'denoising')
          for (let i = 0; i < seen.length; i++)
            seen[i] = random.uniform() < LOST ? 0 : seen[i] + TREMBLE * random.normal();
        if (pretraining === 'vae') for (let i = 0; i < noise.length; i++) noise[i] = random.normal();
        return [seen, wanted, noise];
      },
      sourceOf: (step) => sourceOf(batches[step % perEpoch][mostExtremeRow(wanted, batch)]),
    },
    hooks,
  );
  // The layers of the trunk and the head, but for the code's own weights and bias.
  const shared = parametersOf(autoencoder.encoder).length - 2;
  for (let n = 0; n < shared; n++) parameters[n].values.set(learned[n].values);
  const report = { loss };
  if (autoencoder.window.time === 1) return report;
  return { ...report, checkerboard: await checkerboardOf(engine, autoencoder, learned, x, batch) };
}

/** How alike are the window and what is made of its code, over the first examples? */
async function checkerboardOf(
  engine: Engine,
  { encoder, window, given, giveBack }: Autoencoder,
  parameters: readonly Parameter[],
  x: Float32Array,
  batch: number,
): Promise<number> {
  const compiled = await engine.compile({
    inputs: [...parameters.map(({ shape }) => shape), [batch, encoder.inputs]],
    outputs: (tf, tensors) => {
      const seen = tensors[parameters.length] as Tensor2D;
      return [giveBack(tf, tensors.slice(0, parameters.length) as Tensor2D[], seen), given(tf, seen)];
    },
  });
  try {
    const first = x.slice(0, batch * encoder.inputs);
    const [back, wanted] = await compiled.run([...parameters.map(({ values }) => values), first]);
    return checkerboardShare(back, wanted, window.time, window.channels);
  } finally {
    await compiled.dispose();
  }
}
