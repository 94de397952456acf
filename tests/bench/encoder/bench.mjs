/** The bench of `motion/encoder/`: training steps on each engine that loads, as ratios, and the time of one query. */
import { adamStep, freshAdam } from '../../../dist/motion/encoder/adam.js';
import { chooseEngine } from '../../../dist/motion/encoder/engine/choose.js';
import { gradientProgram } from '../../../dist/motion/encoder/engine/gradients.js';
import { architectureOf, FAMILY_NAMES, planOf } from '../../../dist/motion/encoder/families/families.js';
import { parametersOf } from '../../../dist/motion/encoder/layers.js';
import { networkRunner } from '../../../dist/motion/encoder/network.js';
import { initialParameters } from '../../../dist/motion/encoder/parameters.js';
import { interleave } from '../interleave.mjs';
import { convolutionalAutoencoder, denseNetwork } from './problems.mjs';

const ROLES = Array.from({ length: 21 }, (_, n) => `role${n}`);
const OUTPUTS = 16;
/** Queries that are timed together: one alone is too short for the clock. */
const QUERIES = 200;

/** Rows as in the bench of `formats/`; `ours` of an engine is how many times faster than wasm its step is. */
export async function bench({ rounds }) {
  const rows = [];
  for (const [input, problem, bar] of [
    ['mlp 256-512-512-256, 256 rows', denseNetwork(), 4],
    ['conv autoencoder, 32 windows', convolutionalAutoencoder(), 5],
  ])
    rows.push(...(await steps(rounds, input, problem, bar)));
  for (const family of FAMILY_NAMES) rows.push(await query(rounds, family));
  return rows;
}

async function steps(rounds, input, { problem, parameters }, atLeast) {
  const contestants = {};
  const skipped = [];
  for (const name of ['wasm', 'traced', 'tfjs-node']) {
    try {
      const { engine } = await chooseEngine(name);
      contestants[name] = await step(engine, problem, parameters);
    } catch (error) {
      skipped.push({
        what: `step, ${name} over wasm`,
        input,
        skipped: true,
        bar: error.message.split('\n')[0],
      });
    }
  }
  const best = await interleave(rounds, contestants);
  return [
    { what: 'step, wasm', input, ours: best.wasm, unit: 'ms' },
    ...Object.keys(contestants)
      .filter((name) => name !== 'wasm')
      .flatMap((name) => [
        { what: `step, ${name}`, input, ours: best[name], unit: 'ms' },
        {
          what: `step, ${name} over wasm`,
          input,
          ours: best.wasm / best[name],
          unit: 'times',
          ...(name === 'traced' && { bar: { atLeast } }),
        },
      ]),
    ...skipped,
  ];
}

/** A whole step: gradients on the engine, and Adam. */
async function step(engine, problem, initial) {
  const parameters = initial.map((parameter) => ({ ...parameter, values: parameter.values.slice() }));
  const compiled = await engine.compile(gradientProgram(problem));
  const adam = freshAdam(parameters);
  const inputs = problem.inputs.map((shape) =>
    Float32Array.from({ length: shape.reduce((size, length) => size * length, 1) }, (_, i) => Math.sin(i)),
  );
  return async () => {
    const [loss, ...gradients] = await compiled.run([...parameters.map(({ values }) => values), ...inputs]);
    adamStep(parameters, gradients, adam, 1e-4, 1e-2);
    return loss[0];
  };
}

async function query(rounds, family) {
  const built = architectureOf(family, planOf(family, ROLES, 30), { outputs: OUTPUTS, survival: 1 });
  const architecture = { ...built, auxiliary: [] };
  const arrays = initialParameters(architecture, 1).map(({ values }) => values);
  const run = networkRunner({ architecture, arrays });
  const row = Float64Array.from({ length: architecture.inputs }, (_, i) => Math.sin(i));
  const out = new Float64Array(OUTPUTS);
  const weights = parametersOf(architecture).reduce((sum, { shape }) => sum + shape[0] * shape[1], 0);
  const best = await interleave(rounds, {
    query: () => {
      for (let n = 0; n < QUERIES; n++) run(row, out);
      return out[0];
    },
  });
  return {
    what: 'query',
    input: `${family}, ${weights} weights`,
    ours: (1000 * best.query) / QUERIES,
    unit: 'µs',
  };
}
