import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import type { Engine } from './engine/engine.js';
import { forward } from './forward.js';
import { type Architecture, parametersOf, survivals } from './layers.js';

const ROWS = 1024;

/** Gives a network's answers [count, outputs] to inputs [count, inputs], on an engine. */
export interface Answerer {
  answers(parameters: readonly Float32Array[], x: Float32Array, count: number): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** @param shortcut [inputs, outputs]: the fixed linear answer to which the network adds. */
export async function makeAnswerer(
  engine: Engine,
  architecture: Architecture,
  shortcut: Float32Array,
): Promise<Answerer> {
  const { inputs, outputs, trunk } = architecture;
  const shares = survivals(trunk);
  const keep = Float32Array.from(shares.length > 0 ? shares : [1]);
  const count = parametersOf(architecture).length;
  const compiled = await engine.compile({
    inputs: [
      ...parametersOf(architecture).map(({ shape }) => shape),
      [ROWS, inputs],
      [inputs, outputs],
      [keep.length],
    ],
    outputs: (tf, tensors) => {
      const [x, linear, share] = tensors.slice(count);
      const { answer } = forward(tf, architecture, tensors.slice(0, count), x as Tensor2D, share as Tensor1D);
      return [tf.add(answer, tf.matMul(x as Tensor2D, linear as Tensor2D))];
    },
  });
  const table = new Float32Array(ROWS * inputs);
  return {
    async answers(parameters, x, rows) {
      const out = new Float32Array(rows * outputs);
      for (let from = 0; from < rows; from += ROWS) {
        const to = Math.min(rows, from + ROWS);
        table.fill(0);
        table.set(x.subarray(from * inputs, to * inputs));
        const [answer] = await compiled.run([...parameters, table, shortcut, keep]);
        out.set(answer.subarray(0, (to - from) * outputs), from * outputs);
      }
      return out;
    },
    dispose: () => compiled.dispose(),
  };
}
