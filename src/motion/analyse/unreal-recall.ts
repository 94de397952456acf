import { rowDistance } from '../../kernels/nearest-rows.js';
import { principalComponents, projectRows } from '../../math/principal-components.js';
import type { MotionDatabase } from '../database/database.js';
import type { Search } from '../search/search.js';
import type { MakeQuery } from './likely-queries.js';
import { usableRows } from './probes.js';

/** What Unreal's search would miss with some number of principal components. */
export interface UnrealRecall {
  readonly components: number;
  /** Share of queries that are answered with a frame as good as the best. */
  readonly recall: number;
  /** By how much the answer costs more than the best, on average over all queries, as a share of the best's cost. */
  readonly extraCost: number;
}

/** Row that some other search answers a query with. */
export type PickRow = (query: Float32Array) => number;

/** Neighbours that Unreal takes from its tree before it compares them in full (KDTreeQueryNumNeighbors). */
const CANDIDATES = 200;
const COMPONENTS = [4, 6, 8, 12, 16];
/** Answers whose costs differ by less than this share are equally good. */
const AS_GOOD = 1e-6;
/** A number of components is enough from this recall on. */
const ENOUGH = 0.99;

export interface UnrealForecast {
  readonly queries: number;
  readonly byComponents: readonly UnrealRecall[];
  /** Least number of components, of those tried, with a recall of 0.99; nothing where none has it. */
  readonly suggested: number | undefined;
}

/** Compares Unreal's approximate search (its tree over principal components, 200 neighbours) with the exact one. */
export function forecastUnreal(
  database: MotionDatabase,
  search: Search,
  probes: Int32Array,
  makeQuery: MakeQuery,
  pickWith: (database: MotionDatabase, components: number) => PickRow = pickAsUnreal,
): UnrealForecast {
  const queries = Array.from(probes, (row) => makeQuery(row));
  const best = queries.map((query) => search.find(query)[0]?.cost ?? 0);
  const byComponents = COMPONENTS.filter((components) => components < database.dimension).map(
    (components) => {
      const pick = pickWith(database, components);
      let hits = 0;
      let extra = 0;
      queries.forEach((query, q) => {
        const cost = rowDistance(database.rows, database.dimension, pick(query), query, Infinity);
        if (cost <= best[q] * (1 + AS_GOOD) + 1e-9) hits++;
        extra += best[q] > 0 ? Math.max(0, cost / best[q] - 1) : 0;
      });
      const count = Math.max(1, queries.length);
      return { components, recall: hits / count, extraCost: extra / count };
    },
  );
  return {
    queries: queries.length,
    byComponents,
    suggested: byComponents.find(({ recall }) => recall >= ENOUGH)?.components,
  };
}

/**
 * Unreal's pick: the nearest 200 usable rows in the first principal components, compared in full.
 *
 * Its tree is exact in those components, so looking at every row gives the same candidates.
 */
export function pickAsUnreal(database: MotionDatabase, components: number): PickRow {
  const { rows, dimension, valid } = database;
  const usable = usableRows(valid);
  const mean = new Float64Array(dimension);
  for (const row of usable) {
    for (let k = 0; k < dimension; k++) mean[k] += rows[row * dimension + k] / usable.length;
  }
  const centred = new Float32Array(usable.length * dimension);
  usable.forEach((row, i) => {
    for (let k = 0; k < dimension; k++) centred[i * dimension + k] = rows[row * dimension + k] - mean[k];
  });
  const { matrix, count } = principalComponents(centred, dimension, components);
  const projected = projectRows(centred, dimension, matrix, count);
  const nearest = new Int32Array(Math.min(CANDIDATES, usable.length));
  const costs = new Float64Array(nearest.length);
  return (query) => {
    const asked = projectRows(
      query.map((value, k) => value - mean[k]),
      dimension,
      matrix,
      count,
    );
    nearestIn(projected, count, asked, nearest, costs);
    let best = { row: -1, cost: Infinity };
    for (const i of nearest) {
      const cost = rowDistance(rows, dimension, usable[i], query, best.cost);
      if (cost < best.cost) best = { row: usable[i], cost };
    }
    return best.row;
  };
}

/** Writes the nearest rows to `out`, in no order: a heap whose top is the farthest of them. */
function nearestIn(
  rows: Float32Array,
  dimension: number,
  query: Float32Array,
  out: Int32Array,
  costs: Float64Array,
): void {
  const size = out.length;
  const n = rows.length / dimension;
  costs.fill(Infinity);
  for (let i = 0; i < n; i++) {
    const cost = rowDistance(rows, dimension, i, query, costs[0]);
    if (!(cost < costs[0])) continue;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= size) break;
      if (child + 1 < size && costs[child + 1] > costs[child]) child++;
      if (costs[child] <= cost) break;
      costs[place] = costs[child];
      out[place] = out[child];
      place = child;
    }
    costs[place] = cost;
    out[place] = i;
  }
}
