import { GaitwayError } from '../errors.js';
import {
  BUILT_IN_SCHEMAS,
  curatedRows,
  type EvaluatedClip,
  type EvaluatedRows,
  type FeatureSchema,
  type RetrievalScore,
  scoreRetrieval,
} from '../motion/index.js';
import { type ManifestClip, readManifest } from './manifest.js';
import { motionTrackOfFile, needsOfSchemas, type TrackNeeds } from './motion-track-of-file.js';
import { readLatents } from './read-latents.js';

export interface ManifestEvaluation {
  readonly manifest: string;
  readonly rateHz: number;
  /** Clips of this family of skeletons only. */
  readonly family?: string;
  /** Feature schemas to score beside those that are always scored, by the name they are told under. */
  readonly schemas?: Readonly<Record<string, FeatureSchema>>;
  /** Folder of latents of all clips. */
  readonly latents?: string;
  /** Folder of the test clips' latents, where queries are encoded otherwise. */
  readonly queryLatents?: string;
  /** Score, too, the first of the schemas (else the hand-made one) in a database that is pruned to so many frames. */
  readonly maxFrames?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, what: string) => void;
  readonly onMethod?: (method: string) => void;
}

/**
 * Scores retrieval on a manifest's clips: its train split is the database, its test split asks.
 *
 * @throws GaitwayError `evaluate/no-split` where one of the two is empty, `evaluate/unreadable-clip` where a clip
 *   cannot be read, and those of `readManifest`, `readLatents` and `scoreRetrieval`.
 */
export async function evaluateManifest(request: ManifestEvaluation): Promise<RetrievalScore> {
  const clips = (await readManifest(request.manifest)).filter(
    ({ family }) => request.family === undefined || family === request.family,
  );
  const needs = needsOfSchemas(Object.values(request.schemas ?? {}));
  const sides = { train: [] as EvaluatedClip[], test: [] as EvaluatedClip[] };
  for (const [index, clip] of clips.entries()) {
    request.signal?.throwIfAborted();
    request.onProgress?.(index, clips.length, clip.name);
    sides[clip.split].push({
      track: (await openTrack(clip, request.rateHz, needs)).track,
      label: clip.label,
    });
  }
  for (const split of ['train', 'test'] as const) {
    if (sides[split].length > 0) continue;
    throw new GaitwayError(
      'evaluate/no-split',
      `${request.manifest} has no ${split} clips${request.family === undefined ? '' : ` of the family "${request.family}"`}; a score needs clips to search (train) and clips that ask (test).`,
      { file: request.manifest, split },
    );
  }
  const latents = await latentsOf(clips, request);
  return scoreRetrieval({
    database: sides.train,
    queries: sides.test,
    ...(request.schemas && { schemas: request.schemas }),
    latents: [...(latents ? [latents] : []), ...prunedRows(sides, request)],
    ...(request.onMethod && { progress: request.onMethod }),
  });
}

function prunedRows(
  { train, test }: Readonly<Record<'train' | 'test', readonly EvaluatedClip[]>>,
  { maxFrames, schemas = {} }: ManifestEvaluation,
): EvaluatedRows[] {
  if (maxFrames === undefined) return [];
  const [name, schema] = Object.entries(schemas)[0] ?? ['hand-made', BUILT_IN_SCHEMAS['hand-made']()];
  const tracks = (side: readonly EvaluatedClip[]) => side.map(({ track }) => track);
  return [curatedRows(`${name}, pruned to ${maxFrames}`, tracks(train), tracks(test), schema, { maxFrames })];
}

async function openTrack({ name, file, roles }: ManifestClip, rateHz: number, needs: TrackNeeds) {
  try {
    return await motionTrackOfFile(file, { ...needs, rateHz, name, ...(roles && { boneMaps: [roles] }) });
  } catch (cause) {
    if (!(cause instanceof GaitwayError)) throw cause;
    throw new GaitwayError(
      'evaluate/unreadable-clip',
      `${name} cannot be scored, and without it the score would mean something else: ${cause.message}`,
      { clip: name, code: cause.code },
      cause,
    );
  }
}

async function latentsOf(
  clips: readonly ManifestClip[],
  { latents, queryLatents }: ManifestEvaluation,
): Promise<EvaluatedRows | undefined> {
  if (latents === undefined) return undefined;
  const read = (split: 'train' | 'test', folder: string) =>
    Promise.all(clips.filter((clip) => clip.split === split).map(({ name }) => readLatents(folder, name)));
  return {
    name: `latents ${latents}`,
    database: await read('train', latents),
    queries: await read('test', queryLatents ?? latents),
  };
}
