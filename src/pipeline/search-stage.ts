import {
  type ChannelCost,
  costByChannel,
  explainLoss,
  type Loss,
  type Match,
  makeSearch,
  type Search,
  type SearchMode,
  type SearchOptions,
} from '../motion/index.js';
import { openDatabase } from './database-file.js';
import { type QueryRequest, queryRow } from './query-row.js';

export interface SearchRequest extends QueryRequest {
  /** How the answers are found; `vp-tree` by default. */
  readonly mode?: SearchMode;
  readonly count: number;
  /** Frames of the query's own clip nearer than this are left out, where it is in the database. */
  readonly excludeSeconds: number;
  /** Answers of one clip lie at least this far apart. */
  readonly apartSeconds: number;
  /** Tags that an answer has, and has not. */
  readonly requiredTags?: readonly string[];
  readonly forbiddenTags?: readonly string[];
}

/** What Unreal's default search would pick, beside what is best by Unreal's own costs, its default biases included. */
export interface UnrealPick {
  readonly pick: Match;
  readonly isBest: boolean;
  /** What it costs more than the best. */
  readonly costMore: number;
  /** Where the best stands in the order in which Unreal takes frames up; it compares the first 200. */
  readonly placeOfBest: number;
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
  readonly mode: SearchMode;
  readonly candidates: number;
  readonly blocks: readonly {
    readonly name: string;
    readonly channel: string;
    readonly time?: number | undefined;
  }[];
  readonly matches: readonly Match[];
  /** What the cost of the first match is made of. */
  readonly channels?: readonly ChannelCost[];
  /** Why the second match lost. */
  readonly runnerUp?: Loss;
  readonly unreal?: UnrealPick;
}

/**
 * Finds the frames of a database that fit a moment of a clip best, and says why, and what Unreal would have found.
 *
 * @throws GaitwayError `search/unknown-tag` where the database lacks a tag, and those of `openDatabase`, `queryRow`.
 */
export async function searchStage(request: SearchRequest): Promise<SearchReport> {
  const { mode = 'vp-tree', count, apartSeconds, excludeSeconds, requiredTags, forbiddenTags } = request;
  const database = await openDatabase(request.database);
  const { row, frame, valid, own } = await queryRow(database, request);
  const search = makeSearch(database, { mode });
  const options: SearchOptions = {
    ...(requiredTags && { requiredTags }),
    ...(forbiddenTags && { forbiddenTags }),
    ...(own >= 0 && { exclude: { clip: own, frame }, excludeSeconds }),
  };
  const matches = search.find(row, { ...options, count, apartSeconds });
  const [best, second] = matches;
  const unreal = unrealPick(search, row, options);
  return {
    query: {
      clip: own >= 0 ? database.clips[own].name : request.clip,
      frame,
      time: frame / database.rateHz,
      inDatabase: own >= 0,
      valid,
    },
    mode,
    candidates: search.candidateCount,
    blocks: database.blocks.map(({ name, channel, time }) => ({ name, channel, time })),
    matches,
    ...(best && { channels: costByChannel(database.blocks, best.costOfBlocks) }),
    ...(second && { runnerUp: explainLoss(database.blocks, best, second) }),
    ...(unreal && { unreal }),
  };
}

function unrealPick(search: Search, row: Float32Array, options: SearchOptions): UnrealPick | undefined {
  const [pick] = search.find(row, { ...options, mode: 'unreal' });
  const [best] = search.find(row, { ...options, mode: 'vp-tree', unrealBiases: true });
  if (!pick || !best) return undefined;
  return {
    pick,
    isBest: pick.row === best.row,
    costMore: pick.cost - best.cost,
    placeOfBest: search.unrealPlace(row, best, options),
  };
}
