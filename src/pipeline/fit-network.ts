import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import {
  type Encoder,
  type Engine,
  type EpochReport,
  type FamilyName,
  type MotionTrack,
  type NetworkSettings,
  type PretrainingReport,
  readCheckpoint,
  type TrainingForecast,
  trainNetworkEncoder,
  writeCheckpoint,
} from '../motion/index.js';
import { stoppedTraining } from './stopped-training.js';
import { writeFileAtomic } from './write-file.js';

/** Found on held-out clips of walks, runs and turns; docs/encoders.md has the figures. */
const DEFAULTS = {
  batch: 512,
  learningRate: 1.5e-3,
  weightDecay: 1e-2,
  patience: 6,
  heldOutShare: 0.04,
};

/** Objectives beside prediction, where nothing is said. */
const OBJECTIVES: Objectives = {
  pretraining: 'autoencoder',
  pretrainingEpochs: 4,
  decoder: 'resize',
  pairEpochs: 0,
  jumpWeight: 0.45,
  whiten: false,
};

type Objectives = Pick<
  NetworkSettings,
  'pretraining' | 'pretrainingEpochs' | 'decoder' | 'pairEpochs' | 'jumpWeight' | 'whiten'
>;

/** What of a network's settings people choose. */
export interface ChosenSettings
  extends Pick<NetworkSettings, 'dim' | 'seed' | 'noiseShare' | 'predictedShare' | 'epochs' | 'survival'> {
  readonly objectives?: Partial<Objectives>;
}

export function networkSettings(
  family: FamilyName,
  { dim, seed, noiseShare, predictedShare, epochs, survival, objectives }: ChosenSettings,
): NetworkSettings {
  return {
    ...DEFAULTS,
    family,
    dim,
    seed,
    noiseShare,
    predictedShare,
    epochs,
    survival,
    ...OBJECTIVES,
    ...objectives,
  };
}

interface Fit {
  readonly engine: Engine;
  readonly tracks: readonly MotionTrack[];
  readonly settings: NetworkSettings;
  /** File of the checkpoint, and the name of the clips, settings and engine that it must belong to. */
  readonly checkpoint: string;
  readonly key: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, what: string) => void;
  readonly onNote?: (text: string) => void;
}

export interface FittedNetwork {
  readonly encoder: Encoder;
  readonly engine: string;
  readonly heldOutClips: readonly string[];
  readonly curve: readonly EpochReport[];
  readonly pretrained?: PretrainingReport;
}

/** Trains a network, from its checkpoint where there is one, and writes a checkpoint after every epoch. */
export async function fitNetwork({
  engine,
  tracks,
  settings,
  checkpoint,
  key,
  signal,
  onProgress,
  onNote,
}: Fit): Promise<FittedNetwork> {
  const resume = existsSync(checkpoint)
    ? readCheckpoint(await readFile(checkpoint), key, checkpoint)
    : undefined;
  if (resume) onNote?.(`goes on after epoch ${resume.curve.length}, from ${checkpoint}`);
  const trained = await trainNetworkEncoder(
    engine,
    tracks,
    settings,
    {
      ...(signal && { signal }),
      now: () => performance.now(),
      onForecast: (forecast) => onNote?.(forecastText(forecast, resume ? 0 : pretrainingEpochs(settings))),
      onStep: (step, steps, last) =>
        onProgress?.(
          step,
          steps,
          last ? `epoch ${last.epoch + 1}, held-out clips ${last.heldOutCm.toFixed(2)} cm` : 'epoch 1',
        ),
      onDescent: (what, step, steps) => onProgress?.(step, steps, what),
      onEpoch: (state) => writeFileAtomic(checkpoint, writeCheckpoint(state, key), { force: true }),
    },
    resume,
  ).catch((error: unknown) => {
    throw stoppedTraining(error, checkpoint);
  });
  return {
    encoder: trained.encoder,
    engine: `${engine.name}, ${engine.version}`,
    heldOutClips: trained.heldOutClips,
    curve: trained.state.curve,
    ...(trained.state.pretrained && { pretrained: trained.state.pretrained }),
  };
}

/** Passes over the clips before the first epoch. */
const pretrainingEpochs = ({ pretraining, pretrainingEpochs }: NetworkSettings): number =>
  pretraining === 'none' ? 0 : pretrainingEpochs;

/** Time and memory, before they are spent; an epoch of `before` takes about as long as the others. */
function forecastText(
  { parameters, examples, epochs, bytes, secondsPerEpoch }: TrainingForecast,
  before: number,
): string {
  const passes = `${epochs} epoch${epochs === 1 ? '' : 's'}${before > 0 ? ` after ${before} of pre-training` : ''}`;
  const time =
    secondsPerEpoch === undefined
      ? ''
      : `, about ${durationText((epochs + before) * secondsPerEpoch)} at most`;
  return `learns ${parameters.toLocaleString('en')} numbers from ${examples.toLocaleString('en')} moments (mirror images included) in ${passes}${time}, with ${(bytes / 1e6).toFixed(0)} MB of tables`;
}

const durationText = (seconds: number): string =>
  seconds < 100 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
