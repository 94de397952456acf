import { GaitwayError } from '../../errors.js';

/** One dense layer: `activation(x · weights + bias)`. */
export interface DenseLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** [inputs, outputs], row major. */
  readonly weights: Float32Array;
  /** [outputs]. */
  readonly bias: Float32Array;
  readonly activation: 'relu' | 'none';
}

/** Dense layers one after another, and beside them a straight linear path from the input to the output. */
export interface Network {
  readonly inputs: number;
  readonly outputs: number;
  readonly layers: readonly DenseLayer[];
  /** [inputs, outputs], added to what the layers give; without layers it is the whole network. */
  readonly shortcut?: Float32Array;
}

/**
 * A function that runs the network on one row: `run(input, output)`, float64 sums, no allocation per call.
 *
 * @throws GaitwayError `encoder/bad-network` where the sizes of layers do not follow from one another.
 */
export function networkRunner(network: Network): (input: ArrayLike<number>, output: Float64Array) => void {
  checkSizes(network);
  const { inputs, outputs, layers, shortcut } = network;
  const hidden = layers.map((layer) => new Float64Array(layer.outputs));
  return (input, output) => {
    output.fill(0, 0, outputs);
    if (shortcut) accumulate(input, shortcut, inputs, outputs, output);
    let from: ArrayLike<number> = input;
    for (let n = 0; n < layers.length; n++) {
      const layer = layers[n];
      const to = hidden[n];
      for (let k = 0; k < layer.outputs; k++) to[k] = layer.bias[k];
      accumulate(from, layer.weights, layer.inputs, layer.outputs, to);
      if (layer.activation === 'relu') for (let k = 0; k < to.length; k++) if (to[k] < 0) to[k] = 0;
      from = to;
    }
    if (layers.length > 0) for (let k = 0; k < outputs; k++) output[k] += from[k];
  };
}

function accumulate(
  input: ArrayLike<number>,
  weights: Float32Array,
  inputs: number,
  outputs: number,
  out: Float64Array,
): void {
  for (let j = 0; j < inputs; j++) {
    const value = input[j];
    if (value === 0) continue;
    const at = j * outputs;
    for (let k = 0; k < outputs; k++) out[k] += value * weights[at + k];
  }
}

function checkSizes({ inputs, outputs, layers, shortcut }: Network): void {
  const bad = (what: string): GaitwayError =>
    new GaitwayError('encoder/bad-network', `The encoder's network does not fit together: ${what}.`);
  if (layers.length === 0 && !shortcut) throw bad('it has neither layers nor a shortcut');
  if (shortcut && shortcut.length !== inputs * outputs)
    throw bad(`its shortcut holds ${shortcut.length} numbers, ${inputs} × ${outputs} are wanted`);
  let width = inputs;
  layers.forEach((layer, n) => {
    if (layer.inputs !== width) throw bad(`layer ${n} takes ${layer.inputs} numbers and gets ${width}`);
    if (layer.weights.length !== layer.inputs * layer.outputs || layer.bias.length !== layer.outputs)
      throw bad(`layer ${n} lacks weights for ${layer.inputs} × ${layer.outputs}`);
    width = layer.outputs;
  });
  if (layers.length > 0 && width !== outputs)
    throw bad(`its last layer gives ${width} numbers, ${outputs} are wanted`);
}
