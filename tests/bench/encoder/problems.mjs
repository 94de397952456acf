/** Problems whose steps are timed. */
import { conv, convRelu, denseHead, residual } from '../../../dist/motion/encoder/families/blocks.js';
import { forward } from '../../../dist/motion/encoder/forward.js';
import { linearArchitecture, parametersOf } from '../../../dist/motion/encoder/layers.js';
import { initialParameters } from '../../../dist/motion/encoder/parameters.js';

const meanSquare = (tf, a, b) => tf.mul(tf.sum(tf.squaredDifference(a, b)), 1 / a.size);

/** A dense network that learns its input by heart. */
export function denseNetwork() {
  const architecture = { ...linearArchitecture(256, 256), head: denseHead([512, 512], 256) };
  return {
    parameters: initialParameters(architecture, 1),
    problem: {
      parameters: parametersOf(architecture).map(({ shape }) => shape),
      inputs: [[256, 256], [1]],
      loss: (tf, parameters, [x, keep]) =>
        meanSquare(tf, forward(tf, architecture, parameters, x, keep).answer, x),
    },
  };
}

const ROWS = 32;
const CHANNELS = 96;
const TIME = 60;
const WIDTH = 64;
const LATENTS = 32;

/** A table in time and what is made of it, flat. */
const overTime = (time, channels, trunk, head, outputs) => ({
  ...linearArchitecture(time * channels, outputs),
  frames: Array.from({ length: time }, (_, t) => t * channels),
  channels,
  rest: [0, 0],
  trunk,
  head,
});

/** Windows of 60 moments, halved twice, to 32 numbers and back by repeating moments. */
export function convolutionalAutoencoder() {
  const block = residual(WIDTH, { survival: 1 });
  const short = TIME / 4;
  const parts = [
    overTime(
      TIME,
      CHANNELS,
      [
        ...convRelu(3, WIDTH),
        block,
        ...convRelu(4, WIDTH, { stride: 2 }),
        block,
        conv(4, WIDTH, { stride: 2 }),
        block,
      ],
      [
        { op: 'dense', outputs: LATENTS },
        { op: 'dense', outputs: short * WIDTH },
      ],
      short * WIDTH,
    ),
    overTime(short, WIDTH, [block], [], short * WIDTH),
    overTime(2 * short, WIDTH, [...convRelu(3, WIDTH), block], [], 2 * short * WIDTH),
    overTime(TIME, WIDTH, [...convRelu(3, WIDTH), block, conv(3, CHANNELS)], [], TIME * CHANNELS),
  ];
  const counts = parts.map((part) => parametersOf(part).length);
  return {
    parameters: parts.flatMap((part, n) => initialParameters(part, n)),
    problem: {
      parameters: parts.flatMap((part) => parametersOf(part).map(({ shape }) => shape)),
      inputs: [[ROWS, TIME * CHANNELS], [1]],
      loss: (tf, parameters, [x, keep]) => {
        let from = 0;
        const answer = parts.reduce((table, part, n) => {
          const own = parameters.slice(from, from + counts[n]);
          from += counts[n];
          const input = n < 2 ? table : twice(tf, table, part.inputs);
          return forward(tf, part, own, input, keep).answer;
        }, x);
        return meanSquare(tf, answer, x);
      },
    },
  };
}

/** Every moment two times. */
function twice(tf, table, size) {
  const moments = tf.reshape(table, [ROWS, size / (2 * WIDTH), WIDTH]);
  return tf.reshape(tf.concat([moments, moments], 2), [ROWS, size]);
}
