import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  chooseEngine,
  type EngineName,
  type EpochReport,
  FAMILY_NAMES,
  type FamilyName,
  type MotionTrack,
  type PretrainingReport,
  trainLinear,
  withPlayFeatures,
  writeEncoder,
} from '../motion/index.js';
import { type ChosenSettings, fitNetwork, networkSettings } from './fit-network.js';
import { type LearnedClip, type LearnedClipsRequest, learnedClips } from './learned-clips.js';
import type { RoleNames } from './motion-track-of-file.js';
import type { ClipWarning } from './named-clips.js';
import { refuseForeignFolder } from './refuse-foreign-folder.js';
import { writeFileAtomic } from './write-file.js';

export const ENCODER_FILE = 'encoder.gwenc';
export const TRAIN_RECORD_FILE = 'train.json';
export const TRAIN_PAGE_FILE = 'train.html';
const CHECKPOINT_FILE = 'checkpoint.gwtrain';
const OWN_FILES = [ENCODER_FILE, TRAIN_RECORD_FILE, TRAIN_PAGE_FILE, CHECKPOINT_FILE];

export const ENCODER_KINDS = ['linear', ...FAMILY_NAMES] as const;
export type EncoderKind = (typeof ENCODER_KINDS)[number];

export interface TrainRequest extends LearnedClipsRequest, ChosenSettings {
  readonly encoder: EncoderKind;
  readonly out: string;
  readonly engine: EngineName | 'auto';
  readonly force: boolean;
  /** Hand-made numbers of pose and path beside the latents, for databases that are played; none by default. */
  readonly forPlay?: boolean;
  /** Version of Gaitway, for the record. */
  readonly version: string;
  /** Makes the page of the training's curves, which is written beside its record. */
  readonly page?: (record: TrainRecord) => string;
  readonly onNote?: (text: string) => void;
}

/** What `train.json` holds. */
export interface TrainRecord {
  readonly gaitway: string;
  readonly encoder: EncoderKind;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly data: readonly { readonly name: string; readonly sha256: string; readonly frames: number }[];
  /** Engine with its version, clips held out and error by epoch; networks only. */
  readonly engine?: string;
  readonly heldOutClips?: readonly string[];
  readonly curve?: readonly EpochReport[];
  /** How pre-training ended, where there was one. */
  readonly pretrained?: PretrainingReport;
  readonly node: string;
  readonly seconds: number;
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
  /** Where it was pre-trained, and not gone on with after a stop. */
  readonly pretrained?: PretrainingReport;
  readonly warnings: readonly ClipWarning[];
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
  refuseForeignFolder(request.out, OWN_FILES, 'an encoder', request.force);
  const clips = await learnedClips(request);
  const { encoder } = request;
  const tracks = clips.map(({ track }) => track);
  const data = clips.map(({ name, sha256, track }) => ({ name, sha256, frames: track.frameCount }));
  const {
    settings: chosen,
    encoder: learned,
    ...outcome
  } = encoder === 'linear' ? fitLinear(tracks, request) : await fitFamily(encoder, tracks, data, request);

  const { forPlay = false } = request;
  const trained = forPlay ? withPlayFeatures(learned, tracks) : learned;
  const settings = { ...chosen, ...(forPlay && { forPlay }) };
  const known = { gaitway: request.version, encoder, settings, data, ...outcome };
  const file = join(request.out, ENCODER_FILE);
  const bytes = writeEncoder({ encoder: trained, boneMaps: distinctMaps(clips), record: known });
  const seconds = (performance.now() - started) / 1000;
  const record: TrainRecord = { ...known, node: process.version, seconds };
  await writeFileAtomic(file, bytes, { force: request.force });
  const beside = (name: string, text: string): Promise<void> =>
    writeFileAtomic(join(request.out, name), text, { force: true });
  await beside(TRAIN_RECORD_FILE, `${JSON.stringify(record, null, 2)}\n`);
  if (request.page) await beside(TRAIN_PAGE_FILE, request.page(record));
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

function fitLinear(tracks: readonly MotionTrack[], { dim, seed, noiseShare }: TrainRequest) {
  const settings = { dim, seed, noiseShare };
  return { settings, encoder: trainLinear(tracks, settings) };
}

async function fitFamily(
  family: FamilyName,
  tracks: readonly MotionTrack[],
  data: TrainRecord['data'],
  request: TrainRequest,
) {
  const { engine, why } = await chooseEngine(request.engine, { now: () => performance.now() });
  request.onNote?.(why);
  const settings = networkSettings(family, request);
  const belongsTo = { family, settings, rateHz: request.rateHz, data, engine: engine.name };
  const key = createHash('sha256').update(JSON.stringify(belongsTo)).digest('hex');
  const checkpoint = join(request.out, CHECKPOINT_FILE);
  return { settings, ...(await fitNetwork({ ...request, engine, tracks, settings, checkpoint, key })) };
}

/** Every bone map that clips were read with, once. */
export function distinctMaps(clips: readonly LearnedClip[]): RoleNames[] {
  return [...new Map(clips.map(({ boneMap }) => [JSON.stringify(boneMap), boneMap])).values()];
}
