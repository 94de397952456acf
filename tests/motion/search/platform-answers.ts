import type { SearchMode } from '../../../src/motion/search/options.js';
import { makeSearch } from '../../../src/motion/search/search.js';
import { madeDatabase } from './made-database.js';

export interface PlatformAnswers {
  readonly engine: string;
  readonly answers: readonly (readonly { readonly row: number; readonly cost: number }[])[];
}

/** What made queries are answered with, for the same on another platform to be held beside it. */
export function platformAnswers(): PlatformAnswers {
  const database = madeDatabase({ clips: 50, blockSizes: [3, 3, 6, 6] });
  const search = makeSearch(database, { partBytes: 2 ** 19 });
  const modes: SearchMode[] = ['vp-tree', 'boxes', 'brute', 'unreal'];
  const answers = modes.flatMap((mode) =>
    Array.from({ length: 25 }, (_, q) => {
      const at = q * 111 * database.dimension;
      const query = database.rows
        .slice(at, at + database.dimension)
        .map((value, k) => value + Math.fround(k / 30));
      const found = search.find(query, { mode, count: 3, apartSeconds: 0.2, requiredTags: ['run'] });
      return found.map(({ row, cost }) => ({ row, cost }));
    }),
  );
  return { engine: search.engine, answers };
}
