import { GaitwayError } from '../../errors.js';
import { seededRandom } from '../../math/random.js';
import { type AdamState, adamStep, freshAdam } from './adam.js';
import { makeAnswerer } from './answers.js';
import type { Engine } from './engine/engine.js';
import { gradientProgram } from './engine/gradients.js';
import { type Architecture, survivals } from './layers.js';
import { trainingProblem } from './loss.js';
import { initialParameters, type Parameter } from './parameters.js';

/** A table of inputs [count, inputs] and of what should come out [count, outputs]. */
export interface Examples {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly count: number;
}

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

export interface EpochReport {
  readonly epoch: number;
  /** Centimetres: of the first examples of the epoch, and of the held-out ones. */
  readonly trainCm: number;
  readonly heldOutCm: number;
}

/** All that is needed to go on where training stopped. */
export interface TrainingState {
  readonly parameters: Parameter[];
  readonly best: readonly Float32Array[];
  readonly adam: AdamState;
  readonly curve: EpochReport[];
}

/** What is about to be done, told before it starts. */
export interface TrainingForecast {
  readonly parameters: number;
  readonly examples: number;
  readonly epochs: number;
  /** Tables of examples, and the parameters with what the optimiser remembers of them. */
  readonly bytes: number;
  /** From three steps that change nothing; nothing where no clock is given. */
  readonly secondsPerEpoch?: number;
}

export interface TrainingHooks {
  readonly signal?: AbortSignal;
  /** Milliseconds that pass, for the forecast. */
  readonly now?: () => number;
  readonly onForecast?: (forecast: TrainingForecast) => void;
  readonly onStep?: (step: number, steps: number, lastEpoch: EpochReport | undefined) => void;
  /** Awaited after every epoch, so that a checkpoint is whole before training goes on. */
  readonly onEpoch?: (state: TrainingState) => Promise<void>;
}

const WARM_UP_STEPS = 200;
/** Steps between two looks at the outside world (abort). */
const STEPS_PER_BREATH = 20;

/** The learning rate rises over the first steps and then falls along a half cosine. */
export function rateAt(step: number, steps: number, highest: number): number {
  return highest * Math.min(1, step / WARM_UP_STEPS) * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
}

export function freshState(architecture: Architecture, seed: number): TrainingState {
  const parameters = initialParameters(architecture, seed);
  return {
    parameters,
    best: parameters.map(({ values }) => Float32Array.from(values)),
    adam: freshAdam(parameters),
    curve: [],
  };
}

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
  const { architecture, shortcut } = task;
  const batch = Math.min(settings.batch, task.exampleCount);
  const batches = Math.floor(task.exampleCount / batch);
  const steps = batches * settings.epochs;
  const survival = survivals(architecture.trunk);
  const gradientsOf = await engine.compile(gradientProgram(trainingProblem(architecture, batch)));
  const answerer = await makeAnswerer(engine, architecture, shortcut);
  const x = new Float32Array(batch * architecture.inputs);
  const y = new Float32Array(batch * architecture.outputs);
  const keep = new Float32Array(Math.max(1, survival.length));
  const values = state.parameters.map((parameter) => parameter.values);
  try {
    if (onForecast) {
      keep.fill(1);
      const step = now && (await msOfStep(() => gradientsOf.run([...values, x, y, shortcut, keep]), now));
      onForecast({
        parameters: values.reduce((sum, { length }) => sum + length, 0),
        examples: task.exampleCount,
        epochs: settings.epochs - state.curve.length,
        bytes: bytesOf(task, values),
        ...(step !== undefined && { secondsPerEpoch: (step * batches) / 1000 }),
      });
    }
    let best = Math.min(...state.curve.map(({ heldOutCm }) => heldOutCm), Number.POSITIVE_INFINITY);
    for (let epoch = state.curve.length; epoch < settings.epochs; epoch++) {
      if (sinceBest(state.curve) >= settings.patience) break;
      const examples = task.examplesOf(epoch);
      const order = shuffled(examples.count, settings.seed + 7919 * (epoch + 1));
      const random = seededRandom(settings.seed + 15485863 * (epoch + 1));
      for (let b = 0; b < batches; b++) {
        if (b % STEPS_PER_BREATH === 0) {
          await breath();
          if (signal?.aborted)
            throw new GaitwayError('encoder/cancelled', `Training was stopped in epoch ${epoch + 1}.`, {
              epoch,
            });
          onStep?.(epoch * batches + b, steps, state.curve.at(-1));
        }
        const picked = order.subarray(b * batch, (b + 1) * batch);
        pick(examples, picked, architecture, x, y);
        survival.forEach((share, n) => {
          keep[n] = random.uniform() < share ? 1 : 0;
        });
        const [loss, ...gradients] = await gradientsOf.run([...values, x, y, shortcut, keep]);
        if (!Number.isFinite(loss[0]))
          throw notFinite(loss[0], epoch + 1, b + 1, task.sourceOf(picked[mostExtreme(x, picked.length)]));
        const rate = rateAt(state.adam.step + 1, steps, settings.learningRate);
        adamStep(state.parameters, gradients, state.adam, rate, settings.weightDecay);
      }
      const errorOf = async (some: Examples): Promise<number> =>
        task.centimetres(await answerer.answers(values, some.x, some.count), some.y);
      const report = {
        epoch: epoch + 1,
        trainCm: await errorOf(firstExamples(examples, architecture, task.heldOut.count)),
        heldOutCm: await errorOf(task.heldOut),
      };
      state.curve.push(report);
      if (report.heldOutCm < best) {
        best = report.heldOutCm;
        values.forEach((array, n) => {
          state.best[n].set(array);
        });
      }
      await onEpoch?.(state);
    }
    return state;
  } finally {
    await gradientsOf.dispose();
    await answerer.dispose();
  }
}

const FORECAST_STEPS = 3;

/** The middle of three steps, after one to warm up. */
async function msOfStep(step: () => Promise<unknown>, now: () => number): Promise<number> {
  await step();
  const times: number[] = [];
  for (let n = 0; n < FORECAST_STEPS; n++) {
    const from = now();
    await step();
    times.push(now() - from);
  }
  return times.sort((a, b) => a - b)[1];
}

/** Inputs are held twice, clean and bent; of parameters there are five kinds: value, best, gradient, two of Adam. */
function bytesOf(
  { architecture, exampleCount, heldOut }: TrainingTask,
  values: readonly Float32Array[],
): number {
  const { inputs, outputs } = architecture;
  const numbers =
    exampleCount * (2 * inputs + outputs) +
    heldOut.count * (inputs + outputs) +
    5 * values.reduce((sum, { length }) => sum + length, 0);
  return numbers * Float32Array.BYTES_PER_ELEMENT;
}

/** Lets timers and signals have their turn. */
const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function pick(
  examples: Examples,
  picked: Int32Array,
  { inputs, outputs }: Architecture,
  x: Float32Array,
  y: Float32Array,
): void {
  picked.forEach((from, to) => {
    x.set(examples.x.subarray(from * inputs, (from + 1) * inputs), to * inputs);
    y.set(examples.y.subarray(from * outputs, (from + 1) * outputs), to * outputs);
  });
}

/** The row that holds a number that is none, else the largest number. */
function mostExtreme(x: Float32Array, rows: number): number {
  let at = 0;
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i])) {
      at = i;
      break;
    }
    if (Math.abs(x[i]) > Math.abs(x[at])) at = i;
  }
  return Math.floor(at / (x.length / rows));
}

function notFinite(loss: number, epoch: number, batch: number, source: string): GaitwayError {
  return new GaitwayError(
    'encoder/not-finite-loss',
    `The loss became ${loss} in epoch ${epoch}, batch ${batch}, whose most extreme input is ${source}: that clip holds wild or missing numbers, or the learning rate is too high. Look at the clip, or leave it out.`,
    { epoch, batch, source },
  );
}

function sinceBest(curve: readonly EpochReport[]): number {
  const errors = curve.map(({ heldOutCm }) => heldOutCm);
  return errors.length === 0 ? 0 : errors.length - 1 - errors.indexOf(Math.min(...errors));
}

function shuffled(count: number, seed: number): Int32Array {
  const random = seededRandom(seed);
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const other = order[j];
    order[j] = order[i];
    order[i] = other;
  }
  return order;
}

function firstExamples({ x, y, count }: Examples, { inputs, outputs }: Architecture, most: number): Examples {
  const kept = Math.min(count, most);
  return { x: x.subarray(0, kept * inputs), y: y.subarray(0, kept * outputs), count: kept };
}
