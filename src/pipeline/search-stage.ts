import { dirname, resolve, sep } from 'node:path';
import { GaitwayError } from '../errors.js';
import {
  extractFeatures,
  layoutOf,
  type Match,
  type MotionDatabase,
  makeSearch,
  normaliseRows,
  queryLatents,
} from '../motion/index.js';
import { openDatabase } from './database-file.js';
import { encoderOfDatabase } from './encoder-of-database.js';
import { motionTrackOfFile, needsOf } from './motion-track-of-file.js';

export interface SearchRequest {
  readonly database: string;
  /** A clip of the database by name, or a clip file. */
  readonly clip: string;
  /** Seconds from the clip's start. */
  readonly time: number;
  /** Folder of the encoder that made a database of latents; by default where it was when the database was built. */
  readonly encoder?: string;
  readonly count: number;
  /** Frames of the query's own clip nearer than this are left out, where it is in the database. */
  readonly excludeSeconds: number;
  /** Answers of one clip lie at least this far apart. */
  readonly apartSeconds: number;
}

export interface SearchReport {
  readonly query: {
    readonly clip: string;
    readonly frame: number;
    readonly time: number;
    /** The clip is in the database. */
    readonly inDatabase: boolean;
    /** Everything the query looks at lies inside its clip. */
    readonly valid: boolean;
  };
  readonly candidates: number;
  readonly blocks: readonly { readonly name: string; readonly channel: string }[];
  readonly matches: readonly Match[];
  /** Why the second match lost: its cost less the best one's, in all and per block. */
  readonly runnerUp?: { readonly cost: number; readonly costOfBlocks: readonly number[] };
}

/**
 * Finds the frames of a database that fit a moment of a clip best, and says why.
 *
 * In a database of features a clip of the database asks with its own row. Latents of a database may know the
 * future, so there every query is encoded from its clip's file, as a game would ask.
 *
 * @throws GaitwayError `search/no-such-time` where the clip is shorter, `search/other-encoder` where the encoder is
 *   not the one that made the database, `search/no-encoder` where it is not to be found, and those of
 *   `openDatabase`, `motionTrackOfFile`, `extractFeatures`.
 */
export async function searchStage(request: SearchRequest): Promise<SearchReport> {
  const database = await openDatabase(request.database);
  const own = clipNamed(database, request.clip, request.database);
  const file = own >= 0 ? resolve(dirname(request.database), database.clips[own].source) : request.clip;
  const query =
    database.content.kind === 'latents'
      ? await latentQuery(database, database.content, own, file, request)
      : own >= 0
        ? rowInDatabase(database, own, request.time)
        : await featureQuery(database, database.content, file, request.time);
  const search = makeSearch(database);
  const matches = search.find(query.row, {
    count: request.count,
    apartSeconds: request.apartSeconds,
    ...(own >= 0 && {
      exclude: { clip: own, frame: query.frame },
      excludeSeconds: request.excludeSeconds,
    }),
  });
  const [best, second] = matches;
  return {
    query: {
      clip: own >= 0 ? database.clips[own].name : request.clip,
      frame: query.frame,
      time: query.frame / database.rateHz,
      inDatabase: own >= 0,
      valid: query.valid,
    },
    candidates: search.candidateCount,
    blocks: database.blocks.map(({ name, channel }) => ({ name, channel })),
    matches,
    ...(second && {
      runnerUp: {
        cost: second.cost - best.cost,
        costOfBlocks: second.costOfBlocks.map((cost, k) => cost - best.costOfBlocks[k]),
      },
    }),
  };
}

interface QueryRow {
  readonly row: Float32Array;
  readonly frame: number;
  readonly valid: boolean;
}

/** A clip of the database by its name, with or without ending, or by the file it was read from; −1 where it is none. */
function clipNamed({ clips }: MotionDatabase, wanted: string, databaseFile: string): number {
  const name = wanted.split(sep).join('/');
  const named = clips.findIndex((clip) => clip.name === name || clip.name === name.replace(/\.[^./]+$/, ''));
  if (named >= 0) return named;
  const folder = dirname(resolve(databaseFile));
  return clips.findIndex(({ source }) => source !== '' && resolve(folder, source) === resolve(wanted));
}

function frameAt(time: number, rateHz: number, frameCount: number, clip: string): number {
  const frame = Math.round(time * rateHz);
  if (frame >= 0 && frame < frameCount) return frame;
  throw new GaitwayError(
    'search/no-such-time',
    `${clip} lasts ${((frameCount - 1) / rateHz).toFixed(3)} s; there is no frame at ${time} s.`,
    { clip, time },
  );
}

function rowInDatabase(database: MotionDatabase, clip: number, time: number): QueryRow {
  const { rows, dimension, rateHz, valid, clips } = database;
  const { name, start, frameCount } = clips[clip];
  const frame = frameAt(time, rateHz, frameCount, name);
  const at = (start + frame) * dimension;
  return { row: rows.slice(at, at + dimension), frame, valid: valid[start + frame] === 1 };
}

async function featureQuery(
  { rateHz, roles, mean, factor }: MotionDatabase,
  { schema }: Extract<MotionDatabase['content'], { kind: 'features' }>,
  file: string,
  time: number,
): Promise<QueryRow> {
  const layout = layoutOf(schema);
  const { track } = await motionTrackOfFile(file, { rateHz, boneMaps: [roles], ...needsOf(layout) });
  const { rows, valid, dimension } = extractFeatures(track, layout);
  const frame = frameAt(time, rateHz, track.frameCount, file);
  const row = rows.slice(frame * dimension, (frame + 1) * dimension);
  normaliseRows({ mean, factor }, row);
  return { row, frame, valid: valid[frame] === 1 };
}

async function latentQuery(
  { rateHz, roles, clips }: MotionDatabase,
  content: Extract<MotionDatabase['content'], { kind: 'latents' }>,
  own: number,
  file: string,
  request: SearchRequest,
): Promise<QueryRow> {
  const { encoder, boneMaps } = await encoderOfDatabase(request.database, content, request.encoder);
  const { track } = await motionTrackOfFile(file, {
    rateHz,
    boneMaps: [roles, ...boneMaps],
    roles: encoder.plan.roles,
  });
  // A clip of the database may be a later stretch of its file.
  const { name, firstFrame, frameCount } = clips[own] ?? { ...track, name: file, firstFrame: 0 };
  const frame = frameAt(request.time, rateHz, frameCount, name);
  const inFile = firstFrame + frame;
  const { latents, valid } = queryLatents(encoder, track);
  return {
    row: latents.slice(inFile * encoder.dim, (inFile + 1) * encoder.dim),
    frame,
    valid: valid[inFile] === 1,
  };
}
