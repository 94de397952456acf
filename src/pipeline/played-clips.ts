import { dirname, resolve } from 'node:path';
import { type Clip, rateFromHz, rateHz, resample } from '../clip/index.js';
import { GaitwayError } from '../errors.js';
import {
  type Encoder,
  type MotionDatabase,
  type MotionTrack,
  makePoseBankBuilder,
  mirrorTrack,
  type PoseBank,
  trackOfClip,
} from '../motion/index.js';
import { openClip } from './open-clip.js';

export interface PlayedClips {
  readonly bank: PoseBank;
  /** The clips as the encoder sees them; none where there is no encoder. */
  readonly tracks: readonly MotionTrack[];
}

export interface OpenPlayedOptions {
  /** Frames per second that play has; clips with more are read at that rate. */
  readonly tickHz: number;
  readonly encoder?: Encoder;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, clip: string) => void;
}

/**
 * Opens the clips of a database for playing, from the files that it was built from.
 *
 * @throws GaitwayError `simulate/no-source` where a clip was made in memory, and those of `openClip` and
 *   `PoseBankBuilder`.
 */
export async function openPlayedClips(
  databaseFile: string,
  database: MotionDatabase,
  { tickHz, encoder, signal, onProgress }: OpenPlayedOptions,
): Promise<PlayedClips> {
  const builder = makePoseBankBuilder(database);
  const tracks: MotionTrack[] = [];
  const bySource = new Map<string, MotionTrack>();
  for (const [c, { name, source, mirrored }] of database.clips.entries()) {
    signal?.throwIfAborted();
    onProgress?.(c, database.clips.length, name);
    if (builder.needs(c)) {
      const clip = await openSource(databaseFile, name, source, tickHz);
      builder.add(c, clip);
      if (encoder) bySource.set(source, encodedTrack(database, encoder, clip, name));
    }
    const track = bySource.get(source);
    if (track) tracks.push(mirrored ? mirrorTrack(track) : track);
  }
  return { bank: builder.bank(), tracks };
}

async function openSource(databaseFile: string, name: string, source: string, tickHz: number): Promise<Clip> {
  if (source === '') {
    throw new GaitwayError(
      'simulate/no-source',
      `${name} was made in memory, so its poses are in no file; build ${databaseFile} from clip files to play it.`,
      { clip: name },
    );
  }
  const clip = await openClip(resolve(dirname(databaseFile), source));
  return rateHz(clip.rate) > 1.01 * tickHz ? resample(clip, rateFromHz(tickHz)) : clip;
}

/** A clip with the joints that an encoder knows, at the database's rate. */
function encodedTrack(
  { roles, rateHz: hz }: MotionDatabase,
  { plan }: Encoder,
  clip: Clip,
  name: string,
): MotionTrack {
  const map = Object.fromEntries(plan.roles.map((role) => [role, roles[role] ?? '']));
  return trackOfClip(resample(clip, rateFromHz(hz)), map, { name });
}
