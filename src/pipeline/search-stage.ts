import { dirname, resolve, sep } from 'node:path';
import { GaitwayError } from '../errors.js';
import {
  extractFeatures,
  layoutOf,
  type Match,
  type MotionDatabase,
  makeSearch,
  normaliseRows,
  rowOfFrame,
} from '../motion/index.js';
import { openDatabase } from './database-file.js';
import { motionTrackOfFile } from './motion-track-of-file.js';

export interface SearchRequest {
  readonly database: string;
  /** A clip of the database by name, or a clip file. */
  readonly clip: string;
  /** Seconds from the clip's start. */
  readonly time: number;
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
    /** The query is a row of the database itself. */
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
 * @throws GaitwayError `search/no-such-time` where the clip is shorter, `search/latent-query` where the database
 *   holds latents and the clip is not in it, and those of `openDatabase`, `motionTrackOfFile`, `extractFeatures`.
 */
export async function searchStage(request: SearchRequest): Promise<SearchReport> {
  const database = await openDatabase(request.database);
  const own = clipNamed(database, request.clip, request.database);
  const query = own >= 0 ? rowInDatabase(database, own, request) : await rowOfFile(database, request);
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
  const named = clips.findIndex((clip) => clip.name === name || clip.name.replace(/\.[^./]+$/, '') === name);
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

function rowInDatabase(database: MotionDatabase, clip: number, { time }: SearchRequest): QueryRow {
  const { rows, dimension, rateHz, valid, clips } = database;
  const frame = frameAt(time, rateHz, clips[clip].frameCount, clips[clip].name);
  const at = rowOfFrame(database, { clip, frame });
  return {
    row: rows.slice(at * dimension, (at + 1) * dimension),
    frame,
    valid: valid[at] === 1,
  };
}

async function rowOfFile(database: MotionDatabase, { clip, time }: SearchRequest): Promise<QueryRow> {
  const { content, dimension, rateHz, roles, mean, factor } = database;
  if (content.kind === 'latents') {
    throw new GaitwayError(
      'search/latent-query',
      `The database holds latents of ${content.encoder}, and ${clip} is not one of its ${database.clips.length} clips; name one of those.`,
      { clip },
    );
  }
  const { track } = await motionTrackOfFile(clip, { rateHz, boneMaps: [roles] });
  const frame = frameAt(time, rateHz, track.frameCount, clip);
  const features = extractFeatures(track, layoutOf(content.schema));
  const row = features.rows.slice(frame * dimension, (frame + 1) * dimension);
  normaliseRows({ mean, factor }, row);
  return { row, frame, valid: features.valid[frame] === 1 };
}
