import type { Parameter } from './parameters.js';

const FIRST_DECAY = 0.9;
const SECOND_DECAY = 0.999;
const EPSILON = 1e-8;

/** What Adam remembers between steps; part of a checkpoint. */
export interface AdamState {
  step: number;
  readonly first: readonly Float32Array[];
  readonly second: readonly Float32Array[];
}

export function freshAdam(parameters: readonly Parameter[]): AdamState {
  const zeros = (): Float32Array[] => parameters.map(({ values }) => new Float32Array(values.length));
  return { step: 0, first: zeros(), second: zeros() };
}

/**
 * One step of Adam with decoupled weight decay, in place, in plain arithmetic, so that every engine agrees.
 *
 * @param decay Share of a weight that is lost per unit of learning rate.
 * @see I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization" (2019), algorithm 2.
 */
export function adamStep(
  parameters: readonly Parameter[],
  gradients: readonly ArrayLike<number>[],
  state: AdamState,
  rate: number,
  decay: number,
): void {
  state.step++;
  const firstScale = 1 / (1 - FIRST_DECAY ** state.step);
  const secondScale = 1 / (1 - SECOND_DECAY ** state.step);
  parameters.forEach(({ values, decays }, n) => {
    const gradient = gradients[n];
    const first = state.first[n];
    const second = state.second[n];
    const keep = decays ? 1 - rate * decay : 1;
    for (let i = 0; i < values.length; i++) {
      const g = gradient[i];
      first[i] = FIRST_DECAY * first[i] + (1 - FIRST_DECAY) * g;
      second[i] = SECOND_DECAY * second[i] + (1 - SECOND_DECAY) * g * g;
      const stride = (first[i] * firstScale) / (Math.sqrt(second[i] * secondScale) + EPSILON);
      values[i] = keep * values[i] - rate * stride;
    }
  });
}
