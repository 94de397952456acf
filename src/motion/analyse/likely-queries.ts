import { type Random, seededRandom } from '../../math/random.js';
import type { MotionDatabase } from '../database/database.js';
import { rowOf } from './neighbours.js';
import { usableRows } from './probes.js';

/** Asks around a row: the row, moved by a little of what two other rows differ by. */
export type MakeQuery = (row: number) => Float32Array;

/** Pairs of rows that tell how large a difference is. */
const PAIRS = 2000;

/**
 * Queries such as play makes: near rows of the database, but none of them. A query is a row plus a share of the
 * difference of two rows drawn at random, so it strays in the ways in which the rows themselves vary.
 *
 * @param strayCost Mean cost of a query to the row that it is made from.
 */
export function makeLikelyQueries(database: MotionDatabase, strayCost: number, seed: number): MakeQuery {
  const random = seededRandom(seed);
  const usable = usableRows(database.valid);
  const share = Math.sqrt(strayCost / Math.max(meanCostOfPairs(database, usable, random, PAIRS), 1e-12));
  const { rows, dimension } = database;
  return (row) => {
    const a = usable[random.below(usable.length)] * dimension;
    const b = usable[random.below(usable.length)] * dimension;
    return rowOf(database, row).map((value, k) => value + share * (rows[a + k] - rows[b + k]));
  };
}

/** Mean squared distance between two usable rows taken at random. */
export function meanCostOfPairs(
  { rows, dimension }: MotionDatabase,
  usable: Int32Array,
  random: Random,
  pairs: number,
): number {
  let sum = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const a = usable[random.below(usable.length)] * dimension;
    const b = usable[random.below(usable.length)] * dimension;
    for (let k = 0; k < dimension; k++) {
      const away = rows[a + k] - rows[b + k];
      sum += away * away;
    }
  }
  return sum / pairs;
}
