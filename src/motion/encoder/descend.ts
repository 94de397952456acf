import { GaitwayError } from '../../errors.js';
import { adamStep, freshAdam } from './adam.js';
import type { Engine } from './engine/engine.js';
import { gradientProgram, type Problem } from './engine/gradients.js';
import type { Parameter } from './parameters.js';
import { rateAt } from './rate.js';

export interface Descent {
  readonly steps: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  /** What the loss of a step is taken of, in the order of the problem's inputs. */
  readonly inputsOf: (step: number) => readonly Float32Array[] | Promise<readonly Float32Array[]>;
  /** Clip and frame of the most extreme of these inputs, for error sentences. */
  readonly sourceOf: (step: number) => string;
  /** What the descent is for, in progress and error sentences: "Pre-training". */
  readonly what: string;
}

/** What watches a descent. */
export interface DescentHooks {
  readonly signal?: AbortSignal;
  readonly onDescent?: (what: string, step: number, steps: number) => void;
}

/** Steps between two looks at the outside world. */
const STEPS_PER_BREATH = 20;

/**
 * Makes a problem's loss small by changing `parameters` in place, with Adam and a rate that rises and falls.
 *
 * @returns The mean loss over the last tenth of the steps.
 * @throws GaitwayError `encoder/cancelled` on abort, `encoder/not-finite-loss` where the loss is no number.
 */
export async function descend(
  engine: Engine,
  problem: Problem,
  parameters: readonly Parameter[],
  { steps, learningRate, weightDecay, inputsOf, sourceOf, what }: Descent,
  { signal, onDescent }: DescentHooks = {},
): Promise<number> {
  const compiled = await engine.compile(gradientProgram(problem));
  const adam = freshAdam(parameters);
  const values = parameters.map((parameter) => parameter.values);
  const lastFrom = steps - Math.max(1, Math.floor(steps / 10));
  let sum = 0;
  try {
    for (let step = 0; step < steps; step++) {
      if (step % STEPS_PER_BREATH === 0) {
        await new Promise((resolve) => setTimeout(resolve));
        if (signal?.aborted)
          throw new GaitwayError('encoder/cancelled', `${what} was stopped in step ${step + 1} of ${steps}.`);
        onDescent?.(what, step, steps);
      }
      const [[loss], ...slopes] = await compiled.run([...values, ...(await inputsOf(step))]);
      if (!Number.isFinite(loss)) {
        throw new GaitwayError(
          'encoder/not-finite-loss',
          `${what}: the loss became ${loss} in step ${step + 1} of ${steps}, whose most extreme input is ${sourceOf(step)}: that clip holds wild or missing numbers, or the learning rate is too high. Look at the clip, or leave it out.`,
          { step: step + 1, source: sourceOf(step) },
        );
      }
      adamStep(parameters, slopes, adam, rateAt(step + 1, steps, learningRate), weightDecay);
      if (step >= lastFrom) sum += loss;
    }
  } finally {
    await compiled.dispose();
  }
  return sum / (steps - lastFrom);
}
