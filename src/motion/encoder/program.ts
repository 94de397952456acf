import { LANES, paddedRow } from '../../kernels/convolve.js';
import type { LayerKernels } from '../../kernels/layer-kernels.js';
import { type Layer, shapeAfter, shapeAfterAll, type TableShape, tapsOf } from './layers.js';

/** A stretch of a network's memory that is filled before it runs, row by row of `columns` numbers, zeros between. */
interface Constant {
  readonly at: number;
  readonly values: Float32Array;
  readonly columns: number;
}

/** A network laid out in one memory: how large it is, what stands in it from the beginning, and what is to be done. */
export interface Program {
  size: number;
  readonly constants: Constant[];
  readonly steps: ((kernels: LayerKernels) => void)[];
}

/** Room for `count` numbers, and behind it what the vector unit may write to. */
export function reserve(program: Program, count: number): number {
  const at = program.size;
  program.size += paddedRow(count) + LANES;
  return at;
}

/** Fills a memory with what stands in it from the beginning. */
export function load({ constants }: Program, floats: Float32Array): void {
  for (const { at, values, columns } of constants)
    for (let row = 0; row * columns < values.length; row++)
      floats.set(values.subarray(row * columns, (row + 1) * columns), at + row * paddedRow(columns));
}

/** Adds layers to a program. @param take Gives their parameters in order. @returns where their answer will lie. */
export function addLayers(
  program: Program,
  layers: readonly Layer[],
  shape: TableShape,
  input: number,
  take: () => Float32Array,
): number {
  let table = input;
  let before = shape;
  for (const layer of layers) {
    table = addLayer(program, layer, before, table, take);
    before = shapeAfter(layer, before);
  }
  return table;
}

/** Adds `bias + table · weights`, [inputs] to [outputs]. */
export function addDense(program: Program, weights: Float32Array, bias: Float32Array, input: number): number {
  const shape = { time: 1, channels: weights.length / bias.length };
  const layer = { op: 'conv', width: 1, stride: 1, groups: 1, outputs: bias.length } as const;
  return addConvolution(program, layer, shape, input, weights, bias);
}

function addLayer(
  program: Program,
  layer: Layer,
  shape: TableShape,
  input: number,
  take: () => Float32Array,
): number {
  const after = shapeAfter(layer, shape);
  const size = after.time * after.channels;
  switch (layer.op) {
    case 'dense':
      return addDense(program, take(), take(), input);
    case 'conv':
      return addConvolution(program, layer, shape, input, take(), take());
    case 'relu': {
      const out = reserve(program, size);
      program.steps.push((kernels) => kernels.maxWithZero(input, size, out));
      return out;
    }
    case 'pool': {
      const { width, stride } = layer;
      const out = reserve(program, size);
      const { time: outTime, before } = tapsOf(shape.time, width, stride);
      const pool = { input, ...shape, width, stride, before, isMax: layer.kind === 'max', outTime, out };
      program.steps.push((kernels) => kernels.pool(pool));
      return out;
    }
    case 'residual': {
      const { skip, body, survival } = layer;
      const beside = addLayers(program, skip, shape, input, take);
      const more = addLayers(program, body, shape, input, take);
      const out = reserve(program, size);
      program.steps.push((kernels) => kernels.addTables(beside, more, survival, size, out));
      return out;
    }
    case 'branches': {
      const out = reserve(program, size);
      let to = out;
      for (const branch of layer.branches) {
        const from = addLayers(program, branch, shape, input, take);
        const { time, channels } = shapeAfterAll(branch, shape);
        const at = to;
        program.steps.push((kernels) => kernels.placeColumns(from, time, channels, at, after.channels));
        to += channels;
      }
      return out;
    }
  }
}

function addConvolution(
  program: Program,
  { width, stride, groups, outputs }: Extract<Layer, { op: 'conv' }>,
  { time, channels }: TableShape,
  input: number,
  weightValues: Float32Array,
  biasValues: Float32Array,
): number {
  const made = outputs / groups;
  const { time: outTime, before } = tapsOf(time, width, stride);
  const weights = reserve(program, (weightValues.length / made) * paddedRow(made));
  const bias = reserve(program, outputs);
  program.constants.push(
    { at: weights, values: weightValues, columns: made },
    { at: bias, values: biasValues, columns: outputs },
  );
  const convolution = {
    ...{ input, time, channels, width, stride, before, groups, outTime, outputs, weights, bias },
    out: reserve(program, outTime * outputs),
    work: reserve(program, time * (groups + 2 * channels)),
  };
  program.steps.push((kernels) => kernels.convolve(convolution));
  return convolution.out;
}
