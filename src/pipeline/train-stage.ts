import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GaitwayError, type Warning } from '../errors.js';
import {
  chooseEngine,
  type Encoder,
  type EngineName,
  type EpochReport,
  FAMILY_NAMES,
  type FamilyName,
  type MotionTrack,
  type NetworkSettings,
  readCheckpoint,
  trainLinear,
  trainNetworkEncoder,
  writeCheckpoint,
  writeEncoder,
} from '../motion/index.js';
import { readManifest } from './manifest.js';
import { motionTrackOfFile, type RoleNames } from './motion-track-of-file.js';
import { type ClipWarning, namedClips } from './named-clips.js';
import { writeFileAtomic } from './write-file.js';

export const ENCODER_FILE = 'encoder.gwenc';
export const TRAIN_RECORD_FILE = 'train.json';
const CHECKPOINT_FILE = 'checkpoint.gwtrain';
const OWN_FILES = new Set([ENCODER_FILE, TRAIN_RECORD_FILE, CHECKPOINT_FILE]);

export const ENCODER_KINDS = ['linear', ...FAMILY_NAMES] as const;
export type EncoderKind = (typeof ENCODER_KINDS)[number];

/** Found on held-out clips of walks, runs and turns; docs/encoders.md has the figures. */
const NETWORK_DEFAULTS = {
  batch: 512,
  learningRate: 1.5e-3,
  weightDecay: 1e-2,
  patience: 6,
  heldOutShare: 0.1,
};

export interface TrainRequest {
  /** A manifest, whose train split is learned from, or clips and folders of them. */
  readonly manifest?: string;
  readonly clips?: readonly string[];
  readonly encoder: EncoderKind;
  readonly out: string;
  readonly dim: number;
  readonly rateHz: number;
  readonly seed: number;
  readonly epochs: number;
  readonly noiseShare: number;
  /** How often the last residual block takes part in training; 1 for families without such blocks. */
  readonly survival: number;
  readonly engine: EngineName | 'auto';
  readonly force: boolean;
  /** Version of Gaitway, for the record. */
  readonly version: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, what: string) => void;
  readonly onNote?: (text: string) => void;
}

export interface TrainReport {
  readonly encoder: EncoderKind;
  readonly file: string;
  readonly clips: number;
  readonly frames: number;
  readonly dim: number;
  readonly seconds: number;
  readonly engine?: string;
  readonly heldOutClips?: readonly string[];
  readonly curve?: readonly EpochReport[];
  readonly warnings: readonly ClipWarning[];
}

interface LearnedClip {
  readonly name: string;
  readonly sha256: string;
  readonly track: MotionTrack;
  readonly boneMap: RoleNames;
  readonly warnings: readonly Warning[];
}

/**
 * Trains an encoder on clips and writes it, with a record of how, into a folder.
 *
 * A run that was stopped goes on from its last whole epoch when started again with the same clips and settings.
 *
 * @throws GaitwayError `train/foreign-folder` where `out` holds other things, `file/exists` where it holds an encoder
 *   and `force` is not given, and what reading clips and training throw.
 */
export async function trainStage(request: TrainRequest): Promise<TrainReport> {
  const started = performance.now();
  refuseFolder(request.out, request.force);
  const clips = await learnedClips(request);
  const { encoder, dim, seed, noiseShare } = request;
  const settings = encoder === 'linear' ? { dim, seed, noiseShare } : networkSettings(encoder, request);
  const data = clips.map(({ name, sha256, track }) => ({ name, sha256, frames: track.frameCount }));
  const key = createHash('sha256')
    .update(JSON.stringify({ encoder, settings, rateHz: request.rateHz, data }))
    .digest('hex');
  const tracks = clips.map(({ track }) => track);
  const fitted =
    'family' in settings
      ? await fitNetwork(tracks, settings, key, request)
      : { encoder: trainLinear(tracks, settings) };

  const { encoder: trained, ...outcome } = fitted;
  const record = { gaitway: request.version, encoder, settings, data, ...outcome };
  const file = join(request.out, ENCODER_FILE);
  const bytes = writeEncoder({ encoder: trained, boneMaps: distinct(clips), record });
  const seconds = (performance.now() - started) / 1000;
  await writeFileAtomic(file, bytes, { force: request.force });
  await writeFileAtomic(
    join(request.out, TRAIN_RECORD_FILE),
    `${JSON.stringify({ ...record, node: process.version, seconds }, null, 2)}\n`,
    { force: true },
  );
  await rm(join(request.out, CHECKPOINT_FILE), { force: true });
  return {
    encoder,
    file,
    clips: clips.length,
    frames: tracks.reduce((sum, { frameCount }) => sum + frameCount, 0),
    dim: trained.dim,
    seconds,
    ...outcome,
    warnings: clips.flatMap(({ name, warnings }) => warnings.map((warning) => ({ clip: name, ...warning }))),
  };
}

function networkSettings(
  family: FamilyName,
  { dim, seed, noiseShare, epochs, survival }: TrainRequest,
): NetworkSettings {
  return { ...NETWORK_DEFAULTS, family, dim, seed, noiseShare, epochs, survival };
}

async function fitNetwork(
  tracks: readonly MotionTrack[],
  settings: NetworkSettings,
  key: string,
  { engine: wanted, out, signal, onProgress, onNote }: TrainRequest,
): Promise<{
  encoder: Encoder;
  engine: string;
  heldOutClips: readonly string[];
  curve: readonly EpochReport[];
}> {
  const { engine, why } = await chooseEngine(wanted, { now: () => performance.now() });
  onNote?.(why);
  const checkpoint = join(out, CHECKPOINT_FILE);
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
      onStep: (step, steps, last) =>
        onProgress?.(
          step,
          steps,
          last ? `epoch ${last.epoch + 1}, held-out clips ${last.heldOutCm.toFixed(2)} cm` : 'epoch 1',
        ),
      onEpoch: (state) => writeFileAtomic(checkpoint, writeCheckpoint(state, key), { force: true }),
    },
    resume,
  ).catch((error: unknown) => {
    throw cancelled(error, checkpoint);
  });
  return {
    encoder: trained.encoder,
    engine: `${engine.name}, ${engine.version}`,
    heldOutClips: trained.heldOutClips,
    curve: trained.state.curve,
  };
}

/** Says how to go on, where training was stopped by the user. */
function cancelled(error: unknown, checkpoint: string): unknown {
  if (!(error instanceof GaitwayError) || error.code !== 'encoder/cancelled' || !existsSync(checkpoint))
    return error;
  return new GaitwayError(
    error.code,
    `${error.message} Run the same command again to go on from the last whole epoch (${checkpoint}).`,
    { ...error.data, checkpoint },
  );
}

async function learnedClips(request: TrainRequest): Promise<LearnedClip[]> {
  const listed = request.manifest
    ? (await readManifest(request.manifest)).filter(({ split }) => split === 'train')
    : (await namedClips(request.clips ?? [])).map((clip) => ({ ...clip, roles: undefined }));
  if (listed.length === 0) {
    throw new GaitwayError(
      'clips/none',
      `The manifest ${request.manifest} has no clips of the split "train".`,
    );
  }
  const clips: LearnedClip[] = [];
  for (const { name, file, roles } of listed) {
    if (request.signal?.aborted) {
      throw new GaitwayError(
        'train/cancelled',
        'Training was stopped while reading clips; nothing was written.',
      );
    }
    request.onProgress?.(clips.length, listed.length, name);
    const { track, boneMap, warnings } = await motionTrackOfFile(file, {
      rateHz: request.rateHz,
      name,
      ...(roles && { boneMaps: [roles] }),
    });
    const sha256 = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
    clips.push({ name, sha256, track, boneMap, warnings });
  }
  return clips;
}

function distinct(clips: readonly LearnedClip[]): RoleNames[] {
  return [...new Map(clips.map(({ boneMap }) => [JSON.stringify(boneMap), boneMap])).values()];
}

function refuseFolder(out: string, force: boolean): void {
  if (!existsSync(out)) return;
  const there = readdirSync(out);
  const foreign = there.find((name) => !OWN_FILES.has(name) && !name.startsWith('.'));
  if (foreign !== undefined) {
    throw new GaitwayError(
      'train/foreign-folder',
      `${out} holds "${foreign}", which is no part of an encoder; name a new or empty folder with --out.`,
      { folder: out, file: foreign },
    );
  }
  if (there.includes(ENCODER_FILE) && !force) {
    throw new GaitwayError(
      'file/exists',
      `${out} holds an encoder already; use --force to replace it, or another --out folder.`,
      { folder: out },
    );
  }
}
