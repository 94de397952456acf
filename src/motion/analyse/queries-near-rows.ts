import type { MotionDatabase } from '../database/database.js';
import type { Search } from '../search/search.js';
import { makeLikelyQueries } from './likely-queries.js';
import { neighboursOf } from './neighbours.js';
import { drawProbes, evenly } from './probes.js';
import { spreadOf } from './transitions.js';

const QUERIES = 2000;
const STRAYS = 500;

/**
 * Seeded queries near rows of a database, 2000 at most: as far from them as the nearest other moments lie from each
 * other.
 */
export function queriesNearRows(database: MotionDatabase, search: Search, seed: number): Float32Array[] {
  const probes = evenly(drawProbes(database, QUERIES, seed), QUERIES);
  const { costs, count } = neighboursOf(database, search, evenly(probes, STRAYS));
  const nearest = [...costs].filter((cost, k) => k % count === 0 && cost < Infinity);
  const makeQuery = makeLikelyQueries(database, spreadOf(nearest).median, seed);
  return Array.from(probes, (row) => makeQuery(row));
}
