import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/math/random.js';
import { chooseEngine, type Tensorflow } from '../../../src/motion/encoder/backend.js';
import { forward, initialParameters } from '../../../src/motion/encoder/mlp-model.js';
import { type Network, networkRunner } from '../../../src/motion/encoder/network.js';
import { answers } from '../../../src/motion/encoder/trainer.js';

const WIDTHS = [30, 64, 48, 16];

function randomNetwork(seed: number): { network: Network; parameters: ReturnType<typeof initialParameters> } {
  const random = seededRandom(seed);
  const parameters = initialParameters(WIDTHS, seed);
  for (const { values } of parameters)
    for (let i = 0; i < values.length; i++) values[i] += 0.05 * random.normal();
  return {
    parameters,
    network: {
      inputs: 30,
      outputs: 16,
      shortcut: Float32Array.from({ length: 480 }, () => 0.2 * random.normal()),
      layers: [0, 1, 2].map((n) => ({
        inputs: WIDTHS[n],
        outputs: WIDTHS[n + 1],
        weights: parameters[2 * n].values,
        bias: parameters[2 * n + 1].values,
        activation: n < 2 ? 'relu' : 'none',
      })),
    },
  };
}

describe('networkRunner', () => {
  it.each([
    ['neither layers nor a shortcut', { inputs: 2, outputs: 1, layers: [] }],
    ['its shortcut holds 3', { inputs: 2, outputs: 1, layers: [], shortcut: new Float32Array(3) }],
    [
      'layer 0 takes 3 numbers and gets 2',
      {
        inputs: 2,
        outputs: 1,
        layers: [
          {
            inputs: 3,
            outputs: 1,
            weights: new Float32Array(3),
            bias: new Float32Array(1),
            activation: 'none' as const,
          },
        ],
      },
    ],
    [
      'its last layer gives 2 numbers',
      {
        inputs: 2,
        outputs: 1,
        layers: [
          {
            inputs: 2,
            outputs: 2,
            weights: new Float32Array(4),
            bias: new Float32Array(2),
            activation: 'none' as const,
          },
        ],
      },
    ],
  ])('refuses a network in which %s', (what, network) => {
    expect(() => networkRunner(network)).toThrow(what);
  });

  it('computes a network that is small enough to check by hand', () => {
    const run = networkRunner({
      inputs: 2,
      outputs: 1,
      shortcut: Float32Array.of(10, 0),
      layers: [
        {
          inputs: 2,
          outputs: 2,
          weights: Float32Array.of(1, -1, 2, 1),
          bias: Float32Array.of(0.5, -9),
          activation: 'relu',
        },
        {
          inputs: 2,
          outputs: 1,
          weights: Float32Array.of(3, 5),
          bias: Float32Array.of(-1),
          activation: 'none',
        },
      ],
    });
    const out = new Float64Array(1);
    run([1, 2], out); // relu(5.5), relu(-8) → 3 · 5.5 − 1 + 10
    expect(out[0]).toBe(25.5);
  });

  describe('beside TensorFlow.js', () => {
    let tf: Tensorflow;
    beforeAll(async () => {
      tf = (await chooseEngine('auto')).tf;
    });

    it('gives what the trainer gives, to 1e-5', () => {
      for (const seed of [1, 2, 3]) {
        const { network, parameters } = randomNetwork(seed);
        const random = seededRandom(100 + seed);
        const x = Float32Array.from({ length: 30 * 50 }, () => random.normal());
        const shortcut = tf.tensor2d(network.shortcut ?? [], [30, 16]);
        const theirs = answers(tf, { inputs: 30, outputs: 16 }, parameters, shortcut, { x, count: 50 });
        shortcut.dispose();
        const run = networkRunner(network);
        const out = new Float64Array(16);
        for (let i = 0; i < 50; i++) {
          run(x.subarray(30 * i, 30 * i + 30), out);
          for (let k = 0; k < 16; k++) expect(Math.abs(out[k] - theirs[16 * i + k])).toBeLessThan(1e-5);
        }
      }
    });

    it('leaves no tensor behind', () => {
      const { network, parameters } = randomNetwork(4);
      const before = tf.memory().numTensors;
      const shortcut = tf.tensor2d(network.shortcut ?? [], [30, 16]);
      answers(tf, { inputs: 30, outputs: 16 }, parameters, shortcut, { x: new Float32Array(300), count: 10 });
      shortcut.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });

    it('has the gradients that differences give', () => {
      const parameters = initialParameters([3, 4, 2], 9);
      const x = tf.tensor2d([0.3, -1, 2, 1, 0.2, -0.4], [2, 3]);
      const shortcut = tf.tensor2d([0.1, 0, 0, 0.2, 0.3, 0], [3, 2]);
      const lossOf = (values: readonly Float32Array[]): number =>
        tf.tidy(() =>
          tf
            .sum(
              tf.square(
                forward(
                  tf,
                  values.map((v, n) => tf.tensor2d(v, [...parameters[n].shape])),
                  shortcut,
                  x,
                ),
              ),
            )
            .dataSync(),
        )[0];
      const tensors = parameters.map(({ values, shape }) => tf.tensor2d(values, [...shape]));
      const gradients = tf.grads(((
        ...p: Parameters<typeof forward>[1] extends readonly (infer T)[] ? T[] : never
      ) => tf.sum(tf.square(forward(tf, p, shortcut, x)))) as Parameters<typeof tf.grads>[0])(tensors);
      const step = 1e-2;
      parameters.forEach(({ values }, n) => {
        const gradient = gradients[n].dataSync();
        for (let i = 0; i < values.length; i++) {
          const moved = (by: number): number =>
            lossOf(
              parameters.map((p, m) => (m === n ? p.values.map((v, j) => (j === i ? v + by : v)) : p.values)),
            );
          expect(gradient[i]).toBeCloseTo((moved(step) - moved(-step)) / (2 * step), 1);
        }
      });
      tf.dispose([x, shortcut, ...tensors, ...gradients]);
    });
  });
});
