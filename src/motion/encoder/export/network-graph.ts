import { type Layer, shapeAfter, type TableShape, tablesOf, tapsOf } from '../layers.js';
import type { Network } from '../network.js';
import type { Graph } from './graph.js';

/** A table in a graph: [1, channels, time], or [1, channels] where it is flat. */
interface Table extends TableShape {
  readonly name: string;
  readonly isFlat: boolean;
}

/**
 * Draws a network in operators that every runtime has: Gemm, Conv, Relu, pools, Add, Mul, Concat, Slice.
 *
 * @param input Name of the scaled row, [1, inputs]. @returns the name of the answer, [1, outputs].
 */
export function drawNetwork(
  graph: Graph,
  { architecture, arrays, shortcut }: Network,
  input: string,
): string {
  const { inputs, outputs, frames, channels, rest, trunk, head } = architecture;
  const { window } = tablesOf(architecture);
  const columns = (from: number, to: number): string =>
    from === 0 && to === inputs
      ? input
      : graph.add('Slice', [input, graph.wholes([from]), graph.wholes([to]), graph.wholes([1])]);
  const straight = shortcut && graph.add('MatMul', [input, graph.floats(shortcut, [inputs, outputs])]);
  if (straight !== undefined && head.length === 0) return straight;

  let next = 0;
  const take = (): Float32Array => arrays[next++];
  const parts: string[] = [];
  if (frames.length > 0) {
    const moments = frames.map((from) =>
      graph.add('Reshape', [columns(from, from + channels), graph.wholes([1, channels, 1])]),
    );
    const table = graph.add('Concat', moments, { axis: 2 });
    parts.push(flat(graph, drawAll(graph, trunk, { name: table, ...window, isFlat: false }, take)));
  }
  if (rest[1] > rest[0]) parts.push(columns(rest[0], rest[1]));
  const joined = parts.length === 1 ? parts[0] : graph.add('Concat', parts, { axis: 1 });
  const row: Table = {
    name: joined,
    time: 1,
    channels: tablesOf(architecture).joined.channels,
    isFlat: true,
  };
  const answer = flat(graph, drawAll(graph, head, row, take));
  return straight === undefined ? answer : graph.add('Add', [straight, answer]);
}

/** A table as one row, moment after moment. */
function flat(graph: Graph, { name, time, channels, isFlat }: Table): string {
  if (isFlat) return name;
  const byMoment = time === 1 ? name : graph.add('Transpose', [name], { perm: [0, 2, 1] });
  return graph.add('Reshape', [byMoment, graph.wholes([1, time * channels])]);
}

/** A table with its time as an axis. */
const inTime = (graph: Graph, { name, channels, isFlat }: Table): string =>
  isFlat ? graph.add('Reshape', [name, graph.wholes([1, channels, 1])]) : name;

function drawAll(graph: Graph, layers: readonly Layer[], table: Table, take: () => Float32Array): Table {
  return layers.reduce((before, layer) => draw(graph, layer, before, take), table);
}

function draw(graph: Graph, layer: Layer, table: Table, take: () => Float32Array): Table {
  const after = shapeAfter(layer, table);
  const inputs = table.time * table.channels;
  switch (layer.op) {
    case 'relu':
      return { ...table, name: graph.add('Relu', [table.name]) };
    case 'dense': {
      const weights = graph.floats(take(), [inputs, layer.outputs]);
      const bias = graph.floats(take(), [layer.outputs]);
      return { ...after, name: graph.add('Gemm', [flat(graph, table), weights, bias]), isFlat: true };
    }
    case 'conv': {
      const { width, stride, groups, outputs } = layer;
      const seen = table.channels / groups;
      const weights = graph.floats(byOutput(take(), groups, width, seen), [outputs, seen, width]);
      const bias = graph.floats(take(), [outputs]);
      const pads = padsOf(table.time, width, stride);
      const attributes = { kernel_shape: [width], strides: [stride], pads, group: groups };
      const name = graph.add('Conv', [inTime(graph, table), weights, bias], attributes);
      return { ...after, name, isFlat: false };
    }
    case 'pool': {
      const { width, stride, kind } = layer;
      const [before, behind] = padsOf(table.time, width, stride);
      // Zeros beyond the table count: a runtime's own padding would not.
      const amounts = graph.wholes([0, 0, before, 0, 0, behind]);
      const padded = graph.add('Pad', [inTime(graph, table), amounts]);
      const op = kind === 'max' ? 'MaxPool' : 'AveragePool';
      const name = graph.add(op, [padded], { kernel_shape: [width], strides: [stride] });
      return { ...after, name, isFlat: false };
    }
    case 'residual': {
      const skip = drawAll(graph, layer.skip, table, take);
      const body = drawAll(graph, layer.body, table, take);
      const isFlat = skip.isFlat && body.isFlat;
      const [beside, more] = [skip, body].map((each) => (isFlat ? each.name : inTime(graph, each)));
      const share =
        layer.survival === 1 ? more : graph.add('Mul', [more, graph.floats([layer.survival], [1])]);
      return { ...after, name: graph.add('Add', [beside, share]), isFlat };
    }
    case 'branches': {
      const parts = layer.branches.map((branch) => inTime(graph, drawAll(graph, branch, table, take)));
      return { ...after, name: graph.add('Concat', parts, { axis: 1 }), isFlat: false };
    }
  }
}

/** Zeros before and behind a table. What a stride leaves over at its end is seen by no filter. */
function padsOf(time: number, width: number, stride: number): [number, number] {
  const { time: out, before } = tapsOf(time, width, stride);
  return [before, Math.max(0, (out - 1) * stride + width - time - before)];
}

/** Weights [groups, width, seen, made] as [groups · made, seen, width]. */
function byOutput(weights: Float32Array, groups: number, width: number, seen: number): Float32Array {
  const made = weights.length / (groups * width * seen);
  const out = new Float32Array(weights.length);
  for (let g = 0; g < groups; g++)
    for (let k = 0; k < width; k++)
      for (let c = 0; c < seen; c++)
        for (let j = 0; j < made; j++)
          out[((g * made + j) * seen + c) * width + k] = weights[((g * width + k) * seen + c) * made + j];
  return out;
}
