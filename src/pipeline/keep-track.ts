import { mkdtemp, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Failure, failureOf } from './failure.js';
import { decodeTrack, encodeTrack, type KeptTrack, TRACK_VERSION } from './kept-track.js';
import { motionTrackOfFile, type TrackOptions } from './motion-track-of-file.js';
import { keyOfInputs } from './output-record.js';
import { writeFileAtomic } from './write-file.js';

/** One clip whose motion track is wanted, as plain data. */
export interface TrackJob {
  readonly file: string;
  readonly options: TrackOptions;
  /** Folder where tracks are kept. */
  readonly folder: string;
}

/** Where a clip's motion track lies now, or why there is none. */
export type KeptFile =
  | { readonly state: 'read' | 'known'; readonly kept: string }
  | { readonly state: 'failed'; readonly failure: Failure };

const ENDING = '.gwtrack';

/**
 * Sees that a clip's motion track is kept: under a name made of the file's bytes and the options, so that a clip which
 * has not changed is not read again. What fails is told, never thrown.
 *
 * @param anew Make it even if it is there.
 */
export async function keepTrack({ file, options, folder }: TrackJob, anew = false): Promise<KeptFile> {
  try {
    const { name: _, ...settings } = options;
    const key = await keyOfInputs({ version: TRACK_VERSION, settings }, [file]);
    const kept = join(folder, key + ENDING);
    if (!anew && (await isThere(kept))) return { state: 'known', kept };
    await writeFileAtomic(kept, encodeTrack(await motionTrackOfFile(file, options)), { force: true });
    return { state: 'read', kept };
  } catch (error) {
    return { state: 'failed', failure: failureOf(error) };
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    (facts) => facts.isFile(),
    () => false,
  );

/** Reads a kept track and marks it as used; nothing where it is damaged. */
export async function readKept(kept: string): Promise<KeptTrack | undefined> {
  const bytes = await readFile(kept).catch(() => undefined);
  const track = bytes && decodeTrack(bytes);
  const now = new Date();
  if (track) await utimes(kept, now, now).catch(() => undefined);
  return track;
}

const UNUSED_DAYS = 30;

/** A folder for kept tracks: the one given, whose tracks of old are removed at the end, or one for this run alone. */
export async function withTrackFolder<Result>(
  folder: string | undefined,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const own = folder ?? (await mkdtemp(join(tmpdir(), 'gaitway-tracks-')));
  try {
    return await work(own);
  } finally {
    if (folder === undefined) await rm(own, { recursive: true, force: true });
    else await removeUnused(folder);
  }
}

async function removeUnused(folder: string): Promise<void> {
  const oldest = Date.now() - UNUSED_DAYS * 86_400_000;
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.endsWith(ENDING)) continue;
    const facts = await stat(join(folder, name)).catch(() => undefined);
    if (facts && facts.mtimeMs < oldest) await rm(join(folder, name), { force: true }).catch(() => undefined);
  }
}
