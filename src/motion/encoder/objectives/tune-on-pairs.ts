import { seededRandom } from '../../../math/random.js';
import { makeAnswerer } from '../answers.js';
import { type DescentHooks, descend } from '../descend.js';
import type { Engine } from '../engine/engine.js';
import { drawBatches, type Examples, mostExtremeRow } from '../examples.js';
import { parametersOf, survivals } from '../layers.js';
import type { Network } from '../network.js';
import { type HardPairs, makeHardPairs } from './hard-pairs.js';
import { pairProblem } from './pair-loss.js';

export interface PairSettings {
  readonly pairEpochs: number;
  readonly seed: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly weightDecay: number;
}

export interface PairTask {
  /** Gives latents [dim] of what a query will go on like; has a shortcut. */
  readonly network: Network;
  /** Inputs, and what happens [count, components], of one epoch. */
  readonly examplesOf: (epoch: number) => Examples;
  /** What the database holds: the latents of what happens, [count, dim]. */
  readonly latentsOf: (examples: Examples) => Float32Array;
  /** [count]: the clip of each example. */
  readonly clipOf: Int32Array;
  /** Clip and frame of an example, for error sentences. */
  readonly sourceOf: (example: number) => string;
}

/** Near answers that each query chooses from. */
const CANDIDATES = 12;
/** Fine tuning goes in smaller steps than learning did. */
const RATE_SHARE = 0.2;

/**
 * Goes on with training: queries shall choose answers that go on alike, told by their motion distance, among those that
 * lie nearest to what the network says and are of other clips (hard pairs).
 *
 * @returns The network with new weights; `network` stays as it is.
 * @throws GaitwayError those of `descend`.
 */
export async function tuneOnPairs(
  engine: Engine,
  task: PairTask,
  settings: PairSettings,
  hooks: DescentHooks = {},
): Promise<Network> {
  const { architecture, shortcut } = task.network;
  const { inputs, outputs: dim, trunk } = architecture;
  const shapes = parametersOf(architecture);
  const parameters = task.network.arrays.map((values, n) => ({
    shape: shapes[n].shape,
    values: values.slice(),
    decays: shapes[n].fanIn > 0,
  }));
  const linear = shortcut ?? new Float32Array(inputs * dim);
  const shares = survivals(trunk);
  const keep = Float32Array.from(shares.length > 0 ? shares : [1]);
  const first = task.examplesOf(0);
  const batch = Math.min(settings.batch, first.count);
  const perEpoch = Math.floor(first.count / batch);
  const answerer = await makeAnswerer(engine, architecture, linear);
  const x = new Float32Array(batch * inputs);
  const offered = new Float32Array(batch * CANDIDATES * dim);
  const distances = new Float32Array(batch * CANDIDATES);
  const own = new Float32Array(batch * dim);
  const hardness = new Float32Array(1);
  const random = seededRandom(settings.seed + 31);
  const found = new Int32Array(CANDIDATES);
  const round = async (epoch: number): Promise<Round> => {
    const examples = task.examplesOf(epoch);
    const values = parameters.map((parameter) => parameter.values);
    const latents = task.latentsOf(examples);
    return {
      examples,
      latents,
      said: await answerer.answers(values, examples.x, examples.count),
      pairs: makeHardPairs(latents, dim, task.clipOf, random),
      batches: drawBatches(examples.count, batch, settings.seed + 3571 * (epoch + 1)),
    };
  };
  let now: Round | undefined;
  try {
    await descend(
      engine,
      pairProblem(architecture, { batch, candidates: CANDIDATES }),
      parameters,
      {
        what: 'Fine tuning on pairs',
        steps: perEpoch * settings.pairEpochs,
        learningRate: RATE_SHARE * settings.learningRate,
        weightDecay: settings.weightDecay,
        async inputsOf(step) {
          if (!now || step % perEpoch === 0) now = await round(Math.floor(step / perEpoch));
          const { examples, latents, said, pairs, batches } = now;
          const components = examples.y.length / examples.count;
          let spread = 0;
          batches[step % perEpoch].forEach((i, to) => {
            x.set(examples.x.subarray(i * inputs, (i + 1) * inputs), to * inputs);
            own.set(latents.subarray(i * dim, (i + 1) * dim), to * dim);
            pairs.find(said.subarray(i * dim, (i + 1) * dim), task.clipOf[i], found);
            let [least, most] = [Number.POSITIVE_INFINITY, 0];
            found.forEach((j, k) => {
              const at = to * CANDIDATES + k;
              offered.set(latents.subarray(j * dim, (j + 1) * dim), at * dim);
              distances[at] = Math.sqrt(squaredGap(examples.y, i, examples.y, j, components));
              const gap = squaredGap(said, i, latents, j, dim);
              least = Math.min(least, gap);
              most = Math.max(most, gap);
            });
            spread += (most - least) / batch;
          });
          hardness[0] = SHARPNESS / Math.max(spread, LEAST_SPREAD);
          return [x, offered, distances, own, linear, keep, hardness];
        },
        sourceOf: (step) => task.sourceOf(now?.batches[step % perEpoch][mostExtremeRow(x, batch)] ?? 0),
      },
      hooks,
    );
  } finally {
    await answerer.dispose();
  }
  return { ...task.network, arrays: parameters.map(({ values }) => values) };
}

/** What one epoch works on. */
interface Round {
  readonly examples: Examples;
  /** [count, dim]: what the database holds, and what the network says. */
  readonly latents: Float32Array;
  readonly said: Float32Array;
  readonly pairs: HardPairs;
  readonly batches: readonly Int32Array[];
}

/** The choice is as soft as this part of what the candidates' squared distances differ by. */
const SHARPNESS = 4;
const LEAST_SPREAD = 1e-6;

/** Between row i of `a` and row j of `b`. */
function squaredGap(a: Float32Array, i: number, b: Float32Array, j: number, size: number): number {
  let sum = 0;
  for (let k = 0; k < size; k++) sum += (a[i * size + k] - b[j * size + k]) ** 2;
  return sum;
}
