import { dirname, relative, resolve, sep } from 'node:path';
import { GaitwayError, type Warning } from '../errors.js';
import {
  buildDatabase,
  buildLatentDatabase,
  type DatabaseSource,
  encodeDatabase,
  type FeatureRows,
} from '../motion/index.js';
import { openFeatureSchema } from './feature-schema-file.js';
import { type BoneMap, motionTrackOfFile } from './motion-track-of-file.js';
import { readLatents } from './read-latents.js';
import { writeFileAtomic } from './write-file.js';

export interface BuildRequest {
  readonly clips: readonly string[];
  readonly out: string;
  /** Name of a built-in feature schema or a JSON file. */
  readonly schema: string;
  /** Frames per second; the schema's own by default. */
  readonly rateHz?: number;
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
}

/**
 * Builds a motion database of clip files and writes it; equal clips and settings give equal bytes.
 *
 * A clip that cannot be read is reported and the others go on; all that can must have one skeleton.
 *
 * @throws GaitwayError `motion/no-clips` where none can be read, those of `buildDatabase` and `writeFileAtomic`.
 */
export async function buildStage(request: BuildRequest): Promise<BuildReport> {
  const schema = await openFeatureSchema(request.schema);
  const rateHz = request.rateHz ?? schema.rateHz;
  const { sources, latents, failed } = await openSources(request, rateHz);
  if (sources.length === 0) {
    throw new GaitwayError(
      'motion/no-clips',
      failed.length > 0
        ? `None of the ${failed.length} clips could be read; the first fault: ${failed[0].message}`
        : 'No clip was found; name clip files or folders that hold some.',
      { failed: failed.length },
    );
  }
  const { database, warnings } =
    request.latents === undefined
      ? buildDatabase(sources, schema, request.ends ? { ends: request.ends } : {})
      : buildLatentDatabase(sources, latents, request.latents);
  const bytes = encodeDatabase(database);
  await writeFileAtomic(request.out, bytes, { force: request.force ?? false });
  return {
    out: request.out,
    bytes: bytes.length,
    schema: request.latents === undefined ? schema.name : 'latents',
    rateHz,
    dimension: database.dimension,
    clips: database.clips.length,
    frames: database.frameCount,
    validFrames: database.valid.reduce((sum, value) => sum + value, 0),
    seconds: database.clips.reduce((sum, { frameCount }) => sum + (frameCount - 1) / rateHz, 0),
    failed,
    warnings,
  };
}

async function openSources(
  { clips, out, latents: folder, signal, onProgress }: BuildRequest,
  rateHz: number,
): Promise<{ sources: DatabaseSource[]; latents: FeatureRows[]; failed: FailedClip[] }> {
  const sources: DatabaseSource[] = [];
  const latents: FeatureRows[] = [];
  const failed: FailedClip[] = [];
  const names = shortNames(clips);
  let boneMap: BoneMap | undefined;
  for (const [index, path] of clips.entries()) {
    signal?.throwIfAborted();
    onProgress?.(index, clips.length, names[index]);
    try {
      const opened = await motionTrackOfFile(path, {
        rateHz,
        name: names[index],
        ...(boneMap && { boneMaps: [boneMap] }),
      });
      const rows = folder === undefined ? undefined : await readLatents(folder, path);
      boneMap ??= opened.boneMap;
      if (rows) latents.push(rows);
      sources.push({
        track: opened.track,
        source: relative(dirname(resolve(out)), resolve(path))
          .split(sep)
          .join('/'),
        joints: opened.skeleton.joints.map(({ name, parent, restTranslation: [x, y, z] }) => ({
          name,
          parent,
          offset: [x, y, z],
        })),
        roles: opened.boneMap,
      });
    } catch (error) {
      if (!(error instanceof GaitwayError)) throw error;
      failed.push({ clip: path, code: error.code, message: error.message });
    }
  }
  return { sources, latents, failed };
}

/** Paths below the folder that all of them share, with `/` between folders. */
function shortNames(paths: readonly string[]): string[] {
  const folders = paths.map((path) => dirname(resolve(path)).split(sep));
  let shared = folders[0]?.length ?? 0;
  for (const folder of folders) {
    let same = 0;
    while (same < shared && folder[same] === folders[0][same]) same++;
    shared = same;
  }
  return paths.map((path) => resolve(path).split(sep).slice(shared).join('/'));
}
