import type { Encoder } from '../encoder.js';
import { encodeOnnx } from '../engine/onnx.js';
import { inputColumns } from '../inputs.js';
import type { Scaling } from '../rows.js';
import { targetColumns } from '../targets.js';
import { type Graph, makeGraph } from './graph.js';
import { drawNetwork } from './network-graph.js';

/** Whose rows a model takes: what a game asks with, or what a database knows of its own future. */
export const ENCODER_SIDES = ['query', 'database'] as const;
export type EncoderSide = (typeof ENCODER_SIDES)[number];

export interface OnnxEncoder {
  readonly bytes: Uint8Array;
  /** What each number of the input is, in order. */
  readonly columns: readonly string[];
  readonly dim: number;
}

/** Old enough for every runtime that Unreal 5.4 has, and all that is needed. */
const OPSET = 13;
const IR_VERSION = 7;
const SPACE =
  'metres and metres per second, seen from the root on the ground: x to its left, y up, z forward. From Unreal’s component space, of a mesh that faces +Y: x = X / 100, y = Z / 100, z = Y / 100.';

/**
 * One side of an encoder as an ONNX model, from raw row to latent: `input` float32 [1, columns], `latent` float32
 * [1, dim]. All shapes are fixed; scaling is part of the model.
 *
 * Metadata tells the columns, their space and the rate. A linear encoder has one side; both names give it.
 */
export function encoderToOnnx(encoder: Encoder, side: EncoderSide): OnnxEncoder {
  const { kind, dim, plan, network, future } = encoder;
  const graph = makeGraph();
  const byFuture = side === 'database' && future;
  const columns = byFuture ? targetColumns(plan.roles) : inputColumns(plan);
  const row = scaled(graph, 'input', byFuture ? future.scaling : encoder.scaling);
  const latent = byFuture
    ? graph.add('MatMul', [row, graph.floats(future.projection, [columns.length, dim])])
    : drawNetwork(graph, network, row);
  graph.nodes.push({ op: 'Identity', inputs: [latent], outputs: ['latent'], attributes: {} });
  const bytes = encodeOnnx(
    {
      ...graph,
      inputs: [{ name: 'input', shape: [1, columns.length] }],
      outputs: [{ name: 'latent', shape: [1, dim] }],
    },
    {
      opset: OPSET,
      irVersion: IR_VERSION,
      metadata: {
        'gaitway.encoder': kind,
        'gaitway.side': side,
        'gaitway.rateHz': String(plan.rateHz),
        'gaitway.columns': JSON.stringify(columns),
        'gaitway.space': SPACE,
      },
    },
  );
  return { bytes, columns, dim };
}

function scaled(graph: Graph, input: string, { mean, scale }: Scaling): string {
  const shape = [1, mean.length];
  return graph.add('Mul', [graph.add('Sub', [input, graph.floats(mean, shape)]), graph.floats(scale, shape)]);
}
