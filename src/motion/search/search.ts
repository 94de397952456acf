import { GaitwayError } from '../../errors.js';
import { makePlainRowTree } from '../../kernels/row-tree-kernels.js';
import { makeWasmRowTree } from '../../kernels/wasm-row-tree.js';
import { clipOfRow, type MotionDatabase } from '../database/database.js';
import { type BestRow, type Contest, type Continuing, makeBestRow } from './best-row.js';
import type { DatabaseFrame, Match, SearchMode, SearchOptions } from './options.js';
import type { RowRange } from './ranges.js';
import { type IndexWay, MOST_PART_BYTES, makeRowIndex, type RowIndex } from './row-index.js';
import { bitsOfTags } from './tag-masks.js';
import { makeUnrealShortlist, type UnrealSettings, type UnrealShortlist } from './unreal-shortlist.js';

/** Answers queries on one database. */
export interface Search {
  /** Best matches of a row in the database's own normalised numbers, [dimension]. */
  find(query: Float32Array, options?: SearchOptions): Match[];
  /** Frames that can be answered with. */
  readonly candidateCount: number;
  /** Where the loops run. */
  readonly engine: SearchEngine;
}

export type SearchEngine = 'wasm' | 'plain';

/** How a database is prepared for searching. */
export interface SearchSettings {
  /** How queries are answered that do not say; `vp-tree` by default. */
  readonly mode?: SearchMode;
  /** Where the loops run: on WebAssembly's vector unit, or in plain TypeScript as wherever there is none; equal answers. */
  readonly engine?: SearchEngine;
  /** Rows beyond so many bytes go into a further memory; just below 4 GiB, the most that one can have, by default. */
  readonly partBytes?: number;
  /** What `unreal` goes by. */
  readonly unreal?: UnrealSettings;
}

/**
 * Prepares a database for searching.
 *
 * A row costs its squared distance from the query, plus its own bias, plus the transition cost or, where it would play
 * on, its continuing bias. In every mode but `unreal` the answer is exact: what comparing every candidate in float64
 * gives, and of equal costs the first row wins. Rows that hold anything but finite numbers are no candidates.
 *
 * `find` throws `search/bad-query` where the query has another length or is not finite, `search/no-such-frame` where
 * an option names a frame that the database lacks, `search/unknown-tag` where it names a tag, `search/bad-weights` where
 * weights are not one number from 0 on for each block, and `search/unreal-weights` where `unreal` is asked to weigh:
 * in Unreal weights are part of the database.
 */
export function makeSearch(database: MotionDatabase, settings: SearchSettings = {}): Search {
  const { engine = 'wasm', partBytes = MOST_PART_BYTES, unreal } = settings;
  const onVectors = engine === 'wasm' ? makeWasmRowTree() : undefined;
  const makeRowTree = onVectors ?? makePlainRowTree;
  const candidates = candidatesOf(database);
  const isCandidate = new Uint8Array(database.frameCount);
  for (const row of candidates) isCandidate[row] = 1;
  const open = isCandidate.slice();
  const isMarked =
    database.tagMask.some((tags) => tags !== 0) || database.costBias.some((bias) => bias !== 0);
  const { rows, dimension, blocks, tagMask, costBias } = database;
  const best = makeBestRow(database, open);
  const index = makeRowIndex(
    { rows, dimension, blocks, candidates, ...(isMarked && { tagMask, costBias }) },
    makeRowTree,
    partBytes,
  );
  let shortlist: UnrealShortlist | undefined;
  const finder: Finder = {
    database,
    isCandidate,
    open,
    best,
    index,
    mode: settings.mode ?? 'vp-tree',
    shortlist: (query) => {
      shortlist ??= makeUnrealShortlist(database, open, candidates, makeRowTree, partBytes, unreal);
      return shortlist(query);
    },
  };
  return {
    candidateCount: candidates.length,
    engine: onVectors ? 'wasm' : 'plain',
    find: (query, options = {}) => find(finder, query, options),
  };
}

/** Rows that a search may jump to. */
function candidatesOf({ rows, dimension, valid, frameCount }: MotionDatabase): Uint32Array {
  const candidates = new Uint32Array(frameCount);
  let count = 0;
  for (let row = 0; row < frameCount; row++) {
    if (valid[row] !== 1) continue;
    let sum = 0;
    for (let k = row * dimension; k < (row + 1) * dimension; k++) sum += rows[k];
    if (Number.isFinite(sum)) candidates[count++] = row;
  }
  return candidates.slice(0, count);
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

interface Finder {
  readonly database: MotionDatabase;
  /** [frames]: 1 where a search may jump to. */
  readonly isCandidate: Uint8Array;
  /** The same, less what the query at hand leaves out. */
  readonly open: Uint8Array;
  readonly best: BestRow;
  readonly index: RowIndex;
  readonly mode: SearchMode;
  readonly shortlist: UnrealShortlist;
}

function find(finder: Finder, query: Float32Array, options: SearchOptions): Match[] {
  const { database, isCandidate, open, best, index } = finder;
  const { count = 1, apartSeconds = 0, mode = finder.mode } = options;
  assertQuery(query, database.dimension);
  const contest = contestOf(database, query, options);
  const way = wayOf(mode, contest, options.weights);
  const excluded = options.exclude && neighbourhood(database, options.exclude, options.excludeSeconds ?? 0);
  let continuing = continuingOf(database, contest, options);
  const closed: RowRange[] = [];
  const close = (range: RowRange): void => {
    closed.push(range);
    for (let row = range.from; row < range.to; row++) open[row] = 0;
  };

  const matches: Match[] = [];
  try {
    if (excluded) close(excluded);
    if (continuing) close({ from: continuing.row, to: continuing.row + 1 });
    const shortlist = mode === 'unreal' ? finder.shortlist(query) : [];
    while (matches.length < count) {
      best.begin(contest, continuing);
      if (mode === 'unreal') shortlist.forEach(best.offer);
      else index.search(query, way, best.limit(), best.offer);
      if (best.row() < 0) break;
      const match = matchOf(database, contest, best, best.row() === continuing?.row);
      matches.push(match);
      if (matches.length === count) break;
      const taken = neighbourhood(database, match, apartSeconds);
      close(taken);
      if (continuing && continuing.row >= taken.from && continuing.row < taken.to) continuing = undefined;
    }
  } finally {
    for (const { from, to } of closed) {
      for (let row = from; row < to; row++) open[row] = isCandidate[row];
    }
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
  let sum = 0;
  for (let k = 0; k < dimension; k++) sum += query[k];
  if (Number.isFinite(sum)) return;
  const bad = query.findIndex((value) => !Number.isFinite(value));
  throw new GaitwayError('search/bad-query', `Number ${bad} of the query is ${query[bad]}.`, { index: bad });
}

function contestOf(
  { dimension, blocks, tags }: MotionDatabase,
  query: Float32Array,
  { weights, transitionCost = 0, requiredTags = [], forbiddenTags = [] }: SearchOptions,
): Contest {
  if (
    weights &&
    !(weights.length === blocks.length && weights.every((weight) => weight >= 0 && weight < Infinity))
  ) {
    throw new GaitwayError(
      'search/bad-weights',
      `Weights must be ${blocks.length} finite numbers from 0 on, one for each of ${blocks.map(({ name }) => name).join(', ')}; found ${weights.join(', ')}.`,
      { wanted: blocks.length, found: weights.length },
    );
  }
  const weightOfNumbers = weights && new Float32Array(dimension);
  if (weightOfNumbers)
    blocks.forEach(({ offset, size }, b) => {
      weightOfNumbers.fill(weights[b], offset, offset + size);
    });
  return {
    query,
    weights: weightOfNumbers,
    transitionCost,
    required: bitsOfTags(tags, requiredTags),
    forbidden: bitsOfTags(tags, forbiddenTags),
  };
}

function wayOf(mode: SearchMode, { required, forbidden }: Contest, weights?: readonly number[]): IndexWay {
  if (mode === 'unreal' && weights) {
    throw new GaitwayError(
      'search/unreal-weights',
      'Unreal weighs when it builds a database and not when it searches; leave the weights out, or search in another mode.',
    );
  }
  const byBoxes = mode === 'boxes' || weights !== undefined;
  return { byBoxes, everyRow: mode === 'brute', required, forbidden, weights };
}

/** The row that would play on and its bias, where it may and has the right tags. */
function continuingOf(
  database: MotionDatabase,
  { required, forbidden }: Contest,
  { continuing, continuingBias = 0 }: SearchOptions,
): Continuing | undefined {
  if (!continuing) return undefined;
  const row = rowOfFrame(database, continuing);
  const tags = database.tagMask[row];
  if (database.valid[row] === 0 || (~tags & required) !== 0 || (tags & forbidden) !== 0) return undefined;
  const own = database.continuingBias[row];
  return { row, bias: Number.isNaN(own) ? continuingBias : own };
}

/** Rows of the same clip nearer than `seconds`, at least the row itself. */
function neighbourhood(database: MotionDatabase, frame: DatabaseFrame, seconds: number): RowRange {
  const row = rowOfFrame(database, frame);
  const { start, frameCount } = database.clips[frame.clip];
  const reach = Math.max(0, Math.ceil(seconds * database.rateHz - 1e-9) - 1);
  return { from: Math.max(row - reach, start), to: Math.min(row + reach + 1, start + frameCount) };
}

function matchOf(database: MotionDatabase, contest: Contest, best: BestRow, isContinuing: boolean): Match {
  const { clips, rateHz, rows, dimension, blocks } = database;
  const { query, weights } = contest;
  const row = best.row();
  const clip = clipOfRow(database, row);
  const frame = row - clips[clip].start;
  const costOfBlocks: number[] = [];
  for (let b = 0; b < blocks.length; b++) {
    const { offset, size } = blocks[b];
    let sum = 0;
    for (let k = offset; k < offset + size; k++) {
      const difference = rows[row * dimension + k] - query[k];
      sum += (weights ? weights[k] : 1) * (difference * difference);
    }
    costOfBlocks.push(sum);
  }
  return {
    clip,
    clipName: clips[clip].name,
    frame,
    row,
    time: frame / rateHz,
    cost: best.cost(),
    bias: best.bias(),
    isContinuing,
    costOfBlocks,
  };
}
