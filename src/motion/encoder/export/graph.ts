import type { Shape } from '../engine/engine.js';
import { littleEndian, type OnnxConstant, type OnnxNode } from '../engine/onnx.js';

/** An ONNX graph that is being drawn; tensors are known by their names. */
export interface Graph {
  readonly nodes: OnnxNode[];
  readonly constants: OnnxConstant[];
  /** Adds an operation. @returns the name of what it gives. */
  add(op: string, inputs: readonly string[], attributes?: OnnxNode['attributes']): string;
  floats(values: ArrayLike<number>, shape: Shape): string;
  /** A list of whole numbers: a shape, or amounts of padding. */
  wholes(values: readonly number[]): string;
}

export function makeGraph(): Graph {
  const nodes: OnnxNode[] = [];
  const constants: OnnxConstant[] = [];
  const hold = (type: OnnxConstant['type'], shape: Shape, values: ArrayLike<number>): string => {
    const name = `constant${constants.length}`;
    constants.push({ name, type, shape, bytes: littleEndian(values, type) });
    return name;
  };
  return {
    nodes,
    constants,
    add(op, inputs, attributes = {}) {
      const name = `${op.toLowerCase()}${nodes.length}`;
      nodes.push({ op, inputs, outputs: [name], attributes });
      return name;
    },
    floats: (values, shape) => hold('float32', shape, values),
    wholes: (values) => hold('int64', [values.length], values),
  };
}
