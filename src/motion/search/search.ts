import { GaitwayError } from '../../errors.js';
import { makePlainRowTree } from '../../kernels/row-tree-kernels.js';
import type { SearchWay } from '../../kernels/search.js';
import { makeWasmRowTree } from '../../kernels/wasm-row-tree.js';
import type { MotionDatabase } from '../database/database.js';
import { type BestRow, type Contest, makeBestRow } from './best-row.js';
import { matchOf } from './match-of.js';
import { makeOpenRows, type OpenRows } from './open-rows.js';
import type { DatabaseFrame, Match, SearchMode, SearchOptions } from './options.js';
import { type DefaultBiases, neighbourhood, type Question, readQuestion, rowOfFrame } from './question.js';
import { MOST_PART_BYTES, makeRowIndex, type RowIndex } from './row-index.js';
import { makeUnrealShortlist, type UnrealSettings, type UnrealShortlist } from './unreal-shortlist.js';

/** Answers queries on one database. */
export interface Search {
  /** Best matches of a row in the database's own normalised numbers, [dimension]. */
  find(query: Float32Array, options?: SearchOptions): Match[];
  /**
   * The place of a frame in the order in which Unreal takes frames up for a query, from 1 on: it finds those whose
   * place is within the neighbours that it compares. Options leave frames out as in `find`.
   */
  unrealPlace(query: Float32Array, frame: DatabaseFrame, options?: SearchOptions): number;
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
  const { engine = 'wasm', partBytes = MOST_PART_BYTES, unreal = {} } = settings;
  const onVectors = engine === 'wasm' ? makeWasmRowTree() : undefined;
  const makeRowTree = onVectors ?? makePlainRowTree;
  const candidates = candidatesOf(database);
  const open = makeOpenRows(database.frameCount, candidates);
  const isMarked =
    database.tagMask.some((tags) => tags !== 0) || database.costBias.some((bias) => bias !== 0);
  const { rows, dimension, blocks, tagMask, costBias } = database;
  const best = makeBestRow(database, open.isOpen, loopingRows(database));
  const index = makeRowIndex(
    { rows, dimension, blocks, candidates, ...(isMarked && { tagMask, costBias }) },
    makeRowTree,
    partBytes,
    best.offer,
  );
  let shortlist: UnrealShortlist | undefined;
  const finder: Finder = {
    database,
    open,
    best,
    index,
    mode: settings.mode ?? 'vp-tree',
    unrealBiases: { continuing: unreal.continuingBias ?? -0.01, looping: unreal.loopingBias ?? -0.005 },
    shortlist: () => {
      shortlist ??= makeUnrealShortlist(database, open.isOpen, candidates, makeRowTree, partBytes, unreal);
      return shortlist;
    },
  };
  return {
    candidateCount: candidates.length,
    engine: onVectors ? 'wasm' : 'plain',
    find: (query, options = {}) => find(finder, query, options),
    unrealPlace: (query, frame, options = {}) =>
      unrealPlace(finder, query, rowOfFrame(database, frame), options),
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

/** [frames]: 1 where the row's clip loops. */
function loopingRows({ clips, frameCount }: MotionDatabase): Uint8Array {
  const loops = new Uint8Array(frameCount);
  for (const clip of clips) if (clip.loops) loops.fill(1, clip.start, clip.start + clip.frameCount);
  return loops;
}

const NO_BIASES: DefaultBiases = { continuing: 0, looping: 0 };

interface Finder {
  readonly database: MotionDatabase;
  readonly open: OpenRows;
  readonly best: BestRow;
  readonly index: RowIndex;
  readonly mode: SearchMode;
  readonly unrealBiases: DefaultBiases;
  readonly shortlist: () => UnrealShortlist;
}

function find(finder: Finder, query: Float32Array, options: SearchOptions): Match[] {
  const { database, open, best, index } = finder;
  const { count = 1, apartSeconds = 0, mode = finder.mode } = options;
  const { unrealBiases = mode === 'unreal' } = options;
  const biases = unrealBiases ? finder.unrealBiases : NO_BIASES;
  const question = readQuestion(database, query, options, biases);
  const { contest } = question;
  let { continuing } = question;
  const { weights } = options;
  const way = wayOf(mode, contest);
  const matches: Match[] = [];
  try {
    closeBefore(open, question);
    const shortlist = mode === 'unreal' ? finder.shortlist().rows(query) : [];
    while (matches.length < count) {
      best.begin(contest, continuing);
      if (mode === 'unreal') shortlist.forEach(best.offer);
      else index.search(query, way, best.limit(), weights);
      if (best.row() < 0) break;
      const match = matchOf(database, contest, best, best.row() === continuing?.row);
      matches.push(match);
      if (matches.length === count) break;
      const taken = neighbourhood(database, match, apartSeconds);
      open.close(taken);
      if (continuing && continuing.row >= taken.from && continuing.row < taken.to) continuing = undefined;
    }
  } finally {
    open.openAll();
  }
  return matches;
}

/** Leaves out what the query wants left out, and the continuing row, which is no frame to jump to. */
function closeBefore(open: OpenRows, { excluded, continuing }: Question): void {
  if (excluded) open.close(excluded);
  if (continuing) open.close({ from: continuing.row, to: continuing.row + 1 });
}

function unrealPlace(
  { database, open, shortlist }: Finder,
  query: Float32Array,
  row: number,
  options: SearchOptions,
): number {
  try {
    closeBefore(open, readQuestion(database, query, options, NO_BIASES));
    return shortlist().placeOf(query, row);
  } finally {
    open.openAll();
  }
}

function wayOf(mode: SearchMode, { required, forbidden, weights }: Contest): SearchWay {
  const weighted = weights !== undefined;
  if (mode === 'unreal' && weighted) {
    throw new GaitwayError(
      'search/unreal-weights',
      'Unreal weighs when it builds a database and not when it searches; leave the weights out, or search in another mode.',
    );
  }
  return { everyRow: mode === 'brute', byBoxes: mode === 'boxes' || weighted, weighted, required, forbidden };
}
