import { type MakeLayerKernels, makePlainLayers } from '../../kernels/layer-kernels.js';
import { makeWasmLayers } from '../../kernels/wasm-layers.js';
import { type Architecture, badNetwork, parametersOf, shapeAfterAll, tablesOf } from './layers.js';
import { addDense, addLayers, load, type Program, reserve } from './program.js';

/** A network as it is used: its layers, their arrays, and a straight linear path from the input to the output. */
export interface Network {
  /** Without auxiliary heads. */
  readonly architecture: Architecture;
  /** As `parametersOf` lists them. */
  readonly arrays: readonly Float32Array[];
  /** [inputs, outputs], added to what the layers give; without layers it is the whole network. */
  readonly shortcut?: Float32Array;
}

/** Numbers that a network and its tables may take: 1 GiB, some hundred times what the families need. */
const MOST_NUMBERS = 2 ** 28;

/**
 * A function that runs the network on one row: `run(input, output)`, in float32, no allocation per call.
 *
 * The network is copied to a memory of its own. What it gives is the same to the byte on the vector unit and without.
 *
 * @param makeKernels What computes the layers; by default the vector unit, where there is one.
 * @throws GaitwayError `encoder/bad-network` where layers do not follow from one another, arrays are missing, or its tables
 *   are beyond all bounds.
 */
export function networkRunner(
  network: Network,
  makeKernels: MakeLayerKernels = makeWasmLayers() ?? makePlainLayers,
): (input: ArrayLike<number>, output: Float64Array) => void {
  checkNetwork(network);
  const { program, input: at, output: from } = planNetwork(network);
  const { outputs } = network.architecture;
  if (program.size > MOST_NUMBERS) throw badNetwork(`its tables take ${program.size} numbers`);
  const kernels = makeKernels(program.size);
  load(program, kernels.floats);
  const answer = kernels.floats.subarray(from, from + outputs);
  return (input, output) => {
    kernels.floats.set(input, at);
    for (let n = 0; n < program.steps.length; n++) program.steps[n](kernels);
    output.set(answer);
  };
}

/** Lays out a network; `input` and `output` are where its rows lie. */
function planNetwork({ architecture, arrays, shortcut }: Network): {
  program: Program;
  input: number;
  output: number;
} {
  const { inputs, outputs, frames, channels, rest, trunk, head } = architecture;
  const { window, joined } = tablesOf(architecture);
  const program: Program = { size: 0, constants: [], steps: [] };
  const input = reserve(program, inputs);
  let next = 0;
  const take = (): Float32Array => arrays[next++];
  const straight = shortcut && addDense(program, shortcut, new Float32Array(outputs), input);
  if (straight !== undefined && head.length === 0) return { program, input, output: straight };

  const row = reserve(program, joined.channels);
  const seen = joined.channels - rest[1] + rest[0];
  if (frames.length > 0) {
    const table = reserve(program, window.time * channels);
    frames.forEach((from, t) => {
      program.steps.push((kernels) =>
        kernels.placeColumns(input + from, 1, channels, table + t * channels, channels),
      );
    });
    const made = addLayers(program, trunk, window, table, take);
    program.steps.push((kernels) => kernels.placeColumns(made, 1, seen, row, seen));
  }
  program.steps.push((kernels) =>
    kernels.placeColumns(input + rest[0], 1, rest[1] - rest[0], row + seen, rest[1] - rest[0]),
  );
  const answer = addLayers(program, head, joined, row, take);
  if (straight !== undefined)
    program.steps.push((kernels) => kernels.addTables(straight, answer, 1, outputs, answer));
  return { program, input, output: answer };
}

/**
 * Checks that a network's layers follow from one another and that its arrays are as large as they want.
 *
 * @throws GaitwayError `encoder/bad-network`.
 */
export function checkNetwork({ architecture, arrays, shortcut }: Network): void {
  const { inputs, outputs, frames, channels, rest, head, auxiliary } = architecture;
  if (head.length === 0 && frames.length === 0 && !shortcut)
    throw badNetwork('it has neither layers nor a shortcut');
  if (shortcut && shortcut.length !== inputs * outputs)
    throw badNetwork(`its shortcut holds ${shortcut.length} numbers, ${inputs} × ${outputs} are wanted`);
  if (auxiliary.length > 0) throw badNetwork('it holds heads that are for training only');
  if (rest[0] > rest[1] || Math.max(rest[1], ...frames.map((from) => from + channels)) > inputs)
    throw badNetwork(`it reads beyond the ${inputs} numbers of its input`);
  const wanted = parametersOf(architecture);
  if (arrays.length !== wanted.length)
    throw badNetwork(`it has ${arrays.length} arrays, ${wanted.length} are wanted`);
  wanted.forEach(({ shape: [rows, columns] }, n) => {
    if (arrays[n].length !== rows * columns)
      throw badNetwork(`array ${n} holds ${arrays[n].length} numbers, ${rows} × ${columns} are wanted`);
  });
  const { channels: width, time } = shapeAfterAll(head, tablesOf(architecture).joined);
  if ((head.length > 0 || frames.length > 0) && width * time !== outputs)
    throw badNetwork(`its last layer gives ${width * time} numbers, ${outputs} are wanted`);
}
