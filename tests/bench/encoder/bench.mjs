/**
 * The bench of `motion/encoder/`: training steps on each engine that loads, as ratios, and the time of one query, from a
 * track's frame to its latent.
 */
import { makePlainLayers } from '../../../dist/kernels/layer-kernels.js';
import { adamStep, freshAdam } from '../../../dist/motion/encoder/adam.js';
import { makeQueryEncoder } from '../../../dist/motion/encoder/encoder.js';
import { chooseEngine } from '../../../dist/motion/encoder/engine/choose.js';
import { gradientProgram } from '../../../dist/motion/encoder/engine/gradients.js';
import { architectureOf, FAMILY_NAMES, planOf } from '../../../dist/motion/encoder/families/families.js';
import { inputBlocks } from '../../../dist/motion/encoder/inputs.js';
import { parametersOf } from '../../../dist/motion/encoder/layers.js';
import { initialParameters } from '../../../dist/motion/encoder/parameters.js';
import { sizeOfBlocks } from '../../../dist/motion/encoder/rows.js';
import { makeMotionTrack } from '../../../dist/motion/features/motion-track.js';
import { interleave } from '../interleave.mjs';
import { convolutionalAutoencoder, denseNetwork } from './problems.mjs';

const LIMBS = ['L', 'R'].flatMap((side) =>
  ['thigh', 'calf', 'foot', 'ball', 'clavicle', 'upperArm', 'lowerArm', 'hand'].map((limb) => limb + side),
);
const ROLES = ['pelvis', 'spine', 'chest', 'neck', 'head', ...LIMBS];
const FRAMES = 100;
const OUTPUTS = 16;
/** Queries that are timed together: one alone is too short for the clock. */
const QUERIES = 10;
/** Microseconds of a query with the default encoder. */
const MOST_QUERY = 30;

/** Rows as in the bench of `formats/`; `ours` of an engine is how many times faster than wasm its step is. */
export async function bench({ rounds }) {
  const rows = [];
  for (const [input, problem, bar] of [
    ['mlp 256-512-512-256, 256 rows', denseNetwork(), 4],
    ['conv autoencoder, 32 windows', convolutionalAutoencoder(), 5],
  ])
    rows.push(...(await steps(rounds, input, problem, bar)));
  for (const family of FAMILY_NAMES) rows.push(...query(rounds, family));
  rows.push(query(rounds, 'mlp', makePlainLayers)[0]);
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
      skipped.push({ what: `step, ${name} over wasm`, input, skipped: error.message.split('\n')[0] });
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

/** The least and the median time of a query, of `200 · rounds` handfuls. */
function query(rounds, family, makeKernels) {
  const plan = planOf(family, ROLES, 30);
  const architecture = { ...architectureOf(family, plan, { outputs: OUTPUTS, survival: 1 }), auxiliary: [] };
  const inputs = sizeOfBlocks(inputBlocks(plan));
  const encode = makeQueryEncoder(
    {
      dim: OUTPUTS,
      plan,
      scaling: { mean: new Float64Array(inputs), scale: new Float64Array(inputs).fill(1) },
      network: {
        architecture,
        arrays: initialParameters(architecture, 1).map(({ values }) => values),
        shortcut: Float32Array.from({ length: inputs * OUTPUTS }, (_, i) => Math.cos(i)),
      },
    },
    makeKernels,
  );
  const positions = Float64Array.from({ length: FRAMES * 3 * ROLES.length }, (_, i) => Math.sin(0.37 * i));
  const track = makeMotionTrack('made up', ROLES, positions, 30);
  const out = new Float32Array(OUTPUTS);
  const times = Array.from({ length: 200 * rounds }, () => {
    const begun = performance.now();
    for (let n = 0; n < QUERIES; n++) encode(track, 50 + n, undefined, out, 0);
    return (1000 * (performance.now() - begun)) / QUERIES;
  }).sort((a, b) => a - b);
  const weights = parametersOf(architecture).reduce((sum, { shape }) => sum + shape[0] * shape[1], 0);
  const input = `${family}, ${weights} weights${makeKernels ? ', without vectors' : ''}`;
  const bar = family === 'mlp' && !makeKernels && { bar: { atMost: MOST_QUERY } };
  return [
    { what: 'query, least', input, ours: times[0], unit: 'µs', ...bar },
    { what: 'query, median', input, ours: times[times.length >> 1], unit: 'µs' },
  ];
}
