import { GaitwayError } from '../../errors.js';
import { seededRandom } from '../../math/random.js';
import { adamStep } from '../encoder/adam.js';
import type { Compiled, Engine } from '../encoder/engine/engine.js';
import { gradientProgram } from '../encoder/engine/gradients.js';
import { drawBatches } from '../encoder/examples.js';
import type { InputPlan } from '../encoder/inputs.js';
import { rateAt } from '../encoder/rate.js';
import type { Scaling } from '../encoder/rows.js';
import type { TrainingState } from '../encoder/training-state.js';
import { classesOf, type TagGroup } from './tag-groups.js';
import { type TaggerArchitecture, taggingProblem } from './tagging-loss.js';
import {
  type LabelledTrack,
  makeRowWriter,
  type RowWriter,
  WINDOW,
  type Window,
  windowsOf,
  writeWindow,
} from './windows.js';

export interface FitSettings {
  readonly seed: number;
  readonly steps: number;
  /** Steps after which the held-out clips are looked at. */
  readonly stepsAnEpoch: number;
  /** Windows a step. */
  readonly batch: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Epochs without a better held-out surprise after which training stops. */
  readonly patience: number;
}

/** What is learned, by what, from what; tracks have the standard body. */
export interface WindowTask {
  readonly architecture: TaggerArchitecture;
  readonly groups: readonly TagGroup[];
  readonly plan: InputPlan;
  readonly scaling: Scaling;
  readonly learned: readonly LabelledTrack[];
  readonly heldOut: readonly LabelledTrack[];
}

/** Mean surprise at a label, nats: while learning, and of held-out clips where there are any. */
export interface TaggerEpoch {
  readonly epoch: number;
  readonly learned: number;
  readonly heldOut?: number;
}

export interface FitHooks {
  readonly signal?: AbortSignal;
  readonly onStep?: (step: number, steps: number, last: TaggerEpoch | undefined) => void;
  /** Awaited after every epoch, so that a checkpoint is whole before training goes on. */
  readonly onEpoch?: (state: TrainingState<TaggerEpoch>) => Promise<void>;
}

/** Steps between two looks at the outside world. */
const STEPS_PER_BREATH = 10;

/**
 * Trains on windows of clips, laid anew in every epoch, from a state of training on, which is changed in place; its best
 * weights are those of the least held-out surprise (the last ones where nothing is held out).
 *
 * Windows and batches of an epoch depend on the seed and the epoch alone, so a run that goes on from a checkpoint ends
 * with the same weights.
 *
 * @throws GaitwayError `encoder/cancelled` on abort; `encoder/not-finite-loss` with the epoch and a clip.
 */
export async function fitWindows(
  engine: Engine,
  task: WindowTask,
  state: TrainingState<TaggerEpoch>,
  settings: FitSettings,
  { signal, onStep, onEpoch }: FitHooks = {},
): Promise<void> {
  const { architecture, groups, learned, heldOut } = task;
  const { parameters, best, adam, curve } = state;
  const { seed, steps, stepsAnEpoch, learningRate, weightDecay, patience, batch } = settings;
  const once = windowsOf(learned, () => 0).length;
  const rounds = Math.ceil((batch * Math.min(steps, stepsAnEpoch)) / once);
  const problem = taggingProblem(architecture, groups, batch);
  const step = await engine.compile(gradientProgram(problem));
  const surprise = await engine.compile({
    inputs: [...problem.parameters, ...problem.inputs],
    outputs: (tf, tensors) => [
      problem.loss(tf, tensors.slice(0, parameters.length), tensors.slice(parameters.length)),
    ],
  });
  const values = parameters.map((parameter) => parameter.values);
  const tables = makeTables(task, batch);
  try {
    for (let epoch = curve.length; adam.step < steps && epochsSinceBest(curve) < patience; epoch++) {
      const random = seededRandom(seed + 15485863 * (epoch + 1));
      const windows = Array.from({ length: rounds }, () => windowsOf(learned, () => random.uniform())).flat();
      let sum = 0;
      const batches = drawBatches(windows.length, batch, seed + 7919 * (epoch + 1)).slice(
        0,
        Math.min(stepsAnEpoch, steps - adam.step),
      );
      for (const [b, picked] of batches.entries()) {
        if (b % STEPS_PER_BREATH === 0) {
          await new Promise((resolve) => setTimeout(resolve));
          if (signal?.aborted)
            throw new GaitwayError('encoder/cancelled', `Training was stopped in epoch ${epoch + 1}.`, {
              epoch,
            });
          onStep?.(adam.step, steps, curve.at(-1));
        }
        tables.fill(
          Array.from(picked, (n) => windows[n]),
          learned,
        );
        const [[loss], ...gradients] = await step.run([...values, tables.x, tables.y]);
        if (!Number.isFinite(loss))
          throw notFinite(loss, epoch + 1, learned[windows[picked[0]].clip].track.name);
        sum += loss;
        adamStep(parameters, gradients, adam, rateAt(adam.step + 1, steps, learningRate), weightDecay);
      }
      const told =
        heldOut.length > 0 ? await meanSurprise(surprise, values, tables, heldOut, batch) : undefined;
      curve.push({
        epoch: epoch + 1,
        learned: sum / batches.length,
        ...(told !== undefined && { heldOut: told }),
      });
      if (epochsSinceBest(curve) === 0)
        best.forEach((array, n) => {
          array.set(values[n]);
        });
      await onEpoch?.(state);
    }
  } finally {
    await step.dispose();
    await surprise.dispose();
  }
}

/** How many epochs have gone by since the least held-out surprise; 0 where nothing is held out. */
function epochsSinceBest(curve: readonly TaggerEpoch[]): number {
  const told = curve.flatMap(({ heldOut }) => heldOut ?? []);
  return told.length === 0 ? 0 : told.length - 1 - told.indexOf(Math.min(...told));
}

/** Inputs and shares of labels of a batch of windows, as `taggingProblem` takes them. */
interface Tables {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Gives how many labels there are; windows that are missing are empty. */
  readonly fill: (windows: readonly Window[], clips: readonly LabelledTrack[]) => number;
}

function makeTables({ architecture, groups, plan, scaling }: WindowTask, batch: number): Tables {
  const width = WINDOW * architecture.body.inputs;
  const classes = WINDOW * classesOf(groups);
  const x = new Float32Array(batch * width);
  const y = new Float32Array(batch * classes);
  const writeRow: RowWriter = makeRowWriter(plan, scaling);
  const fill: Tables['fill'] = (windows, clips) => {
    let labels = 0;
    x.fill(0);
    y.fill(0);
    windows.forEach(({ clip, start }, n) => {
      const [own, shares] = [
        x.subarray(n * width, (n + 1) * width),
        y.subarray(n * classes, (n + 1) * classes),
      ];
      labels += writeWindow(clips[clip], start, groups, writeRow, own, shares);
    });
    for (let k = 0; k < y.length; k++) y[k] /= Math.max(labels, 1);
    return labels;
  };
  return { x, y, fill };
}

async function meanSurprise(
  compiled: Compiled,
  values: readonly Float32Array[],
  tables: Tables,
  clips: readonly LabelledTrack[],
  batch: number,
): Promise<number> {
  const windows = windowsOf(clips, () => 0);
  let sum = 0;
  let count = 0;
  for (let from = 0; from < windows.length; from += batch) {
    const labels = tables.fill(windows.slice(from, from + batch), clips);
    const [[mean]] = await compiled.run([...values, tables.x, tables.y]);
    sum += mean * labels;
    count += labels;
  }
  return sum / Math.max(count, 1);
}

function notFinite(loss: number, epoch: number, clip: string): GaitwayError {
  return new GaitwayError(
    'encoder/not-finite-loss',
    `The loss became ${loss} in epoch ${epoch}, in a batch with ${clip}: a clip holds wild or missing numbers, or the learning rate is too high. Look at the clips.`,
    { epoch, clip },
  );
}
