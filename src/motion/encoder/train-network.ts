import { GaitwayError } from '../../errors.js';
import { seededRandom } from '../../math/random.js';
import { mirrorTrack } from '../features/mirror-track.js';
import type { MotionTrack } from '../features/motion-track.js';
import { drawBends } from './bent-path.js';
import { type Encoder, legRange } from './encoder.js';
import type { Engine } from './engine/engine.js';
import type { Examples } from './examples.js';
import { architectureOf, type FamilyName, planOf } from './families/families.js';
import { type InputPlan, inputBlocks } from './inputs.js';
import { type Architecture, parametersOf } from './layers.js';
import { fitRegression, principalDirections } from './linear.js';
import { type Network, networkRunner } from './network.js';
import { gramMatrix, multiply } from './products.js';
import { fitScaling, fromTable, type Rows, type Scaling, scaledRows, toTable } from './rows.js';
import { inputRows, type PathTold, requireAlike, type Samples, samplesOf, targetRows } from './samples.js';
import { centimetreError, fitTargets, projectedRows, type TargetSpace } from './targets.js';
import { type TrainingHooks, type TrainingSettings, trainNetwork } from './trainer.js';
import type { TrainingState } from './training-state.js';

export interface NetworkSettings extends TrainingSettings {
  readonly dim: number;
  readonly family: FamilyName;
  /** How often the last residual block takes part in training; 1 switches stochastic depth off. */
  readonly survival: number;
  /** Share of the moments whose path is bent anew in every epoch. */
  readonly noiseShare: number;
  /** Share of the moments whose path is what a spring controller predicts, drawn anew in every epoch. */
  readonly predictedShare: number;
  /** Share of the clips that is held out to see when to stop. */
  readonly heldOutShare: number;
}

export interface TrainedNetwork {
  readonly encoder: Encoder;
  readonly state: TrainingState;
  readonly heldOutClips: readonly string[];
}

/** The spread of 64 numbers is known from as many rows; each costs a run of the network. */
const ENOUGH_ANSWERS = 5000;

/**
 * An encoder whose network predicts, from what a query knows, how motion goes on; the database holds how it does.
 *
 * The network learns what the linear prediction leaves over, from the clips and their mirror images. Latents are
 * the `dim` directions of the future in which its prediction varies most.
 *
 * @param resume A state that an earlier run with the same clips and settings gave to `onEpoch`.
 * @throws GaitwayError those of `requireAlike` and `trainNetwork`, and `motion/one-sided`.
 */
export async function trainNetworkEncoder(
  engine: Engine,
  tracks: readonly MotionTrack[],
  settings: NetworkSettings,
  hooks: TrainingHooks = {},
  resume?: TrainingState,
): Promise<TrainedNetwork> {
  const { roles, rateHz } = requireAlike(tracks);
  const plan = planOf(settings.family, roles, rateHz);
  const { learned, heldOut } = splitClips(tracks, settings);
  const plain = samplesOf(learned);
  const scaling = fitScaling(inputRows(plain, plan), inputBlocks(plan));
  const rawTargets = targetRows(plain, roles.length);
  const space = fitTargets(rawTargets, roles.length);

  const both = samplesOf([...learned, ...learned.map(mirrorTrack)]);
  const truth = toTable(projectedRows(targetRows(both, roles.length), space));
  const examplesOf = bentExamples(both, plan, scaling, truth, settings);
  const first = examplesOf(0);
  const inputs = first.x.length / first.count;
  const outputs = space.componentCount;
  const { weights } = fitRegression(fromTable(first.x, inputs), fromTable(truth, outputs), outputs);
  const shortcut = Float32Array.from(weights);
  const architecture = architectureOf(settings.family, plan, { outputs, survival: settings.survival });
  const task = {
    architecture,
    shortcut,
    examplesOf,
    exampleCount: both.count,
    heldOut: heldOutExamples(samplesOf(heldOut), plan, scaling, space, settings),
    centimetres: centimetreError(space, roles.length),
    sourceOf: (example: number) =>
      `${both.tracks[both.trackOf[example]].name}, frame ${both.frameOf[example]}`,
  };
  const state = await trainNetwork(engine, task, settings, resume, hooks);

  const full = asNetwork(state, architecture, shortcut);
  const stride = Math.max(1, Math.floor(plain.count / ENOUGH_ANSWERS));
  const spread = gramMatrix(answerRows(full, scaledRows(inputRows(plain, plan), scaling)), stride);
  const { directions, dim } = principalDirections(spread, outputs, settings.dim);
  const encoder: Encoder = {
    kind: settings.family,
    dim,
    plan,
    legs: legRange(tracks),
    scaling,
    network: turned(full, directions, dim),
    future: {
      scaling: space.scaling,
      projection: Float32Array.from(
        multiply(space.components, directions, space.scaling.mean.length, outputs, dim),
      ),
    },
  };
  return { encoder, state, heldOutClips: heldOut.map(({ name }) => name) };
}

/** Whole clips are held out, drawn by the seed; at least one is, and at least one is learned from. */
function splitClips(
  tracks: readonly MotionTrack[],
  { seed, heldOutShare }: NetworkSettings,
): { learned: MotionTrack[]; heldOut: MotionTrack[] } {
  const usable = tracks.filter((track) => samplesOf([track]).count > 0);
  if (usable.length < 2) {
    throw new GaitwayError(
      'encoder/too-few-samples',
      `Only ${usable.length} of ${tracks.length} clips is longer than 1.4 s; two are needed, one to learn from and one to check against.`,
      { clips: tracks.length, usable: usable.length },
    );
  }
  const random = seededRandom(seed);
  const drawn = usable.map((track) => ({ track, draw: random.uniform() })).sort((a, b) => a.draw - b.draw);
  const count = Math.min(usable.length - 1, Math.max(1, Math.round(heldOutShare * usable.length)));
  const held = new Set(drawn.slice(0, count).map(({ track }) => track));
  return {
    learned: usable.filter((track) => !held.has(track)),
    heldOut: usable.filter((track) => held.has(track)),
  };
}

/** Scaled inputs of every epoch: the clean table, in which the drawn rows are made again with another path. */
function bentExamples(
  samples: Samples,
  plan: InputPlan,
  scaling: Scaling,
  y: Float32Array,
  settings: NetworkSettings,
): (epoch: number) => Examples {
  const clean = toTable(scaledRows(inputRows(samples, plan), scaling));
  const x = new Float32Array(clean.length);
  const size = clean.length / samples.count;
  const row = new Float64Array(size);
  return (epoch) => {
    x.set(clean);
    const told = pathsTold(samples.count, settings, settings.seed + 104729 * (epoch + 1));
    const bent = scaledRows(inputRows(samples, plan, told), scaling);
    for (let i = 0; i < samples.count; i++) {
      if (told.draws[3 * i] === 0 && told.predicted[i] === 0) continue;
      bent.read(i, row);
      x.set(row, i * size);
    }
    return { x, y, count: samples.count };
  };
}

function pathsTold(
  count: number,
  { noiseShare, predictedShare }: NetworkSettings,
  seed: number,
): Required<PathTold> {
  const random = seededRandom(seed);
  const draws = drawBends(count, noiseShare, random);
  const predicted = new Uint8Array(count);
  if (predictedShare > 0)
    for (let i = 0; i < count; i++) predicted[i] = random.uniform() < predictedShare ? 1 : 0;
  return { draws, predicted };
}

function heldOutExamples(
  samples: Samples,
  plan: InputPlan,
  scaling: Scaling,
  space: TargetSpace,
  settings: NetworkSettings,
): Examples {
  const told = pathsTold(samples.count, settings, settings.seed ^ 0x5bd1e995);
  return {
    x: toTable(scaledRows(inputRows(samples, plan, told), scaling)),
    y: toTable(projectedRows(targetRows(samples, plan.roles.length), space)),
    count: samples.count,
  };
}

/** The network of the least held-out error, without the heads that only training needs. */
function asNetwork({ best }: TrainingState, trained: Architecture, shortcut: Float32Array): Network {
  const architecture = { ...trained, auxiliary: [] };
  return { architecture, arrays: best.slice(0, parametersOf(architecture).length), shortcut };
}

function answerRows(network: Network, x: Rows): Rows {
  const run = networkRunner(network);
  const row = new Float64Array(x.size);
  return {
    count: x.count,
    size: network.architecture.outputs,
    read(index, out) {
      x.read(index, row);
      run(row, out);
    },
  };
}

/** The network whose answers are the old ones seen along `directions` [outputs, dim]. */
function turned({ architecture, arrays, shortcut }: Network, directions: Float64Array, dim: number): Network {
  const { outputs, head } = architecture;
  const turn = (matrix: Float32Array): Float32Array =>
    Float32Array.from(multiply(matrix, directions, matrix.length / outputs, outputs, dim));
  return {
    architecture: {
      ...architecture,
      outputs: dim,
      head: [...head.slice(0, -1), { op: 'dense', outputs: dim }],
    },
    arrays: [...arrays.slice(0, -2), ...arrays.slice(-2).map(turn)],
    ...(shortcut && { shortcut: turn(shortcut) }),
  };
}
