import { GaitwayError } from '../../errors.js';
import type { MotionDatabase } from '../database/database.js';
import { chooseSegments } from './choose-segments.js';
import { demandOf } from './demand.js';
import { type KeptSegments, keepSegments } from './keep-segments.js';
import { type CurationLoss, lossOf } from './loss.js';
import { cutSegments } from './segments.js';

export interface CurateOptions {
  /** Frames that the database may have. */
  readonly maxFrames: number;
  /** Shortest stretch that is kept of a longer clip, seconds; 1 by default. */
  readonly leastSeconds?: number;
  /** Seconds that every answer can play on before a cut; 0.3 by default. */
  readonly playOnSeconds?: number;
  /** How often each frame was chosen in play: [frames]. Those that never were go first. */
  readonly chosen?: Uint32Array;
  readonly seed?: number;
}

export interface CuratedDatabase extends KeptSegments {
  readonly loss: CurationLoss;
}

const LEAST_SECONDS = 1;
const PLAY_ON_SECONDS = 0.3;
/** Of a large database longer stretches are kept or dropped as one, so that no more than these are weighed. */
const MOST_SEGMENTS = 8000;

/**
 * Prunes a database to a number of frames so that it answers as well as so many frames can: what is dead goes
 * first, then stretches that others replace best. Frames are taken out, not only marked; what is kept of a clip
 * in stretches is as many clips, each of which knows the frame of its source at which it begins.
 *
 * A database that is small enough is given as it is. The same database and options give the same frames.
 *
 * @throws GaitwayError `curate/too-few-frames` where not even one stretch fits, `curate/bad-choices` where the
 *   choices do not fit the database.
 */
export function curateDatabase(database: MotionDatabase, options: CurateOptions): CuratedDatabase {
  const {
    maxFrames,
    leastSeconds = LEAST_SECONDS,
    playOnSeconds = PLAY_ON_SECONDS,
    chosen,
    seed = 1,
  } = options;
  const { frameCount, rateHz } = database;
  if (chosen && chosen.length !== frameCount) {
    throw new GaitwayError(
      'curate/bad-choices',
      `The database has ${frameCount} frames, and choices of ${chosen.length} were given; play this database.`,
      { frames: frameCount, choices: chosen.length },
    );
  }
  if (frameCount <= maxFrames) {
    const all = { database, rowsOfWhole: Int32Array.from({ length: frameCount }, (_, row) => row) };
    return { ...all, loss: lossOf(database, all, seed) };
  }
  const playOn = Math.round(playOnSeconds * rateHz);
  const length = Math.max(
    Math.round(leastSeconds * rateHz),
    playOn + 1,
    Math.ceil(frameCount / MOST_SEGMENTS),
  );
  const segments = cutSegments(database, { length, playOn });
  const isKept = chooseSegments(
    database,
    segments,
    maxFrames,
    length / rateHz,
    demandOf(database, segments, chosen),
  );
  // The budget may lie between what the last stretches take: then the longest that fits stays.
  const only = isKept.includes(1) ? -1 : longestWithin(database, segments, maxFrames);
  if (only >= 0) isKept[only] = 1;
  if (!isKept.includes(1)) {
    const shortest = Math.min(...segments.map(({ from, to }) => to - from));
    throw new GaitwayError(
      'curate/too-few-frames',
      `${maxFrames} frames hold no stretch of ${(length / rateHz).toFixed(2)} s; allow for ${shortest} frames at least, and for play some thousands.`,
      { maxFrames, shortest },
    );
  }
  const kept = keepSegments(database, segments, isKept, playOn);
  return { ...kept, loss: lossOf(database, kept, seed) };
}

/** The longest stretch of so many frames at most that a search can answer with; −1 where there is none. */
function longestWithin(
  { valid }: MotionDatabase,
  segments: readonly { readonly from: number; readonly to: number }[],
  maxFrames: number,
): number {
  let longest = -1;
  let most = 0;
  segments.forEach(({ from, to }, s) => {
    if (to - from > maxFrames || to - from <= most || !valid.subarray(from, to).includes(1)) return;
    longest = s;
    most = to - from;
  });
  return longest;
}
