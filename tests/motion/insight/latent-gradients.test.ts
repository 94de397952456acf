import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/math/random.js';
import { chooseEngine } from '../../../src/motion/encoder/engine/choose.js';
import type { Engine } from '../../../src/motion/encoder/engine/engine.js';
import { architectureOf, planOf } from '../../../src/motion/encoder/families/families.js';
import { linearArchitecture } from '../../../src/motion/encoder/layers.js';
import { type Network, networkRunner } from '../../../src/motion/encoder/network.js';
import { initialParameters } from '../../../src/motion/encoder/parameters.js';
import { makeLatentGradients } from '../../../src/motion/insight/latent-gradients.js';
import { LEG_ROLES } from '../made-tracks.js';

const ROWS = 3;
const OUTPUTS = 5;
const STEP = 2e-3;

function networkOf(kind: 'linear' | 'mlp' | 'resnet'): Network {
  const random = seededRandom(2);
  const inputs = 40;
  const architecture =
    kind === 'linear'
      ? linearArchitecture(inputs, OUTPUTS)
      : architectureOf(kind, planOf(kind, LEG_ROLES, 30), { outputs: OUTPUTS, survival: 0.8 });
  const shortcut = Float32Array.from({ length: architecture.inputs * OUTPUTS }, () => 0.1 * random.normal());
  const arrays = initialParameters(architecture, 4).map(({ values }) => values);
  return { architecture, arrays, shortcut };
}

describe.each(['linear', 'mlp', 'resnet'] as const)('derivatives of the latents of %s', (kind) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = (await chooseEngine('wasm')).engine;
  });

  it('are those of the plain network, each row on its own', async () => {
    const network = networkOf(kind);
    const { inputs } = network.architecture;
    const random = seededRandom(5);
    const x = Float32Array.from({ length: ROWS * inputs }, () => random.normal());
    const directions = Float32Array.from({ length: ROWS * OUTPUTS }, () => random.normal());
    const gradients = await makeLatentGradients(engine, network, ROWS);
    const found = (await gradients.of(x, directions)).slice();
    await gradients.dispose();
    const run = networkRunner(network);
    const z = new Float64Array(OUTPUTS);
    const along = (row: number, k: number, amount: number): number => {
      const input = Float64Array.from(x.subarray(row * inputs, (row + 1) * inputs));
      input[k] += amount;
      run(input, z);
      return z.reduce((sum, value, n) => sum + value * directions[row * OUTPUTS + n], 0);
    };
    for (let row = 0; row < ROWS; row++) {
      for (let k = row; k < inputs; k += 11) {
        const slope = (along(row, k, STEP) - along(row, k, -STEP)) / (2 * STEP);
        expect(Math.abs(found[row * inputs + k] - slope), `row ${row}, input ${k}`).toBeLessThan(
          1e-2 * Math.max(1, Math.abs(slope)),
        );
      }
    }
  });
});
