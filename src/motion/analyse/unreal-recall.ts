import type { MotionDatabase } from '../database/database.js';
import { makeSearch, type Search } from '../search/search.js';
import type { MakeQuery } from './likely-queries.js';

/** What Unreal's search would miss with some number of principal components. */
export interface UnrealRecall {
  readonly components: number;
  /** Share of queries that are answered with a frame as good as the best. */
  readonly recall: number;
  /** By how much the answer costs more than the best, on average over all queries, as a share of the best's cost. */
  readonly extraCost: number;
}

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

/** Compares what Unreal's approximate search answers (a tree over principal components) with the exact answers. */
export function forecastUnreal(
  database: MotionDatabase,
  search: Search,
  probes: Int32Array,
  makeQuery: MakeQuery,
): UnrealForecast {
  const queries = Array.from(probes, (row) => makeQuery(row));
  const best = queries.map((query) => search.find(query)[0]?.cost ?? 0);
  const byComponents = COMPONENTS.filter((components) => components < database.dimension).map(
    (components) => {
      const unreal = makeSearch(database, { mode: 'unreal', unreal: { principalComponents: components } });
      let hits = 0;
      let extra = 0;
      queries.forEach((query, q) => {
        const cost = unreal.find(query)[0]?.cost ?? Infinity;
        if (cost <= best[q] + AS_GOOD * Math.abs(best[q])) hits++;
        if (best[q] > 0) extra += cost / best[q] - 1;
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
