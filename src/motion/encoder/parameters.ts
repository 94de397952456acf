import { seededRandom } from '../../math/random.js';
import { type Architecture, type LayerParameters, parametersOf } from './layers.js';

/** An array that training changes. */
export interface Parameter {
  readonly shape: readonly [number, number];
  readonly values: Float32Array;
  /** Weights are drawn towards zero a little; biases are not. */
  readonly decays: boolean;
}

/**
 * Fresh weights (normal) and zero biases.
 *
 * @see K. He et al., "Delving Deep into Rectifiers" (2015), section 2.2.
 */
export function freshParameters(layers: readonly LayerParameters[], seed: number): Parameter[] {
  const random = seededRandom(seed);
  return layers.map(({ shape, fanIn, gain }) => {
    const spread = fanIn > 0 ? gain * Math.sqrt(2 / fanIn) : 0;
    const values = new Float32Array(shape[0] * shape[1]);
    if (spread > 0) for (let i = 0; i < values.length; i++) values[i] = spread * random.normal();
    return { shape, values, decays: fanIn > 0 };
  });
}

/** The fresh parameters of a network. */
export const initialParameters = (architecture: Architecture, seed: number): Parameter[] =>
  freshParameters(parametersOf(architecture), seed);
