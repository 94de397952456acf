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

/** How large a training is: counts of examples, of numbers in each, and of parameters. */
export interface TrainingSize {
  readonly examples: number;
  readonly heldOut: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly parameters: number;
}

/** Inputs are held twice, clean and bent; of parameters there are five kinds: value, best, gradient, two of Adam. */
export function bytesOfTraining({ examples, heldOut, inputs, outputs, parameters }: TrainingSize): number {
  const numbers = examples * (2 * inputs + outputs) + heldOut * (inputs + outputs) + 5 * parameters;
  return numbers * Float32Array.BYTES_PER_ELEMENT;
}

const TIMED_STEPS = 3;

/** Milliseconds of a step: the middle of three, after one to warm up. @param now Milliseconds that pass. */
export async function msOfStep(step: () => Promise<unknown>, now: () => number): Promise<number> {
  await step();
  const times: number[] = [];
  for (let n = 0; n < TIMED_STEPS; n++) {
    const from = now();
    await step();
    times.push(now() - from);
  }
  return times.sort((a, b) => a - b)[Math.floor(TIMED_STEPS / 2)];
}
