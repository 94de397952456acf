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
 * @see I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization" (2019), algorithm 2; D. Kingma, J. Ba, "Adam" (2015),
 *   section 2, for the order of the corrections.
 */
export function adamStep(
  parameters: readonly Parameter[],
  gradients: readonly ArrayLike<number>[],
  state: AdamState,
  rate: number,
  decay: number,
): void {
  state.step++;
  // Both corrections of the means' start at zero, once a step: the root of the second is taken out of the loop's root.
  const root = Math.sqrt(1 - SECOND_DECAY ** state.step);
  const stride = (rate * root) / (1 - FIRST_DECAY ** state.step);
  const epsilon = EPSILON * root;
  parameters.forEach(({ values, decays }, n) => {
    const gradient = gradients[n];
    const first = state.first[n];
    const second = state.second[n];
    const keep = decays ? 1 - rate * decay : 1;
    for (let i = 0; i < values.length; i++) {
      const g = gradient[i];
      const f = FIRST_DECAY * first[i] + (1 - FIRST_DECAY) * g;
      const q = SECOND_DECAY * second[i] + (1 - SECOND_DECAY) * g * g;
      first[i] = f;
      second[i] = q;
      values[i] = keep * values[i] - (stride * f) / (Math.sqrt(q) + epsilon);
    }
  });
}
