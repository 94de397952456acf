import { mirrorTrack } from '../features/mirror-track.js';
import type { MotionTrack } from '../features/motion-track.js';
import { type Encoder, legRange } from './encoder.js';
import type { Engine } from './engine/engine.js';
import type { Examples } from './examples.js';
import { architectureOf, type FamilyName, planOf } from './families/families.js';
import { inputBlocks } from './inputs.js';
import { fitRegression } from './linear.js';
import { asNetwork, latentDirections, turned } from './network-latents.js';
import type { Pretraining } from './objectives/autoencoder.js';
import type { DecoderKind } from './objectives/decoder.js';
import { pretrain } from './objectives/pretrain.js';
import { tuneOnPairs } from './objectives/tune-on-pairs.js';
import { multiply } from './products.js';
import { heldOutExamples, type PathSettings, queryExamples } from './query-examples.js';
import { fitScaling, fromTable, scaledRows, toTable } from './rows.js';
import { inputRows, requireAlike, samplesOf, targetRows } from './samples.js';
import { splitClips } from './split-clips.js';
import { centimetreError, fitTargets, projectedRows } from './targets.js';
import { type TrainingHooks, type TrainingSettings, trainNetwork } from './trainer.js';
import { freshState, type TrainingState } from './training-state.js';

export interface NetworkSettings extends TrainingSettings, PathSettings {
  readonly dim: number;
  readonly family: FamilyName;
  /** How often the last residual block takes part in training; 1 switches stochastic depth off. */
  readonly survival: number;
  /** Share of the clips that is held out to see when to stop. */
  readonly heldOutShare: number;
  /** What the network learns before it learns to predict, for so many epochs, and how its decoder grows a window. */
  readonly pretraining: Pretraining | 'none';
  readonly pretrainingEpochs: number;
  readonly decoder: DecoderKind;
  /** Epochs of motion-distance metric learning on hard pairs, after the others; 0 for none. */
  readonly pairEpochs: number;
  /** How much the jump at a match counts beside what follows. */
  readonly jumpWeight: number;
  /** Makes latents vary equally along each of their directions. */
  readonly whiten: boolean;
}

export interface TrainedNetwork {
  readonly encoder: Encoder;
  readonly state: TrainingState;
  readonly heldOutClips: readonly string[];
}

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
  const space = fitTargets(targetRows(plain, roles.length), roles.length, settings.jumpWeight);

  const both = samplesOf([...learned, ...learned.map(mirrorTrack)]);
  const truth = toTable(projectedRows(targetRows(both, roles.length), space));
  const examplesOf = queryExamples(both, plan, scaling, truth, settings);
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
  const { pretraining } = settings;
  const state = await trainNetwork(
    engine,
    {
      ...task,
      ...(pretraining !== 'none' && {
        pretrain: (parameters) =>
          pretrain(
            engine,
            architecture,
            parameters,
            { ...first, sourceOf: task.sourceOf },
            { ...settings, pretraining },
            hooks,
          ),
      }),
    },
    settings,
    resume ?? freshState(architecture, settings.seed),
    hooks,
  );

  const full = asNetwork(state, architecture, shortcut);
  const seen = scaledRows(inputRows(plain, plan), scaling);
  const { directions, dim } = latentDirections(full, seen, settings.dim, settings.whiten);
  const predicting = turned(full, directions, dim);
  const pairTask = {
    network: predicting,
    examplesOf: (epoch: number) => examplesOf(settings.epochs + epoch),
    latentsOf: ({ y, count }: Examples) => Float32Array.from(multiply(y, directions, count, outputs, dim)),
    clipOf: both.trackOf,
    sourceOf: task.sourceOf,
  };
  const encoder: Encoder = {
    kind: settings.family,
    dim,
    plan,
    legs: legRange(tracks),
    scaling,
    network: settings.pairEpochs > 0 ? await tuneOnPairs(engine, pairTask, settings, hooks) : predicting,
    future: {
      scaling: space.scaling,
      projection: Float32Array.from(
        multiply(space.components, directions, space.scaling.mean.length, outputs, dim),
      ),
    },
  };
  return {
    encoder,
    state,
    heldOutClips: heldOut.map(({ name }) => name),
  };
}
