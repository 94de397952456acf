import { GaitwayError } from '../../errors.js';
import { seededRandom } from '../../math/random.js';
import { adamStep } from './adam.js';
import { makeAnswerer } from './answers.js';
import type { DescentHooks } from './descend.js';
import type { Engine } from './engine/engine.js';
import { gradientProgram } from './engine/gradients.js';
import { drawBatches, type Examples, firstExamples, gather, mostExtremeRow } from './examples.js';
import { type Architecture, survivals } from './layers.js';
import { trainingProblem } from './loss.js';
import type { Parameter } from './parameters.js';
import { rateAt } from './rate.js';
import { bytesOfTraining, msOfStep, type TrainingForecast } from './training-forecast.js';
import {
  type EpochReport,
  endEpoch,
  epochsSinceBest,
  freshState,
  type PretrainingReport,
  type TrainingState,
} from './training-state.js';

export interface TrainingTask {
  readonly architecture: Architecture;
  /** [inputs, outputs]: a fixed linear answer; the network learns what it leaves over. */
  readonly shortcut: Float32Array;
  /** The examples of one epoch; may differ from epoch to epoch (noise), never from run to run. */
  readonly examplesOf: (epoch: number) => Examples;
  /** How many examples every epoch has. */
  readonly exampleCount: number;
  readonly heldOut: Examples;
  /** The error of answers `[count, outputs]` to the held-out examples, in centimetres. */
  readonly centimetres: (answers: Float32Array, truth: Float32Array) => number;
  /** What is learned before the first epoch, into the parameters. */
  readonly pretrain?: (parameters: readonly Parameter[]) => Promise<PretrainingReport>;
  /** Where an example of an epoch comes from: clip and frame, for error sentences. */
  readonly sourceOf: (example: number) => string;
}

export interface TrainingSettings {
  readonly seed: number;
  readonly epochs: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Epochs without a better held-out error after which training stops. */
  readonly patience: number;
}

export interface TrainingHooks extends DescentHooks {
  /** Milliseconds that pass, for the forecast. */
  readonly now?: () => number;
  readonly onForecast?: (forecast: TrainingForecast) => void;
  readonly onStep?: (step: number, steps: number, lastEpoch: EpochReport | undefined) => void;
  /** Awaited after every epoch, so that a checkpoint is whole before training goes on. */
  readonly onEpoch?: (state: TrainingState) => Promise<void>;
}

/** Steps between two looks at the outside world (abort). */
const STEPS_PER_BREATH = 20;

/**
 * Trains until the epochs are over or the held-out error has not fallen for `patience` epochs.
 *
 * Batches and noise of an epoch depend on the seed and the epoch alone, so a run that goes on from a checkpoint ends
 * with the same bytes as one that was never stopped. Of every epoch the last,
 * incomplete batch is left out; fewer examples than a batch make one.
 *
 * In training, residual blocks are left out by their survival, batch by batch.
 *
 * @returns The state whose `best` holds the weights of the least held-out error.
 * @throws GaitwayError `encoder/cancelled` on abort; `encoder/not-finite-loss` where training blows up, with the
 *   epoch, the batch and a clip.
 */
export async function trainNetwork(
  engine: Engine,
  task: TrainingTask,
  settings: TrainingSettings,
  state: TrainingState = freshState(task.architecture, settings.seed),
  { signal, now, onForecast, onStep, onEpoch }: TrainingHooks = {},
): Promise<TrainingState> {
  const { architecture, shortcut, exampleCount } = task;
  const { inputs, outputs } = architecture;
  const batch = Math.min(settings.batch, exampleCount);
  const batchCount = Math.floor(exampleCount / batch);
  const steps = batchCount * settings.epochs;
  const survival = survivals(architecture.trunk);
  const gradientsOf = await engine.compile(gradientProgram(trainingProblem(architecture, batch)));
  const answerer = await makeAnswerer(engine, architecture, shortcut);
  const x = new Float32Array(batch * inputs);
  const y = new Float32Array(batch * outputs);
  const keep = new Float32Array(Math.max(1, survival.length));
  const values = state.parameters.map((parameter) => parameter.values);
  const gradients = (): Promise<Float32Array[]> => gradientsOf.run([...values, x, y, shortcut, keep]);
  try {
    if (onForecast) {
      keep.fill(1);
      const parameters = values.reduce((sum, { length }) => sum + length, 0);
      onForecast({
        parameters,
        examples: exampleCount,
        epochs: settings.epochs - state.curve.length,
        bytes: bytesOfTraining({
          examples: exampleCount,
          heldOut: task.heldOut.count,
          inputs,
          outputs,
          parameters,
        }),
        ...(now && { secondsPerEpoch: ((await msOfStep(gradients, now)) * batchCount) / 1000 }),
      });
    }
    if (task.pretrain && state.curve.length === 0) state.pretrained = await task.pretrain(state.parameters);
    for (let epoch = state.curve.length; epoch < settings.epochs; epoch++) {
      if (epochsSinceBest(state) >= settings.patience) break;
      const examples = task.examplesOf(epoch);
      const random = seededRandom(settings.seed + 15485863 * (epoch + 1));
      const batches = drawBatches(examples.count, batch, settings.seed + 7919 * (epoch + 1));
      for (const [b, picked] of batches.entries()) {
        if (b % STEPS_PER_BREATH === 0) {
          await breath();
          if (signal?.aborted) throw cancelled(epoch + 1);
          onStep?.(epoch * batchCount + b, steps, state.curve.at(-1));
        }
        gather(examples, picked, architecture, x, y);
        survival.forEach((share, n) => {
          keep[n] = random.uniform() < share ? 1 : 0;
        });
        const [loss, ...slopes] = await gradients();
        if (!Number.isFinite(loss[0]))
          throw notFinite(loss[0], epoch + 1, b + 1, task.sourceOf(picked[mostExtremeRow(x, batch)]));
        const rate = rateAt(state.adam.step + 1, steps, settings.learningRate);
        adamStep(state.parameters, slopes, state.adam, rate, settings.weightDecay);
      }
      const errorOf = async (some: Examples): Promise<number> =>
        task.centimetres(await answerer.answers(values, some.x, some.count), some.y);
      endEpoch(state, {
        epoch: epoch + 1,
        trainCm: await errorOf(firstExamples(examples, architecture, task.heldOut.count)),
        heldOutCm: await errorOf(task.heldOut),
      });
      await onEpoch?.(state);
    }
    return state;
  } finally {
    await gradientsOf.dispose();
    await answerer.dispose();
  }
}

/** Lets timers and signals have their turn. */
const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function cancelled(epoch: number): GaitwayError {
  return new GaitwayError('encoder/cancelled', `Training was stopped in epoch ${epoch}.`, { epoch });
}

function notFinite(loss: number, epoch: number, batch: number, source: string): GaitwayError {
  return new GaitwayError(
    'encoder/not-finite-loss',
    `The loss became ${loss} in epoch ${epoch}, batch ${batch}, whose most extreme input is ${source}: that clip holds wild or missing numbers, or the learning rate is too high. Look at the clip, or leave it out.`,
    { epoch, batch, source },
  );
}
