import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/math/random.js';
import { chooseEngine } from '../../../../src/motion/encoder/engine/choose.js';
import { ENGINE_NAMES, type Engine, type EngineName } from '../../../../src/motion/encoder/engine/engine.js';
import { gradientProgram } from '../../../../src/motion/encoder/engine/gradients.js';
import {
  conv,
  convRelu,
  denseHead,
  maxPool,
  meanPool,
  residual,
} from '../../../../src/motion/encoder/families/blocks.js';
import type { Architecture, Layer } from '../../../../src/motion/encoder/layers.js';
import { trainingProblem } from '../../../../src/motion/encoder/loss.js';
import { initialParameters } from '../../../../src/motion/encoder/parameters.js';

const BATCH = 5;
const CHANNELS = 6;
const TIMES = 8;
const REST = 3;
const OUTPUTS = 4;

function architectureOf(trunk: readonly Layer[]): Architecture {
  const auxiliary = trunk.length > 2 ? [{ after: 2, head: denseHead([], OUTPUTS) }] : [];
  const inputs = CHANNELS * TIMES + REST;
  return {
    inputs,
    outputs: OUTPUTS,
    frames: Array.from({ length: TIMES }, (_, t) => t * CHANNELS),
    channels: CHANNELS,
    rest: [CHANNELS * TIMES, inputs],
    trunk,
    head: denseHead([7], OUTPUTS),
    auxiliary,
  };
}

/** Every kind of layer, with strides, groups and odd lengths. */
const TRUNKS: Record<string, readonly Layer[]> = {
  'a convolution with a stride': convRelu(3, 8, { stride: 2 }),
  'a wide convolution of an even width': convRelu(4, 8),
  'groups and a stride of 3': convRelu(5, 8, { stride: 3, groups: 2 }),
  'maxima over overlapping stretches': [...convRelu(3, 8), maxPool(3, 2)],
  'means over halves, and an auxiliary head': [...convRelu(3, 8), meanPool(2, 2), ...convRelu(3, 4)],
  'residual blocks with and without a change of shape': [
    conv(1, 8),
    residual(8, { survival: 0.5 }),
    residual(6, { stride: 2, changes: true, survival: 1 }),
  ],
  'branches side by side': [
    {
      op: 'branches',
      branches: [[conv(1, 3)], [...convRelu(1, 2), conv(5, 3)], [maxPool(3, 1), conv(1, 2)]],
    },
  ],
};

async function lossAndGradients(engine: Engine, architecture: Architecture): Promise<Float32Array[]> {
  const random = seededRandom(5);
  const numbers = (length: number): Float32Array => Float32Array.from({ length }, () => random.normal());
  const problem = trainingProblem(architecture, BATCH);
  const compiled = await engine.compile(gradientProgram(problem));
  const parameters = initialParameters(architecture, 2).map(({ values }) =>
    values.map((v) => v + 0.1 * random.normal()),
  );
  const [, , , [blocks]] = problem.inputs;
  const keep = Float32Array.from({ length: blocks }, (_, n) => (n === 0 ? 0.8 : 1));
  const inputs = problem.inputs.slice(0, 3).map(([rows, columns]) => numbers(rows * columns));
  const results = (await compiled.run([...parameters, ...inputs, keep])).map((array) => array.slice());
  await compiled.dispose();
  return results;
}

const loaded: Partial<Record<EngineName, Engine>> = {};
for (const name of ENGINE_NAMES) {
  const chosen = await chooseEngine(name).catch(() => undefined);
  if (chosen) loaded[name] = chosen.engine;
}

describe.each(ENGINE_NAMES.filter((name) => name !== 'cpu'))('gradients on %s', (name) => {
  const { cpu, [name]: engine } = loaded as { cpu: Engine } & typeof loaded;

  it.skipIf(!engine).each(Object.entries(TRUNKS))(
    'are those on cpu for %s (skipped where the engine does not load)',
    async (_, trunk) => {
      const architecture = architectureOf(trunk);
      const expected = await lossAndGradients(cpu, architecture);
      const found = await lossAndGradients(engine as Engine, architecture);
      expect(found).toHaveLength(expected.length);
      expected.forEach((array, n) => {
        const largest = Math.max(1e-3, ...array.map(Math.abs));
        array.forEach((value, i) => {
          expect(Math.abs(found[n][i] - value) / largest).toBeLessThan(1e-4);
        });
      });
      expect(Math.max(...expected.slice(1).map((array) => Math.max(...array.map(Math.abs))))).toBeGreaterThan(
        0.01,
      );
    },
  );
});

it('has on cpu the gradients that differences give', async () => {
  const { engine } = await chooseEngine('cpu');
  const compiled = await engine.compile(
    gradientProgram({
      parameters: [[2, 2]],
      inputs: [[1, 2]],
      loss: (tf, [w], [x]) => tf.sum(tf.square(tf.matMul(x as never, w as never))),
    }),
  );
  const x = Float32Array.of(1, -2);
  const w = Float32Array.of(0.5, 1, -1, 0.25);
  const lossAt = async (values: Float32Array): Promise<number> => (await compiled.run([values, x]))[0][0];
  const [, gradient] = await compiled.run([w, x]);
  const found = gradient.slice();
  for (let i = 0; i < 4; i++) {
    const moved = (by: number): Float32Array => w.map((v, j) => (j === i ? v + by : v));
    const slope = ((await lossAt(moved(0.01))) - (await lossAt(moved(-0.01)))) / 0.02;
    expect(found[i]).toBeCloseTo(slope, 2);
  }
});
