import type { MotionDatabase } from '../database/database.js';
import { rowDistance } from './row-distance.js';

/** What decides whether a row may be answered with, and what it costs beside its distance. */
export interface Contest {
  readonly query: Float32Array;
  /** [dimension], of squared differences. */
  readonly weights?: Float32Array | undefined;
  readonly transitionCost: number;
  /** Added to the cost of frames of clips that loop. */
  readonly loopingBias: number;
  /** Bits of tags that an answer has, and has not. */
  readonly required: number;
  readonly forbidden: number;
}

/** The row that would play on, and what is added to its cost because it would. */
export interface Continuing {
  readonly row: number;
  readonly bias: number;
}

/** Of the rows that are offered, keeps the best that is open. */
export interface BestRow {
  /** Begins anew: with nothing, or with a continuing row, which wins over its equals. */
  begin(contest: Contest, continuing?: Continuing): void;
  /** Gives the limit that squared distance and bias of a row must not be above to win. */
  offer(row: number): number;
  limit(): number;
  /** −1 where nothing was good enough. */
  row(): number;
  cost(): number;
  /** What of the cost is no distance. */
  bias(): number;
}

/** Share of the largest number in a sum of costs that float64 may lose. */
const ROUNDING = 2 ** -48;

/**
 * `open` [frames] is 1 where a row may be answered with; it may change between contests. `loops` [frames] is 1 where the
 * row's clip loops.
 */
export function makeBestRow(database: MotionDatabase, open: Uint8Array, loops: Uint8Array): BestRow {
  const { tagMask, costBias } = database;
  let contest: Contest = {
    query: new Float32Array(0),
    transitionCost: 0,
    loopingBias: 0,
    required: 0,
    forbidden: 0,
  };
  let row = -1;
  let rank = -1;
  let cost = Infinity;
  let bias = 0;
  let limit = Infinity;

  function take(candidate: number, itsRank: number, itsCost: number, itsBias: number): void {
    row = candidate;
    rank = itsRank;
    cost = itsCost;
    bias = itsBias;
    const { transitionCost, loopingBias } = contest;
    const least = transitionCost + Math.min(loopingBias, 0);
    limit = cost - least + ROUNDING * (Math.abs(cost) + Math.abs(transitionCost) + Math.abs(loopingBias));
  }

  return {
    begin(next, continuing) {
      contest = next;
      take(-1, -1, Infinity, 0);
      if (!continuing) return;
      const distance = rowDistance(database, continuing.row, next.query, next.weights);
      const itsBias = costBias[continuing.row] + loops[continuing.row] * next.loopingBias + continuing.bias;
      take(continuing.row, -1, distance + itsBias, itsBias);
    },
    offer(candidate) {
      if (open[candidate] !== 1) return limit;
      const { query, weights, transitionCost, loopingBias, required, forbidden } = contest;
      const tags = tagMask[candidate];
      if ((~tags & required) !== 0 || (tags & forbidden) !== 0) return limit;
      const itsBias = costBias[candidate] + loops[candidate] * loopingBias + transitionCost;
      const itsCost = rowDistance(database, candidate, query, weights) + itsBias;
      if (itsCost < cost || (itsCost === cost && candidate < rank))
        take(candidate, candidate, itsCost, itsBias);
      return limit;
    },
    limit: () => limit,
    row: () => row,
    cost: () => cost,
    bias: () => bias,
  };
}
