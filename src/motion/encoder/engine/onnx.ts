import type { Shape } from './engine.js';

/** Element types of ONNX tensors. */
export const ONNX_TYPES = { float32: 1, int32: 6, int64: 7, bool: 9 } as const;
export type OnnxType = keyof typeof ONNX_TYPES;

export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Whole numbers, and lists of them. */
  readonly attributes: Readonly<Record<string, number | readonly number[]>>;
}

export interface OnnxConstant {
  readonly name: string;
  readonly type: OnnxType;
  readonly shape: Shape;
  /** Little-endian values. */
  readonly bytes: Uint8Array;
}

/** A named tensor of float32 that goes into a graph or comes out of it. */
export interface OnnxValue {
  readonly name: string;
  readonly shape: Shape;
}

/** What stands around a graph. */
export interface OnnxEnvelope {
  /** Version of the set of operators; 17 by default. */
  readonly opset?: number;
  /** Version of the format; 8 by default. */
  readonly irVersion?: number;
  /** For people and programs that ask. */
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

/** Attribute types of the format. */
const INT = 2;
const INTS = 7;

/**
 * The bytes of an ONNX model.
 *
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, whose field numbers stand below.
 */
export function encodeOnnx(
  { nodes, constants, inputs, outputs }: OnnxGraph,
  { opset = 17, irVersion = 8, metadata = {} }: OnnxEnvelope = {},
): Uint8Array {
  const graph = message([
    ...nodes.map((node) => field(1, nodeBytes(node))),
    field(2, text('gaitway')),
    ...constants.map((constant) => field(5, constantBytes(constant))),
    ...inputs.map((value) => field(11, valueBytes(value))),
    ...outputs.map((value) => field(12, valueBytes(value))),
  ]);
  return message([
    whole(1, irVersion),
    field(2, text('gaitway')),
    field(7, graph),
    field(8, message([field(1, text('')), whole(2, opset)])),
    ...Object.entries(metadata).map(([key, value]) =>
      field(14, message([field(1, text(key)), field(2, text(value))])),
    ),
  ]);
}

function nodeBytes({ op, inputs, outputs, attributes }: OnnxNode): Uint8Array {
  return message([
    ...inputs.map((name) => field(1, text(name))),
    ...outputs.map((name) => field(2, text(name))),
    field(4, text(op)),
    ...Object.entries(attributes).map(([name, value]) =>
      field(
        5,
        typeof value === 'number'
          ? message([field(1, text(name)), whole(3, value), whole(20, INT)])
          : message([field(1, text(name)), ...value.map((item) => whole(8, item)), whole(20, INTS)]),
      ),
    ),
  ]);
}

function constantBytes({ name, type, shape, bytes }: OnnxConstant): Uint8Array {
  return message([
    ...shape.map((size) => whole(1, size)),
    whole(2, ONNX_TYPES[type]),
    field(8, text(name)),
    field(9, bytes),
  ]);
}

function valueBytes({ name, shape }: OnnxValue): Uint8Array {
  const dimensions = message(shape.map((size) => field(1, message([whole(1, size)]))));
  const tensor = message([whole(1, ONNX_TYPES.float32), field(2, dimensions)]);
  return message([field(1, text(name)), field(2, message([field(1, tensor)]))]);
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

function message(fields: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(fields.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const bytes of fields) {
    out.set(bytes, at);
    at += bytes.length;
  }
  return out;
}

/** A field of bytes: key, length, content. */
const field = (number: number, bytes: Uint8Array): Uint8Array =>
  message([varint(8 * number + 2), varint(bytes.length), bytes]);

/** A field that is a whole number ≥ 0. */
const whole = (number: number, value: number): Uint8Array => message([varint(8 * number), varint(value)]);

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  return Uint8Array.from(bytes);
}

/** The bytes of a tensor's values. */
export function littleEndian(values: ArrayLike<number>, type: OnnxType): Uint8Array {
  const width = type === 'int64' ? 8 : type === 'bool' ? 1 : 4;
  const bytes = new Uint8Array(width * values.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) {
    if (type === 'float32') view.setFloat32(4 * i, values[i], true);
    else if (type === 'int32') view.setInt32(4 * i, values[i], true);
    else if (type === 'int64') view.setBigInt64(8 * i, BigInt(values[i]), true);
    else bytes[i] = values[i];
  }
  return bytes;
}
