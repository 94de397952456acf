import type { MotionDatabase } from '../database/database.js';
import { makeSearch } from '../search/search.js';
import { rowOf } from './neighbours.js';
import { queriesNearRows } from './queries-near-rows.js';

/** What a database answers worse whose rows are kept with fewer digits. */
export interface StorageLoss {
  readonly queries: number;
  /** Share of the queries that are answered with the same frame. */
  readonly recall: number;
  /** Mean cost of the answers by the exact rows, over that of the best answers: 1 where nothing is lost. */
  readonly costRatio: number;
  /** Root mean square of what rows are off by, as a share of their spread. */
  readonly rowError: number;
}

const SEED = 1;

/** Asks a database and the same one with other rows the same seeded queries, near the exact rows. */
export function storageLoss(exact: MotionDatabase, stored: MotionDatabase): StorageLoss {
  const search = makeSearch(exact);
  const queries = queriesNearRows(exact, search, SEED);
  const storedSearch = makeSearch(stored);
  let [same, best, given] = [0, 0, 0];
  for (const query of queries) {
    const [wanted] = search.find(query);
    const [found] = storedSearch.find(query);
    if (found.row === wanted.row) same++;
    best += distance(rowOf(exact, wanted.row), query);
    given += distance(rowOf(exact, found.row), query);
  }
  return {
    queries: queries.length,
    recall: same / queries.length,
    costRatio: best > 0 ? given / best : 1,
    rowError: rowError(exact, stored),
  };
}

function distance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] - b[k]) ** 2;
  return sum;
}

function rowError(exact: MotionDatabase, stored: MotionDatabase): number {
  const { rows, valid, dimension } = exact;
  const mean = new Float64Array(dimension);
  let count = 0;
  valid.forEach((value, f) => {
    if (value !== 1) return;
    count++;
    for (let k = 0; k < dimension; k++) mean[k] += rows[f * dimension + k];
  });
  let [off, spread] = [0, 0];
  valid.forEach((value, f) => {
    if (value !== 1) return;
    for (let i = f * dimension, k = 0; k < dimension; k++, i++) {
      off += (rows[i] - stored.rows[i]) ** 2;
      spread += (rows[i] - mean[k] / count) ** 2;
    }
  });
  return spread > 0 ? Math.sqrt(off / spread) : 0;
}
