import { dirname, resolve } from 'node:path';
import { type Clip, rateFromHz, rateHz, resample } from '../clip/index.js';
import { GaitwayError } from '../errors.js';
import {
  type DatabaseClip,
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
    const isStretch = database.clips[c].sourceFrameCount !== undefined;
    const wantsTrack = encoder !== undefined && !bySource.has(source);
    const wantsPoses = builder.needs(c);
    const whole =
      wantsTrack || (wantsPoses && !isStretch)
        ? await openSource(databaseFile, database, c, tickHz)
        : undefined;
    if (wantsPoses) {
      builder.add(c, isStretch || !whole ? await openStretch(databaseFile, database, c) : whole);
    }
    if (wantsTrack && whole) bySource.set(source, encodedTrack(database, encoder, whole, name));
    const track = bySource.get(source);
    if (track) tracks.push(mirrored ? mirrorTrack(track) : track);
  }
  return { bank: builder.bank(), tracks };
}

async function openSource(
  databaseFile: string,
  { clips }: MotionDatabase,
  c: number,
  tickHz: number,
): Promise<Clip> {
  const clip = await openClip(sourceFile(databaseFile, clips[c]));
  return rateHz(clip.rate) > 1.01 * tickHz ? resample(clip, rateFromHz(tickHz)) : clip;
}

/** The stretch of its source that a clip of a pruned database is, at the database's rate. */
async function openStretch(
  databaseFile: string,
  { clips, rateHz: hz }: MotionDatabase,
  c: number,
): Promise<Clip> {
  const { firstFrame, frameCount } = clips[c];
  return openClip(sourceFile(databaseFile, clips[c]), {
    rate: rateFromHz(hz),
    start: { seconds: firstFrame / hz },
    end: { seconds: (firstFrame + frameCount - 1) / hz },
  });
}

function sourceFile(databaseFile: string, { name, source }: DatabaseClip): string {
  if (source !== '') return resolve(dirname(databaseFile), source);
  throw new GaitwayError(
    'simulate/no-source',
    `${name} was made in memory, so its poses are in no file; build ${databaseFile} from clip files to play it.`,
    { clip: name },
  );
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
