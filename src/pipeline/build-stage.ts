import { dirname, relative, resolve, sep } from 'node:path';
import { GaitwayError, type Warning } from '../errors.js';
import {
  buildDatabase,
  buildLatentDatabase,
  type DatabaseSource,
  databaseLatents,
  encodeDatabase,
  type FeatureRows,
  type FeatureSchema,
  type MotionTrack,
} from '../motion/index.js';
import { openEncoder } from './encode-stage.js';
import { encoderHash } from './encoder-hash.js';
import { openFeatureSchema } from './feature-schema-file.js';
import { motionTrackOfFile, type RoleNames, type TrackOptions } from './motion-track-of-file.js';
import { type ClipWarning, type NamedClip, namedClips } from './named-clips.js';
import { readLatents } from './read-latents.js';
import { writeFileAtomic } from './write-file.js';

export interface BuildRequest {
  /** Clip files and folders of them. */
  readonly clips: readonly string[];
  readonly out: string;
  /** Name of a built-in feature schema, a JSON file, or the schema itself. */
  readonly schema: string | FeatureSchema;
  /** Frames per second; the schema's or encoder's own by default. */
  readonly rateHz?: number;
  /** Folder of an encoder whose latents are searched instead of the schema's features. */
  readonly encoder?: string;
  /** Folder of latents, one `.npy` a clip, to be searched instead of the schema's features. */
  readonly latents?: string;
  readonly ends?: 'mask' | 'extrapolate';
  readonly force?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, clip: string) => void;
}

export interface FailedClip {
  readonly clip: string;
  readonly code: string;
  readonly message: string;
}

export interface BuildReport {
  readonly out: string;
  readonly bytes: number;
  /** Name of the schema, or `latents`. */
  readonly schema: string;
  readonly rateHz: number;
  readonly dimension: number;
  readonly clips: number;
  readonly frames: number;
  readonly validFrames: number;
  readonly seconds: number;
  /** Clips that could not be read. */
  readonly failed: readonly FailedClip[];
  /** Clips left out for their length, numbers that count for nothing. */
  readonly warnings: readonly Warning[];
  /** What was found in the clips' files. */
  readonly clipWarnings: readonly ClipWarning[];
}

/** Where the rows of the clips come from, and how the clips are to be opened for them. */
interface RowSource {
  readonly open: Pick<TrackOptions, 'rateHz' | 'boneMaps' | 'roles'>;
  readonly name: string;
  /** Latents of a clip; features are made of all clips together. */
  readonly latentsOf?: (track: MotionTrack, name: string) => FeatureRows | Promise<FeatureRows>;
  readonly build: (
    sources: readonly DatabaseSource[],
    latents: readonly FeatureRows[],
  ) => ReturnType<typeof buildDatabase>;
}

/**
 * Builds a motion database of clip files and writes it; equal clips and settings give equal bytes.
 *
 * A clip that cannot be read is reported and the others go on; all that can must have one skeleton.
 *
 * @throws GaitwayError `motion/no-clips` where none can be read, those of `namedClips`, `buildDatabase` and
 *   `writeFileAtomic`.
 */
export async function buildStage(request: BuildRequest): Promise<BuildReport> {
  const rows = await rowSource(request);
  const { sources, latents, failed, clipWarnings } = await openSources(request, rows);
  if (sources.length === 0) {
    throw new GaitwayError(
      'motion/no-clips',
      `None of the ${failed.length} clips could be read; the first fault: ${failed[0]?.message}`,
      { failed: failed.length },
    );
  }
  const { database, warnings } = rows.build(sources, latents);
  const bytes = encodeDatabase(database);
  await writeFileAtomic(request.out, bytes, { force: request.force ?? false });
  return {
    out: request.out,
    bytes: bytes.length,
    schema: rows.name,
    rateHz: database.rateHz,
    dimension: database.dimension,
    clips: database.clips.length,
    frames: database.frameCount,
    validFrames: database.valid.reduce((sum, value) => sum + value, 0),
    seconds: database.clips.reduce((sum, { frameCount }) => sum + (frameCount - 1) / database.rateHz, 0),
    failed,
    warnings,
    clipWarnings,
  };
}

async function rowSource(request: BuildRequest): Promise<RowSource> {
  const { latents: folder, encoder: encoderFolder, out, rateHz, ends } = request;
  if (encoderFolder !== undefined) {
    const { encoder, boneMaps } = await openEncoder(encoderFolder);
    const hash = await encoderHash(encoderFolder);
    return {
      open: { rateHz: rateHz ?? encoder.plan.rateHz, boneMaps, roles: encoder.plan.roles },
      name: 'latents',
      latentsOf: (track) => {
        const { latents, valid } = databaseLatents(encoder, track);
        return { frameCount: track.frameCount, dimension: encoder.dim, rows: latents, valid };
      },
      build: (sources, latents) =>
        buildLatentDatabase(sources, latents, fromFolderOf(out, encoderFolder), hash),
    };
  }
  const schema = await openFeatureSchema(request.schema);
  const open = { rateHz: rateHz ?? schema.rateHz };
  if (folder !== undefined) {
    return {
      open,
      name: 'latents',
      latentsOf: (_, name) => readLatents(folder, name),
      build: (sources, latents) => buildLatentDatabase(sources, latents, fromFolderOf(out, folder)),
    };
  }
  return {
    open,
    name: schema.name,
    build: (sources) => buildDatabase(sources, schema, ends ? { ends } : {}),
  };
}

async function openSources(
  { clips, out, signal, onProgress }: BuildRequest,
  { open, latentsOf }: RowSource,
): Promise<{
  sources: DatabaseSource[];
  latents: FeatureRows[];
  failed: FailedClip[];
  clipWarnings: ClipWarning[];
}> {
  const sources: DatabaseSource[] = [];
  const latents: FeatureRows[] = [];
  const failed: FailedClip[] = [];
  const clipWarnings: ClipWarning[] = [];
  let boneMaps: readonly RoleNames[] = open.boneMaps ?? [];
  const openOne = async ({ name, file }: NamedClip): Promise<void> => {
    const opened = await motionTrackOfFile(file, { ...open, name, boneMaps });
    const rows = await latentsOf?.(opened.track, name);
    // Clips of one skeleton are read by one map, even where a pose would have told another.
    if (boneMaps.length === 0) boneMaps = [opened.boneMap];
    if (rows) latents.push(rows);
    clipWarnings.push(...opened.warnings.map((warning) => ({ clip: file, ...warning })));
    sources.push({
      track: opened.track,
      source: fromFolderOf(out, file),
      joints: opened.skeleton.joints.map(({ name: joint, parent, restTranslation: [x, y, z] }) => ({
        name: joint,
        parent,
        offset: [x, y, z],
      })),
      roles: opened.boneMap,
    });
  };
  const named = await namedClips(clips);
  for (const [index, clip] of named.entries()) {
    signal?.throwIfAborted();
    onProgress?.(index, named.length, clip.name);
    try {
      await openOne(clip);
    } catch (error) {
      if (!(error instanceof GaitwayError)) throw error;
      failed.push({ clip: clip.file, code: error.code, message: error.message });
    }
  }
  return { sources, latents, failed, clipWarnings };
}

/** A path from the folder of the file `out`, with `/` between folders, so that both can be moved together. */
const fromFolderOf = (out: string, path: string): string =>
  relative(dirname(resolve(out)), resolve(path))
    .split(sep)
    .join('/');
