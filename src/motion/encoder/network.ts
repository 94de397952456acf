import {
  type Architecture,
  badNetwork,
  type Layer,
  parametersOf,
  shapeAfter,
  shapeAfterAll,
  type TableShape,
  tablesOf,
  tapsOf,
} from './layers.js';

/** A network as it is used: its layers, their arrays, and a straight linear path from the input to the output. */
export interface Network {
  /** Without auxiliary heads. */
  readonly architecture: Architecture;
  /** As `parametersOf` lists them. */
  readonly arrays: readonly Float32Array[];
  /** [inputs, outputs], added to what the layers give; without a head it is the whole network. */
  readonly shortcut?: Float32Array;
}

/** Makes a table of another; what it gives is its own memory and valid until it runs again. */
type Step = (input: Float64Array) => Float64Array;

/**
 * A function that runs the network on one row: `run(input, output)`, float64 sums, no allocation per call.
 *
 * @throws GaitwayError `encoder/bad-network` where layers do not follow from one another or arrays are missing.
 */
export function networkRunner(network: Network): (input: ArrayLike<number>, output: Float64Array) => void {
  checkSizes(network);
  const { architecture, arrays, shortcut } = network;
  const { inputs, outputs, frames, channels, rest, trunk, head } = architecture;
  const { window, joined } = tablesOf(architecture);
  let next = 0;
  const take = (): Float32Array => arrays[next++];
  const trunkStep = frames.length > 0 ? stepOfAll(trunk, window, take) : undefined;
  const headStep = head.length > 0 ? stepOfAll(head, joined, take) : undefined;
  const table = new Float64Array(window.time * channels);
  const row = new Float64Array(joined.channels);
  return (input, output) => {
    output.fill(0, 0, outputs);
    if (shortcut) accumulate(input, 0, inputs, shortcut, 0, outputs, output, 0);
    if (!headStep) return;
    if (trunkStep) {
      for (let t = 0; t < frames.length; t++)
        for (let c = 0; c < channels; c++) table[t * channels + c] = input[frames[t] + c];
      row.set(trunkStep(table));
    }
    for (let k = rest[0], at = joined.channels - rest[1] + rest[0]; k < rest[1]; k++, at++)
      row[at] = input[k];
    const answer = headStep(row);
    for (let k = 0; k < outputs; k++) output[k] += answer[k];
  };
}

function stepOfAll(layers: readonly Layer[], shape: TableShape, take: () => Float32Array): Step {
  let before = shape;
  const steps = layers.map((layer) => {
    const step = stepOf(layer, before, take);
    before = shapeAfter(layer, before);
    return step;
  });
  return (input) => {
    let table = input;
    for (let n = 0; n < steps.length; n++) table = steps[n](table);
    return table;
  };
}

function stepOf(layer: Layer, shape: TableShape, take: () => Float32Array): Step {
  const size = shape.time * shape.channels;
  switch (layer.op) {
    case 'relu': {
      const out = new Float64Array(size);
      return (input) => {
        for (let k = 0; k < size; k++) out[k] = Math.max(input[k], 0);
        return out;
      };
    }
    case 'dense': {
      const weights = take();
      const bias = take();
      const out = new Float64Array(layer.outputs);
      return (input) => {
        out.set(bias);
        accumulate(input, 0, size, weights, 0, layer.outputs, out, 0);
        return out;
      };
    }
    case 'conv':
      return convolution(layer, shape, take(), take());
    case 'pool':
      return pool(layer, shape);
    case 'residual': {
      const skip = stepOfAll(layer.skip, shape, take);
      const body = stepOfAll(layer.body, shape, take);
      const after = shapeAfterAll(layer.body, shape);
      const out = new Float64Array(after.time * after.channels);
      return (input) => {
        out.set(skip(input));
        const more = body(input);
        for (let k = 0; k < out.length; k++) out[k] += layer.survival * more[k];
        return out;
      };
    }
    case 'branches': {
      const steps = layer.branches.map((branch) => stepOfAll(branch, shape, take));
      const widths = layer.branches.map((branch) => shapeAfterAll(branch, shape).channels);
      const { time, channels } = shapeAfter(layer, shape);
      const out = new Float64Array(time * channels);
      return (input) => {
        for (let n = 0, at = 0; n < steps.length; at += widths[n++]) {
          const table = steps[n](input);
          for (let t = 0; t < time; t++)
            for (let c = 0; c < widths[n]; c++) out[t * channels + at + c] = table[t * widths[n] + c];
        }
        return out;
      };
    }
  }
}

function convolution(
  { width, stride, groups, outputs }: Extract<Layer, { op: 'conv' }>,
  { time, channels }: TableShape,
  weights: Float32Array,
  bias: Float32Array,
): Step {
  const { time: outTime, before } = tapsOf(time, width, stride);
  const seen = channels / groups;
  const made = outputs / groups;
  const out = new Float64Array(outTime * outputs);
  return (input) => {
    for (let t = 0; t < outTime; t++) {
      for (let k = 0; k < outputs; k++) out[t * outputs + k] = bias[k];
      for (let k = 0; k < width; k++) {
        const from = t * stride + k - before;
        if (from < 0 || from >= time) continue;
        for (let g = 0; g < groups; g++) {
          const at = (g * width + k) * seen * made;
          accumulate(input, from * channels + g * seen, seen, weights, at, made, out, t * outputs + g * made);
        }
      }
    }
    return out;
  };
}

function pool({ kind, width, stride }: Extract<Layer, { op: 'pool' }>, { time, channels }: TableShape): Step {
  const { time: outTime, before } = tapsOf(time, width, stride);
  const out = new Float64Array(outTime * channels);
  return (input) => {
    for (let t = 0; t < outTime; t++) {
      for (let c = 0; c < channels; c++) {
        let most = Number.NEGATIVE_INFINITY;
        let sum = 0;
        for (let k = 0; k < width; k++) {
          const from = t * stride + k - before;
          const value = from < 0 || from >= time ? 0 : input[from * channels + c];
          if (value > most) most = value;
          sum += value;
        }
        out[t * channels + c] = kind === 'max' ? most : sum / width;
      }
    }
    return out;
  };
}

/** Adds `input[from …]` [count] times `weights[at …]` [count, outputs] to `out[to …]`. */
function accumulate(
  input: ArrayLike<number>,
  from: number,
  count: number,
  weights: Float32Array,
  at: number,
  outputs: number,
  out: Float64Array,
  to: number,
): void {
  for (let j = 0; j < count; j++) {
    const value = input[from + j];
    if (value === 0) continue;
    const row = at + j * outputs;
    for (let k = 0; k < outputs; k++) out[to + k] += value * weights[row + k];
  }
}

function checkSizes({ architecture, arrays, shortcut }: Network): void {
  const { inputs, outputs, frames, channels, rest, head, auxiliary } = architecture;
  if (head.length === 0 && !shortcut) throw badNetwork('it has neither layers nor a shortcut');
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
  if (head.length > 0 && width * time !== outputs)
    throw badNetwork(`its last layer gives ${width * time} numbers, ${outputs} are wanted`);
}
