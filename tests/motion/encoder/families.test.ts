import { beforeAll, describe, expect, it } from 'vitest';
import { makePlainLayers } from '../../../src/kernels/layer-kernels.js';
import { seededRandom } from '../../../src/math/random.js';
import { makeAnswerer } from '../../../src/motion/encoder/answers.js';
import { chooseEngine } from '../../../src/motion/encoder/engine/choose.js';
import type { Engine } from '../../../src/motion/encoder/engine/engine.js';
import { architectureOf, FAMILY_NAMES, planOf } from '../../../src/motion/encoder/families/families.js';
import { parametersOf, survivals } from '../../../src/motion/encoder/layers.js';
import { networkRunner } from '../../../src/motion/encoder/network.js';
import { initialParameters } from '../../../src/motion/encoder/parameters.js';
import { LEG_ROLES } from '../made-tracks.js';

const OUTPUTS = 12;
const ROWS = 20;

describe.each(FAMILY_NAMES)('the family %s', (family) => {
  const plan = planOf(family, LEG_ROLES, 30);
  const architecture = architectureOf(family, plan, { outputs: OUTPUTS, survival: 0.7 });
  const random = seededRandom(7);
  const parameters = initialParameters(architecture, 3).map(({ values }) => {
    for (let i = 0; i < values.length; i++) values[i] += 0.02 * random.normal();
    return values;
  });
  let engine: Engine;
  beforeAll(async () => {
    engine = (await chooseEngine('wasm')).engine;
  });

  it('gives without any library what the trainer gives, to 1e-5, and the same to the byte without vectors', async () => {
    const { inputs } = architecture;
    const x = Float32Array.from({ length: inputs * ROWS }, () => random.normal());
    const shortcut = Float32Array.from({ length: inputs * OUTPUTS }, () => 0.1 * random.normal());
    const answerer = await makeAnswerer(engine, architecture, shortcut);
    const theirs = await answerer.answers(parameters, x, ROWS);
    await answerer.dispose();
    const bare = { ...architecture, auxiliary: [] };
    const arrays = parameters.slice(0, parametersOf(bare).length);
    const run = networkRunner({ architecture: bare, arrays, shortcut });
    const runPlainly = networkRunner({ architecture: bare, arrays, shortcut }, makePlainLayers);
    const [ours, plain] = [new Float64Array(OUTPUTS), new Float64Array(OUTPUTS)];
    let spread = 0;
    for (let i = 0; i < ROWS; i++) {
      const row = x.subarray(i * inputs, (i + 1) * inputs);
      run(row, ours);
      runPlainly(row, plain);
      expect(ours).toEqual(plain);
      for (let k = 0; k < OUTPUTS; k++) {
        expect(Math.abs(ours[k] - theirs[i * OUTPUTS + k])).toBeLessThan(
          1e-5 * Math.max(1, Math.abs(ours[k])),
        );
        spread += Math.abs(ours[k]);
      }
    }
    expect(spread / (ROWS * OUTPUTS)).toBeGreaterThan(0.1);
  });

  it('sees every number of its input', async () => {
    const bare = { ...architecture, auxiliary: [] };
    const run = networkRunner({
      architecture: bare,
      arrays: parameters.slice(0, parametersOf(bare).length),
    });
    const row = Float64Array.from({ length: architecture.inputs }, () => random.normal());
    const [before, after] = [new Float64Array(OUTPUTS), new Float64Array(OUTPUTS)];
    run(row, before);
    for (let j = 0; j < row.length; j++) {
      const changed = row.slice();
      changed[j] += 1;
      run(changed, after);
      expect(after).not.toEqual(before);
    }
  });
});

it('lets residual families alone leave out blocks, later ones more often', () => {
  for (const family of FAMILY_NAMES) {
    const plan = planOf(family, LEG_ROLES, 30);
    const shares = survivals(architectureOf(family, plan, { outputs: 4, survival: 0.5 }).trunk);
    if (!['resnet', 'wide-resnet', 'resnext'].includes(family)) expect(shares).toEqual([]);
    else {
      expect(shares.at(-1)).toBe(0.5);
      expect([...shares].sort((a, b) => b - a)).toEqual(shares);
      expect(shares[0]).toBeLessThan(1);
    }
  }
});

it('keeps heads for training out of the network that is used', () => {
  const plan = planOf('inception', LEG_ROLES, 30);
  const architecture = architectureOf('inception', plan, { outputs: 4, survival: 1 });
  expect(architecture.auxiliary).toHaveLength(2);
  const arrays = parametersOf(architecture).map(({ shape }) => new Float32Array(shape[0] * shape[1]));
  expect(() => networkRunner({ architecture, arrays })).toThrow('heads that are for training only');
});
