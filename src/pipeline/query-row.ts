import { dirname, resolve, sep } from 'node:path';
import { GaitwayError } from '../errors.js';
import {
  extractFeatures,
  layoutOf,
  type MotionDatabase,
  mirrorTrack,
  normaliseRows,
  queryLatents,
} from '../motion/index.js';
import { encoderOfDatabase } from './encoder-of-database.js';
import { motionTrackOfFile, needsOf } from './motion-track-of-file.js';

/** The moment of a clip that a database is asked for. */
export interface QueryRequest {
  /** File of the database. */
  readonly database: string;
  /** A clip of the database by name, or a clip file. */
  readonly clip: string;
  /** Seconds from the clip's start. */
  readonly time: number;
  /** Folder of the encoder that made a database of latents; by default where it was when the database was built. */
  readonly encoder?: string;
}

interface RowOfFrame {
  readonly row: Float32Array;
  readonly frame: number;
  /** Everything that the query looks at lies inside its clip. */
  readonly valid: boolean;
}

/** A moment of a clip as a row of a database. */
export interface QueryRow extends RowOfFrame {
  /** Which clip of the database it is; −1 where it is none. */
  readonly own: number;
}

/**
 * Makes the row that asks a database for a moment of a clip.
 *
 * In a database of features a clip of the database asks with its own row. Latents of a database may know the
 * future, so there every query is encoded from its clip's file, as a game would ask.
 *
 * @throws GaitwayError `search/no-such-time` where the clip is shorter, `search/other-encoder` where the encoder is
 *   not the one that made the database, `search/no-encoder` where it is not to be found, and those of
 *   `motionTrackOfFile`, `extractFeatures`.
 */
export async function queryRow(database: MotionDatabase, request: QueryRequest): Promise<QueryRow> {
  const own = clipNamed(database, request.clip, request.database);
  const file = own >= 0 ? resolve(dirname(request.database), database.clips[own].source) : request.clip;
  const { content } = database;
  const row =
    content.kind === 'latents'
      ? await latentQuery(database, content, own, file, request)
      : own >= 0
        ? rowInDatabase(database, own, request.time)
        : await featureQuery(database, content, file, request.time);
  return { ...row, own };
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

function rowInDatabase(database: MotionDatabase, clip: number, time: number): RowOfFrame {
  const { rows, dimension, rateHz, valid, clips } = database;
  const { name, start, frameCount } = clips[clip];
  const frame = frameAt(time, rateHz, frameCount, name);
  const at = (start + frame) * dimension;
  return { row: rows.slice(at, at + dimension), frame, valid: valid[start + frame] !== 0 };
}

async function featureQuery(
  { rateHz, roles, mean, factor }: MotionDatabase,
  { schema }: Extract<MotionDatabase['content'], { kind: 'features' }>,
  file: string,
  time: number,
): Promise<RowOfFrame> {
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
  { database, time, encoder: folder }: QueryRequest,
): Promise<RowOfFrame> {
  const { encoder, boneMaps } = await encoderOfDatabase(database, content, folder);
  const { track } = await motionTrackOfFile(file, {
    rateHz,
    boneMaps: [roles, ...boneMaps],
    roles: encoder.plan.roles,
  });
  // A clip of the database may be a later stretch of its file, or its mirror image.
  const { name, firstFrame, frameCount, mirrored } = clips[own] ?? {
    name: file,
    firstFrame: 0,
    frameCount: track.frameCount,
    mirrored: false,
  };
  const frame = frameAt(time, rateHz, frameCount, name);
  const inFile = firstFrame + frame;
  const { latents, valid } = queryLatents(encoder, mirrored ? mirrorTrack(track) : track);
  return {
    row: latents.slice(inFile * encoder.dim, (inFile + 1) * encoder.dim),
    frame,
    valid: valid[inFile] === 1,
  };
}
