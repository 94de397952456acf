import type { Tensor2D } from '@tensorflow/tfjs';
import { GaitwayError } from '../../errors.js';
import { seededRandom } from '../../math/random.js';
import { type AdamState, adamStep, freshAdam } from './adam.js';
import type { Tensorflow } from './backend.js';
import { forward, initialParameters, type Parameter } from './mlp-model.js';

/** A table of inputs [count, inputs] and of what should come out [count, outputs]. */
export interface Examples {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly count: number;
}

export interface TrainingTask {
  readonly inputs: number;
  readonly outputs: number;
  readonly hidden: readonly number[];
  /** [inputs, outputs]: a fixed linear answer; the network learns what it leaves over. */
  readonly shortcut: Float32Array;
  /** The examples of one epoch; may differ from epoch to epoch (noise), never from run to run. */
  readonly examplesOf: (epoch: number) => Examples;
  readonly heldOut: Examples;
  /** The error of answers `[count, outputs]` to the held-out examples, in centimetres. */
  readonly centimetres: (answers: Float32Array, truth: Float32Array) => number;
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

export interface TrainingHooks {
  readonly signal?: AbortSignal;
  readonly onStep?: (step: number, steps: number, lastEpoch: EpochReport | undefined) => void;
  /** Awaited after every epoch, so that a checkpoint is whole before training goes on. */
  readonly onEpoch?: (state: TrainingState) => Promise<void>;
}

const WARM_UP_STEPS = 200;
/** Steps between two looks at the outside world (abort). */
const STEPS_PER_BREATH = 20;
const ANSWER_BATCH = 2048;

/** The learning rate rises over the first steps and then falls along a half cosine. */
export function rateAt(step: number, steps: number, highest: number): number {
  return highest * Math.min(1, step / WARM_UP_STEPS) * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
}

export function freshState(
  { inputs, outputs, hidden }: Pick<TrainingTask, 'inputs' | 'outputs' | 'hidden'>,
  seed: number,
): TrainingState {
  const parameters = initialParameters([inputs, ...hidden, outputs], seed);
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
 * @returns The state whose `best` holds the weights of the least held-out error.
 * @throws GaitwayError `encoder/cancelled` on abort; `encoder/not-finite-loss` where training blows up, with the
 *   epoch and batch.
 */
export async function trainNetwork(
  tf: Tensorflow,
  task: TrainingTask,
  settings: TrainingSettings,
  state: TrainingState = freshState(task, settings.seed),
  { signal, onStep, onEpoch }: TrainingHooks = {},
): Promise<TrainingState> {
  const shortcut = tf.tensor2d(task.shortcut, [task.inputs, task.outputs]);
  try {
    let best = Math.min(...state.curve.map(({ heldOutCm }) => heldOutCm), Number.POSITIVE_INFINITY);
    for (let epoch = state.curve.length; epoch < settings.epochs; epoch++) {
      if (sinceBest(state.curve) >= settings.patience) break;
      const examples = task.examplesOf(epoch);
      const batch = Math.min(settings.batch, examples.count);
      const batches = Math.floor(examples.count / batch);
      const steps = batches * settings.epochs;
      const order = shuffled(examples.count, settings.seed + 7919 * (epoch + 1));
      for (let b = 0; b < batches; b++) {
        if (b % STEPS_PER_BREATH === 0) {
          await tf.nextFrame();
          if (signal?.aborted)
            throw new GaitwayError('encoder/cancelled', `Training was stopped in epoch ${epoch + 1}.`, {
              epoch,
            });
          onStep?.(epoch * batches + b, steps, state.curve.at(-1));
        }
        const picked = order.subarray(b * batch, (b + 1) * batch);
        const { loss, gradients } = gradientsOf(tf, task, state.parameters, shortcut, examples, picked);
        if (!Number.isFinite(loss)) {
          throw new GaitwayError(
            'encoder/not-finite-loss',
            `The loss became ${loss} in epoch ${epoch + 1}, batch ${b + 1}: some clip holds numbers that are none, or the learning rate is too high.`,
            { epoch: epoch + 1, batch: b + 1 },
          );
        }
        const rate = rateAt(state.adam.step + 1, steps, settings.learningRate);
        adamStep(state.parameters, gradients, state.adam, rate, settings.weightDecay);
      }
      const errorOf = (some: Examples): number =>
        task.centimetres(answers(tf, task, state.parameters, shortcut, some), some.y);
      const report = {
        epoch: epoch + 1,
        trainCm: errorOf(firstExamples(examples, task, task.heldOut.count)),
        heldOutCm: errorOf(task.heldOut),
      };
      state.curve.push(report);
      if (report.heldOutCm < best) {
        best = report.heldOutCm;
        state.parameters.forEach(({ values }, n) => {
          state.best[n].set(values);
        });
      }
      await onEpoch?.(state);
    }
    return state;
  } finally {
    shortcut.dispose();
  }
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

function firstExamples({ x, y, count }: Examples, { inputs, outputs }: TrainingTask, most: number): Examples {
  const kept = Math.min(count, most);
  return { x: x.subarray(0, kept * inputs), y: y.subarray(0, kept * outputs), count: kept };
}

function asTensors(tf: Tensorflow, parameters: readonly Parameter[]): Tensor2D[] {
  return parameters.map(({ values, shape }) => tf.tensor2d(values, [...shape]));
}

function gradientsOf(
  tf: Tensorflow,
  { inputs, outputs }: TrainingTask,
  parameters: readonly Parameter[],
  shortcut: Tensor2D,
  examples: Examples,
  picked: Int32Array,
): { loss: number; gradients: ArrayLike<number>[] } {
  const x = new Float32Array(picked.length * inputs);
  const y = new Float32Array(picked.length * outputs);
  picked.forEach((from, to) => {
    x.set(examples.x.subarray(from * inputs, (from + 1) * inputs), to * inputs);
    y.set(examples.y.subarray(from * outputs, (from + 1) * outputs), to * outputs);
  });
  const { value, grads } = tf.tidy(() => {
    const xs = tf.tensor2d(x, [picked.length, inputs]);
    const ys = tf.tensor2d(y, [picked.length, outputs]);
    const squaredError = (...tensors: Tensor2D[]) =>
      tf.div<import('@tensorflow/tfjs').Scalar>(
        tf.sum(tf.squaredDifference(forward(tf, tensors, shortcut, xs), ys)),
        picked.length,
      );
    return tf.valueAndGrads(squaredError as Parameters<typeof tf.valueAndGrads>[0])(
      asTensors(tf, parameters),
    );
  });
  // Read outside of tidy: it would walk every element of what it is given back.
  const loss = value.dataSync()[0];
  const gradients = grads.map((gradient) => gradient.dataSync());
  tf.dispose([value, ...grads]);
  return { loss, gradients };
}

/** The network's answers [count, outputs], batch by batch. */
export function answers(
  tf: Tensorflow,
  { inputs, outputs }: Pick<TrainingTask, 'inputs' | 'outputs'>,
  parameters: readonly Parameter[],
  shortcut: Tensor2D,
  { x, count }: Pick<Examples, 'x' | 'count'>,
): Float32Array {
  const out = new Float32Array(count * outputs);
  for (let from = 0; from < count; from += ANSWER_BATCH) {
    const to = Math.min(count, from + ANSWER_BATCH);
    const result = tf.tidy(() =>
      forward(
        tf,
        asTensors(tf, parameters),
        shortcut,
        tf.tensor2d(x.subarray(from * inputs, to * inputs), [to - from, inputs]),
      ),
    );
    out.set(result.dataSync(), from * outputs);
    result.dispose();
  }
  return out;
}
