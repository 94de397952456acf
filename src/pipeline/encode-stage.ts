import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GaitwayError } from '../errors.js';
import {
  type BendPath,
  bendByDraws,
  databaseLatents,
  type MotionTrack,
  predictPath,
  queryLatents,
  readEncoder,
  readNpy,
  type SavedEncoder,
  writeNpy,
} from '../motion/index.js';
import { motionTrackOfFile } from './motion-track-of-file.js';
import { type ClipWarning, namedClips } from './named-clips.js';
import { ENCODER_FILE } from './train-stage.js';
import { writeFileAtomic } from './write-file.js';

export interface EncodeRequest {
  readonly clips: readonly string[];
  /** Folder that `train` wrote. */
  readonly encoder: string;
  /** Encodes what a game knows at each moment, not what the clip goes on to do. */
  readonly queries: boolean;
  /** Folder of `<clip>.npy` [frames, 3], by which each frame's path ahead is bent. */
  readonly noise?: string;
  /** Tells queries the path that a spring controller predicts, not the clip's own. */
  readonly predicted: boolean;
  readonly out: string;
  readonly force: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, what: string) => void;
}

export interface EncodeReport {
  readonly encoded: readonly {
    readonly clip: string;
    readonly file: string;
    readonly frames: number;
    readonly valid: number;
  }[];
  /** Clips that could not be encoded, each with its reason. */
  readonly failed: readonly { readonly clip: string; readonly code: string; readonly message: string }[];
  readonly dim: number;
  readonly warnings: readonly ClipWarning[];
}

/**
 * Encodes clips to `<clip>.npy`, float32 [frames, dim], and `<clip>.valid.npy`, uint8 [frames], at the encoder's rate.
 *
 * A clip that cannot be encoded is reported and the others go on.
 *
 * @throws GaitwayError `encoder/missing`, `encoder/damaged-file`, `encoder/newer-file`, and those of `namedClips`.
 */
export async function encodeStage(request: EncodeRequest): Promise<EncodeReport> {
  const saved = await openEncoder(request.encoder);
  const named = await namedClips(request.clips);
  const encoded: EncodeReport['encoded'][number][] = [];
  const failed: EncodeReport['failed'][number][] = [];
  const warnings: ClipWarning[] = [];
  for (const { name, file } of named) {
    if (request.signal?.aborted)
      throw new GaitwayError('encode/cancelled', `Encoding was stopped after ${encoded.length} clips.`);
    request.onProgress?.(encoded.length + failed.length, named.length, name);
    try {
      encoded.push(await encodeClip(saved, name, file, request, warnings));
    } catch (error) {
      if (!(error instanceof GaitwayError)) throw error;
      failed.push({ clip: file, code: error.code, message: error.message });
    }
  }
  return { encoded, failed, dim: saved.encoder.dim, warnings };
}

/** Reads the encoder that `train` wrote into a folder. */
export async function openEncoder(folder: string): Promise<SavedEncoder> {
  const file = join(folder, ENCODER_FILE);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new GaitwayError(
      'encoder/missing',
      `${folder} holds no ${ENCODER_FILE}; name the folder that "gaitway train" wrote to.`,
      { folder },
      cause,
    );
  }
  return readEncoder(bytes, file);
}

async function encodeClip(
  { encoder, boneMaps }: SavedEncoder,
  name: string,
  path: string,
  { out, queries, noise, predicted, force }: EncodeRequest,
  warnings: ClipWarning[],
): Promise<EncodeReport['encoded'][number]> {
  const { track, ...opened } = await motionTrackOfFile(path, {
    rateHz: encoder.plan.rateHz,
    name: path,
    boneMaps,
    roles: encoder.plan.roles,
  });
  warnings.push(...opened.warnings.map((warning) => ({ clip: path, ...warning })));
  const bend = predicted
    ? predictPath(track)
    : noise === undefined
      ? undefined
      : await readBend(join(noise, `${name}.npy`), track);
  const { latents, valid } =
    queries || bend ? queryLatents(encoder, track, bend) : databaseLatents(encoder, track);
  const file = join(out, `${name}.npy`);
  await writeFileAtomic(file, writeNpy({ shape: [track.frameCount, encoder.dim], data: latents }), {
    force,
  });
  await writeFileAtomic(
    join(out, `${name}.valid.npy`),
    writeNpy({ shape: [track.frameCount], data: valid }),
    { force },
  );
  return { clip: path, file, frames: track.frameCount, valid: valid.reduce((sum, v) => sum + v, 0) };
}

async function readBend(file: string, track: MotionTrack): Promise<BendPath> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new GaitwayError(
      'encode/no-noise',
      `There is no ${file}, by which the paths of ${track.name} would be bent; float32 [${track.frameCount}, 3] is wanted.`,
      { file },
      cause,
    );
  }
  const { shape, data } = readNpy(bytes, file);
  if (!(data instanceof Float32Array) || shape[0] !== track.frameCount || shape[1] !== 3) {
    throw new GaitwayError(
      'encode/bad-noise',
      `${file} holds [${shape.join(', ')}]; ${track.name} wants float32 [${track.frameCount}, 3].`,
      { file, shape, frames: track.frameCount },
    );
  }
  return bendByDraws(data);
}
