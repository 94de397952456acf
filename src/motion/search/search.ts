import { GaitwayError } from '../../errors.js';
import { type NearestRow, rowDistance } from '../../kernels/nearest-rows.js';
import { makeRowBoxes, nearestInBoxes, type RowBoxes } from '../../kernels/row-boxes.js';
import { clipOfRow, type MotionDatabase } from '../database/database.js';
import { type RowRange, runsOf, without } from './ranges.js';

/** A frame of a clip in the database. */
export interface DatabaseFrame {
  /** Index into the database's clips. */
  readonly clip: number;
  readonly frame: number;
}

export interface SearchOptions {
  /** How many answers, best first; 1 by default, fewer where the database runs out. */
  readonly count?: number;
  /** Answers from one clip lie at least this many seconds apart; 0 by default: any other frame. */
  readonly apartSeconds?: number;
  /** Leaves out every frame of this clip that is nearer than `excludeSeconds` to the frame. */
  readonly exclude?: DatabaseFrame;
  readonly excludeSeconds?: number;
  /**
   * The frame that would play on if nothing is chosen; `continuingBias` is added to its cost (below 0 it is
   * favoured, as in Unreal) and it wins over its equals. It is a candidate even where `exclude` covers it.
   */
  readonly continuing?: DatabaseFrame;
  readonly continuingBias?: number;
}

export interface Match extends DatabaseFrame {
  readonly clipName: string;
  readonly row: number;
  /** Seconds from the clip's start. */
  readonly time: number;
  /** Squared distance, plus the bias where this is the continuing frame. */
  readonly cost: number;
  readonly isContinuing: boolean;
  /** Share of the squared distance per block of the database, in its order. */
  readonly costOfBlocks: readonly number[];
}

/** Answers queries on one database. */
export interface Search {
  /** Best matches of a row in the database's own normalised numbers, [dimension]. */
  find(query: Float32Array, options?: SearchOptions): Match[];
  /** Frames that can be answered with. */
  readonly candidateCount: number;
}

/**
 * Prepares exact search in a database: the answer is what comparing every candidate gives, and of equal costs the
 * first row wins.
 *
 * `find` throws `search/bad-query` where the query has another length or is not finite, and
 * `search/no-such-frame` where an option names a frame that the database lacks.
 */
export function makeSearch(database: MotionDatabase): Search {
  const runs = runsOf(database.valid);
  const boxes = makeRowBoxes(database.rows, database.dimension);
  return {
    candidateCount: runs.reduce((sum, { from, to }) => sum + to - from, 0),
    find: (query, options = {}) => find(database, boxes, runs, query, options),
  };
}

/**
 * Row number of a frame.
 *
 * @throws GaitwayError `search/no-such-frame` where the clip or frame does not exist.
 */
export function rowOfFrame(database: MotionDatabase, { clip, frame }: DatabaseFrame): number {
  const found = database.clips[clip];
  if (found && Number.isInteger(frame) && frame >= 0 && frame < found.frameCount) return found.start + frame;
  throw new GaitwayError(
    'search/no-such-frame',
    found
      ? `Clip "${found.name}" has frames 0 to ${found.frameCount - 1}; frame ${frame} is not among them.`
      : `The database has ${database.clips.length} clips; number ${clip} is not among them.`,
    { clip, frame },
  );
}

function find(
  database: MotionDatabase,
  boxes: RowBoxes,
  runs: readonly RowRange[],
  query: Float32Array,
  options: SearchOptions,
): Match[] {
  const { rows, dimension, clips, rateHz } = database;
  assertQuery(query, dimension);
  const { count = 1, apartSeconds = 0, excludeSeconds = 0, continuingBias = 0 } = options;
  let open = runs;
  if (options.exclude) {
    open = without(open, neighbourhood(database, rowOfFrame(database, options.exclude), excludeSeconds));
  }
  let continuing = options.continuing ? rowOfFrame(database, options.continuing) : -1;
  if (continuing >= 0 && !database.valid[continuing]) continuing = -1;
  if (continuing >= 0) open = without(open, { from: continuing, to: continuing + 1 });

  const matches: Match[] = [];
  while (matches.length < count) {
    const best: NearestRow = { row: -1, cost: Infinity };
    if (continuing >= 0) {
      best.row = continuing;
      best.cost = rowDistance(rows, dimension, continuing, query, Infinity) + continuingBias;
    }
    for (const { from, to } of open) nearestInBoxes(boxes, query, from, to, best);
    if (best.row < 0) break;
    const clip = clipOfRow(database, best.row);
    const frame = best.row - clips[clip].start;
    matches.push({
      clip,
      clipName: clips[clip].name,
      frame,
      row: best.row,
      time: frame / rateHz,
      cost: best.cost,
      isContinuing: best.row === continuing,
      costOfBlocks: splitCost(database, best.row, query),
    });
    const taken = neighbourhood(database, best.row, apartSeconds);
    open = without(open, taken);
    if (continuing >= taken.from && continuing < taken.to) continuing = -1;
  }
  return matches;
}

function assertQuery(query: Float32Array, dimension: number): void {
  if (query.length !== dimension) {
    throw new GaitwayError(
      'search/bad-query',
      `A query needs ${dimension} numbers, as the database's rows have; this one has ${query.length}.`,
      { wanted: dimension, found: query.length },
    );
  }
  const bad = query.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  throw new GaitwayError('search/bad-query', `Number ${bad} of the query is ${query[bad]}.`, { index: bad });
}

/** Rows of the same clip nearer than `seconds`, at least the row itself. */
function neighbourhood(database: MotionDatabase, row: number, seconds: number): RowRange {
  const clip = database.clips[clipOfRow(database, row)];
  const reach = Math.max(0, Math.ceil(seconds * database.rateHz - 1e-9) - 1);
  return {
    from: Math.max(row - reach, clip.start),
    to: Math.min(row + reach + 1, clip.start + clip.frameCount),
  };
}

function splitCost({ rows, dimension, blocks }: MotionDatabase, row: number, query: Float32Array): number[] {
  return blocks.map(({ offset, size }) => {
    let sum = 0;
    for (let k = offset; k < offset + size; k++) sum += (rows[row * dimension + k] - query[k]) ** 2;
    return sum;
  });
}
