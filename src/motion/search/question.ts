import { GaitwayError } from '../../errors.js';
import type { MotionDatabase } from '../database/database.js';
import type { Contest, Continuing } from './best-row.js';
import type { DatabaseFrame, SearchOptions } from './options.js';
import type { RowRange } from './ranges.js';
import { bitsOfTags } from './tag-masks.js';

/** A query with its options, checked and in terms of rows. */
export interface Question {
  readonly contest: Contest;
  readonly continuing: Continuing | undefined;
  readonly excluded: RowRange | undefined;
}

/** What is added to costs where neither the database nor the query says. */
export interface DefaultBiases {
  readonly continuing: number;
  /** To frames of clips that loop. */
  readonly looping: number;
}

/**
 * Checks a query and its options.
 *
 * @throws GaitwayError `search/bad-query`, `search/bad-weights`, `search/unknown-tag`, `search/no-such-frame`.
 */
export function readQuestion(
  database: MotionDatabase,
  query: Float32Array,
  options: SearchOptions,
  biases: DefaultBiases,
): Question {
  assertQuery(query, database.dimension);
  const { transitionCost = 0, requiredTags = [], forbiddenTags = [], exclude, excludeSeconds = 0 } = options;
  const contest: Contest = {
    query,
    weights: options.weights && weightOfNumbers(database, options.weights),
    transitionCost,
    loopingBias: biases.looping,
    required: bitsOfTags(database.tags, requiredTags),
    forbidden: bitsOfTags(database.tags, forbiddenTags),
  };
  return {
    contest,
    continuing: continuingOf(database, contest, options, biases.continuing),
    excluded: exclude && neighbourhood(database, exclude, excludeSeconds),
  };
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

/** [dimension]: the weight of each number's block. */
function weightOfNumbers({ blocks, dimension }: MotionDatabase, weights: readonly number[]): Float32Array {
  if (weights.length !== blocks.length || !weights.every((weight) => weight >= 0 && weight < Infinity)) {
    throw new GaitwayError(
      'search/bad-weights',
      `Weights must be ${blocks.length} finite numbers from 0 on, one for each of ${blocks.map(({ name }) => name).join(', ')}; found ${weights.join(', ')}.`,
      { wanted: blocks.length, found: weights.length },
    );
  }
  const out = new Float32Array(dimension);
  blocks.forEach(({ offset, size }, b) => {
    out.fill(weights[b], offset, offset + size);
  });
  return out;
}

/** The row that would play on and its bias, where it may and has the right tags. */
function continuingOf(
  database: MotionDatabase,
  { required, forbidden }: Contest,
  { continuing, continuingBias }: SearchOptions,
  defaultBias: number,
): Continuing | undefined {
  if (!continuing) return undefined;
  const row = rowOfFrame(database, continuing);
  const tags = database.tagMask[row];
  if (database.valid[row] === 0 || (~tags & required) !== 0 || (tags & forbidden) !== 0) return undefined;
  const own = database.continuingBias[row];
  return { row, bias: Number.isNaN(own) ? (continuingBias ?? defaultBias) : own };
}

/** Rows of the same clip nearer than `seconds`, at least the row itself. */
export function neighbourhood(database: MotionDatabase, frame: DatabaseFrame, seconds: number): RowRange {
  const row = rowOfFrame(database, frame);
  const { start, frameCount } = database.clips[frame.clip];
  const reach = Math.max(0, Math.ceil(seconds * database.rateHz - 1e-9) - 1);
  return { from: Math.max(row - reach, start), to: Math.min(row + reach + 1, start + frameCount) };
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
