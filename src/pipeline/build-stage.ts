import { GaitwayError, type Warning } from '../errors.js';
import { runJobs } from '../jobs/index.js';
import {
  type ClipEnds,
  type CurationLoss,
  curateDatabase,
  type FeatureSchema,
  type MotionDatabase,
  normaliseTogether,
  type RowPrecision,
  type StorageLoss,
  storageLoss,
  storeRowsAs,
} from '../motion/index.js';
import { clipLabels, type LabelOptions } from './clip-labels.js';
import { openDatabase, writeDatabase } from './database-file.js';
import { type Failure, failureOf, failureOfJob } from './failure.js';
import { type KeptFile, keepTrack, readKept, type TrackJob, withTrackFolder } from './keep-track.js';
import type { KeptTrack } from './kept-track.js';
import { type ClipWarning, type NamedClip, namedClips } from './named-clips.js';
import { readChoices } from './read-choices.js';
import { fromFolderOf, type RowSource, rowSource } from './row-source.js';
import { refuseToOverwrite } from './write-file.js';

export interface BuildRequest {
  /** Clip files and folders of them. */
  readonly clips: readonly string[];
  readonly out: string;
  /** Name of a built-in feature schema, a JSON file, or the schema itself. */
  readonly schema: string | FeatureSchema;
  /** Joint that the root is, instead of what the schema says. */
  readonly rootJoint?: string;
  /** Frames per second; the schema's or encoder's own by default. */
  readonly rateHz?: number;
  /** Folder of an encoder whose latents are searched instead of the schema's features. */
  readonly encoder?: string;
  /** Folder of latents, one `.npy` a clip, to be searched instead of the schema's features. */
  readonly latents?: string;
  /** Which frames near a clip's ends may be answered with, `unreal` by default; `loop`: every clip is a loop. */
  readonly ends?: ClipEnds | 'loop';
  /** Whether clips whose end joins their start go on with it, `auto` by default. */
  readonly loops?: 'auto' | 'none';
  /** Add every clip's mirror image. */
  readonly mirror?: boolean;
  readonly labels?: LabelOptions;
  /** Digits that latents are kept with, `f32` by default. */
  readonly precision?: RowPrecision;
  /** Prune to so many frames. */
  readonly maxFrames?: number;
  /** File of how often play chose each frame of the whole database: those that it never chose go first. */
  readonly chosen?: string;
  /**
   * Databases that are searched along with this one: all get one mean and one scale, so that their costs compare.
   * They are written anew, which wants `force`.
   */
  readonly normaliseWith?: readonly string[];
  /** Folder where motion tracks are kept from one build to the next; without it every clip is read. */
  readonly cache?: string;
  /** Threads, 1 by default. */
  readonly jobs?: number;
  readonly force?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, clip: string) => void;
}

export interface FailedClip extends Failure {
  readonly clip: string;
}

export interface BuildReport {
  readonly out: string;
  readonly bytes: number;
  /** Name of the schema, or `latents`. */
  readonly schema: string;
  readonly rateHz: number;
  readonly dimension: number;
  readonly clips: number;
  /** Clips of these that are mirror images, and that loop. */
  readonly mirrored: number;
  readonly looping: number;
  /** Files that had to be read, and that had not changed since they were. */
  readonly read: number;
  readonly unchanged: number;
  readonly frames: number;
  /** Frames that a search may answer with, and that it may only play on to. */
  readonly validFrames: number;
  readonly blockedFrames: number;
  /** Share of the frames that no search can answer with. */
  readonly deadShare: number;
  readonly seconds: number;
  /** Frames that have each tag. */
  readonly tags: Readonly<Record<string, number>>;
  /** Where it was pruned: frames of the whole, and what the smaller one answers worse. */
  readonly pruned?: CurationLoss & { readonly framesBefore: number };
  /** Where latents are kept with fewer digits: which, and what is answered worse. */
  readonly stored?: StorageLoss & { readonly precision: RowPrecision };
  /** Clips that could not be read. */
  readonly failed: readonly FailedClip[];
  /** Clips left out for their length, numbers that count for nothing. */
  readonly warnings: readonly Warning[];
  /** What was found in the clips' files. */
  readonly clipWarnings: readonly ClipWarning[];
}

/**
 * Builds a motion database of clip files and writes it; equal clips and settings give equal bytes, on any number of
 * threads.
 *
 * A clip that cannot be read is reported and the others go on; all that can must have one skeleton. Clips are held in
 * memory one by one: only their rows stay.
 *
 * @throws GaitwayError `motion/no-clips` where none can be read, those of `namedClips`, `rowSource`, `DatabaseBuilder` and
 *   `writeFileAtomic`, and of `curateDatabase` and `readChoices` where it is pruned.
 */
export async function buildStage(request: BuildRequest): Promise<BuildReport> {
  const { out, ends = 'unreal', loops = 'auto', mirror = false, labels = {} } = request;
  await refuseBefore(request);
  const source = await rowSource({
    ...request,
    options: {
      ends: ends === 'loop' ? 'unreal' : ends,
      loops: ends === 'loop' ? 'all' : loops,
      mirror,
    },
  });
  const labelsOf = await clipLabels(labels);
  const named = await namedClips(request.clips);
  const failed: FailedClip[] = [];
  const clipWarnings: ClipWarning[] = [];
  const states = { read: 0, known: 0 };

  await withTrackFolder(request.cache, async (folder) => {
    const { jobs, files } = await keepAll(named, source.open, folder, request);
    let isFirst = true;
    for (const [index, { file, name }] of named.entries()) {
      const fail = (failure: Failure): void => void failed.push({ clip: file, ...failure });
      const kept = files[index];
      if (kept.state === 'failed') {
        fail(kept.failure);
        continue;
      }
      const own = await trackOf(jobs[index], kept.kept);
      if (isFirst) {
        source.checkSkeleton({ roles: own.boneMap, joints: own.joints.map((joint) => joint.name) });
        isFirst = false;
      }
      try {
        const latents = await source.latentsOf?.(name);
        source.builder.add({
          ...own,
          track: { ...own.track, name },
          source: fromFolderOf(out, file),
          roles: own.boneMap,
          tags: labelsOf(named[index]),
          ...(latents && { latents }),
        });
        states[kept.state]++;
        clipWarnings.push(...own.warnings.map((warning) => ({ clip: file, ...warning })));
      } catch (error) {
        if (!(error instanceof GaitwayError) || !OF_ONE_CLIP.has(error.code)) throw error;
        fail(failureOf(error));
      }
    }
  });
  if (failed.length === named.length) {
    throw new GaitwayError(
      'motion/no-clips',
      `None of the ${failed.length} clips could be read; the first fault: ${failed[0]?.message}`,
      { failed: failed.length },
    );
  }
  const { database: whole, warnings } = source.builder.finish();
  const curated = await curatedOf(whole, request);
  const exact = curated?.database ?? whole;
  const { precision = 'f32' } = request;
  const database = storeRowsAs(exact, precision);
  const bytes = await writeTogether(database, request);
  return {
    out,
    bytes,
    schema: source.name,
    ...factsOf(database),
    ...(precision !== 'f32' && { stored: { precision, ...storageLoss(exact, database) } }),
    ...(curated && { pruned: { framesBefore: whole.frameCount, ...curated.loss } }),
    // Without a cache, only a copy of a clip of the same build can be known.
    read: request.cache === undefined ? states.read + states.known : states.read,
    unchanged: request.cache === undefined ? 0 : states.known,
    failed,
    warnings,
    clipWarnings,
  };
}

/** What could not be written at last is refused before clips are read. */
async function refuseBefore({ out, normaliseWith = [], force = false }: BuildRequest): Promise<void> {
  await refuseToOverwrite(out, force);
  if (force || normaliseWith.length === 0) return;
  throw new GaitwayError(
    'file/exists',
    `${normaliseWith.join(', ')} would be written anew, normalised together with ${out}; give --force for that.`,
    { files: normaliseWith },
  );
}

/** Writes the database, and those that are normalised with it; gives the bytes of its file. */
async function writeTogether(
  database: MotionDatabase,
  { out, normaliseWith = [], force = false }: BuildRequest,
): Promise<number> {
  if (normaliseWith.length === 0) return writeDatabase(database, out, { force });
  const others = await Promise.all(normaliseWith.map((path) => openDatabase(path)));
  const [own, ...rest] = normaliseTogether([database, ...others]);
  const bytes = await writeDatabase(own, out, { force });
  for (const [k, path] of normaliseWith.entries()) await writeDatabase(rest[k], path, { force });
  return bytes;
}

async function curatedOf(whole: MotionDatabase, { maxFrames, chosen }: BuildRequest) {
  if (maxFrames === undefined) return undefined;
  return curateDatabase(whole, {
    maxFrames,
    ...(chosen !== undefined && { chosen: await readChoices(chosen) }),
  });
}

/** Faults that are those of one clip, so that the others can go on; any other is one of all clips together. */
const OF_ONE_CLIP: ReadonlySet<string> = new Set([
  'motion/not-finite',
  'latents/missing',
  'latents/bad-shape',
  'npy/damaged',
  'npy/unsupported',
]);

/**
 * Sees that every clip's track is kept. The first clip that can be read is read alone: its bone map is that of all
 * others, even where their poses would have told another.
 */
async function keepAll(
  named: readonly NamedClip[],
  open: RowSource['open'],
  folder: string,
  { jobs: threads = 1, signal, onProgress }: BuildRequest,
): Promise<{ jobs: TrackJob[]; files: KeptFile[] }> {
  const jobs: TrackJob[] = [];
  const files: KeptFile[] = [];
  let boneMaps = open.boneMaps ?? [];
  while (boneMaps.length === 0 && files.length < named.length) {
    signal?.throwIfAborted();
    const { file, name } = named[files.length];
    onProgress?.(files.length, named.length, name);
    const job = { file, options: { ...open, name: file }, folder };
    jobs.push(job);
    const kept = await keepTrack(job);
    files.push(kept);
    if (kept.state !== 'failed') boneMaps = [(await trackOf(job, kept.kept)).boneMap];
  }
  const others = named.slice(files.length).map(({ file }) => ({
    file,
    options: { ...open, boneMaps, name: file },
    folder,
  }));
  let done = files.length;
  const outcomes = await runJobs(
    { run: keepTrack, module: new URL('./keep-track.js', import.meta.url), name: 'keepTrack' },
    others,
    { threads, ...(signal && { signal }), onDone: (_, { file }) => onProgress?.(++done, named.length, file) },
  );
  signal?.throwIfAborted();
  outcomes.forEach((outcome, k) => {
    files.push(
      outcome.state === 'done'
        ? outcome.result
        : { state: 'failed', failure: failureOfJob(outcome, others[k].file) },
    );
  });
  return { jobs: [...jobs, ...others], files };
}

/** A kept track, made once more where what lies there is damaged. */
async function trackOf(job: TrackJob, kept: string): Promise<KeptTrack> {
  const known = await readKept(kept);
  if (known) return known;
  const again = await keepTrack(job, true);
  const track = again.state === 'failed' ? undefined : await readKept(again.kept);
  if (track) return track;
  const why = again.state === 'failed' ? again.failure.message : `${kept} cannot be read back`;
  throw new GaitwayError(
    'build/cache',
    `The motion track of ${job.file} cannot be kept in ${job.folder} (${why}); build with --no-cache.`,
    { file: job.file, folder: job.folder },
  );
}

function factsOf(database: MotionDatabase) {
  const { rateHz, dimension, frameCount, clips, valid, tags, tagMask } = database;
  const counts = [0, 0, 0];
  for (const value of valid) counts[value]++;
  const tagged = tags.map((tag, bit): [string, number] => {
    let frames = 0;
    for (const mask of tagMask) frames += (mask >>> bit) & 1;
    return [tag, frames];
  });
  return {
    rateHz,
    dimension,
    clips: clips.length,
    mirrored: clips.filter(({ mirrored }) => mirrored).length,
    looping: clips.filter(({ loops }) => loops).length,
    frames: frameCount,
    validFrames: counts[1],
    blockedFrames: counts[2],
    deadShare: 1 - counts[1] / frameCount,
    seconds: clips.reduce((sum, clip) => sum + (clip.frameCount - 1) / rateHz, 0),
    tags: Object.fromEntries(tagged),
  };
}
