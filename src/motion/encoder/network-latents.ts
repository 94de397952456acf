import { type Architecture, parametersOf } from './layers.js';
import { principalDirections } from './linear.js';
import { type Network, networkRunner } from './network.js';
import { gramMatrix, multiply } from './products.js';
import type { Rows } from './rows.js';
import type { TrainingState } from './training-state.js';

/** The spread of 64 numbers is known from as many rows; each costs a run of the network. */
const ENOUGH_ANSWERS = 5000;

/** The network of the least held-out error, without the heads that only training needs. */
export function asNetwork({ best }: TrainingState, trained: Architecture, shortcut: Float32Array): Network {
  const architecture = { ...trained, auxiliary: [] };
  return { architecture, arrays: best.slice(0, parametersOf(architecture).length), shortcut };
}

function answerRows(network: Network, x: Rows): Rows {
  const run = networkRunner(network);
  const row = new Float64Array(x.size);
  return {
    count: x.count,
    size: network.architecture.outputs,
    read(index, out) {
      x.read(index, row);
      run(row, out);
    },
  };
}

/** The network whose answers are the old ones seen along `directions` [outputs, dim]. */
export function turned(
  { architecture, arrays, shortcut }: Network,
  directions: Float64Array,
  dim: number,
): Network {
  const { outputs, head } = architecture;
  const turn = (matrix: Float32Array): Float32Array =>
    Float32Array.from(multiply(matrix, directions, matrix.length / outputs, outputs, dim));
  return {
    architecture: {
      ...architecture,
      outputs: dim,
      head: [...head.slice(0, -1), { op: 'dense', outputs: dim }],
    },
    arrays: [...arrays.slice(0, -2), ...arrays.slice(-2).map(turn)],
    ...(shortcut && { shortcut: turn(shortcut) }),
  };
}

/**
 * The directions [outputs, dim] in which a network's answers to inputs vary most, in columns.
 *
 * @param whiten Makes the answers vary equally along each, so that all count alike.
 */
export function latentDirections(
  network: Network,
  inputs: Rows,
  dim: number,
  whiten: boolean,
): { directions: Float64Array; dim: number } {
  const { outputs } = network.architecture;
  const stride = Math.max(1, Math.floor(inputs.count / ENOUGH_ANSWERS));
  const spread = gramMatrix(answerRows(network, inputs), stride);
  const found = principalDirections(spread, outputs, dim);
  if (!whiten) return found;
  const { directions } = found;
  const along = multiply(spread, directions, outputs, outputs, found.dim);
  const rows = Math.ceil(inputs.count / stride);
  const whitened = directions.slice();
  for (let k = 0; k < found.dim; k++) {
    let variance = 0;
    for (let j = 0; j < outputs; j++) variance += directions[j * found.dim + k] * along[j * found.dim + k];
    const scale = variance > 0 ? Math.sqrt(rows / variance) : 0;
    for (let j = 0; j < outputs; j++) whitened[j * found.dim + k] *= scale;
  }
  return { directions: whitened, dim: found.dim };
}
