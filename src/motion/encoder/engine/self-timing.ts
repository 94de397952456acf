import type { Tensor2D } from '@tensorflow/tfjs';
import type { Engine } from './engine.js';
import { gradientProgram } from './gradients.js';

const ROWS = 256;
const WIDTHS = [128, 256, 64];
const RUNS = 5;

/** Milliseconds that an engine takes for the gradients of a small network: the least of five, after one to warm up. */
export async function timeEngine(engine: Engine, now: () => number): Promise<number> {
  const parameters = [
    [WIDTHS[0], WIDTHS[1]],
    [WIDTHS[1], WIDTHS[2]],
  ];
  const inputs = [[ROWS, WIDTHS[0]]];
  const compiled = await engine.compile(
    gradientProgram({
      parameters,
      inputs,
      loss: (tf, [first, second], [x]) =>
        tf.sum(tf.relu(tf.matMul(tf.relu(tf.matMul(x as Tensor2D, first as Tensor2D)), second as Tensor2D))),
    }),
  );
  const arrays = [...parameters, ...inputs].map(([rows, columns]) =>
    new Float32Array(rows * columns).fill(0.01),
  );
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run <= RUNS; run++) {
    const from = now();
    await compiled.run(arrays);
    const took = now() - from;
    if (run > 0) least = Math.min(least, took);
  }
  await compiled.dispose();
  return least;
}
