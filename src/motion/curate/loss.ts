import { asCoverage, cellsOfFrames, overGaits, secondsByCell } from '../analyse/coverage.js';
import { COVERED } from '../analyse/describe-database.js';
import { frameMotion } from '../analyse/frame-motion.js';
import { queriesNearRows } from '../analyse/queries-near-rows.js';
import { type Spread, spreadOf } from '../analyse/transitions.js';
import type { MotionDatabase } from '../database/database.js';
import { makeSearch } from '../search/search.js';
import type { KeptSegments } from './keep-segments.js';

/** What a smaller database answers worse than the whole one. */
export interface CurationLoss {
  readonly queries: number;
  /** Mean cost of the best answer to likely queries, and its 95th percentile. */
  readonly cost: BeforeAfter;
  readonly costP95: BeforeAfter;
  /** Cells of speed and turn with at least half a second, as a share of all. */
  readonly coverage: BeforeAfter;
}

export interface BeforeAfter {
  readonly before: number;
  readonly after: number;
}

/** Asks both databases the same seeded queries, near the rows of the whole one. */
export function lossOf(
  whole: MotionDatabase,
  { database: kept, rowsOfWhole }: KeptSegments,
  seed: number,
): CurationLoss {
  const search = makeSearch(whole);
  const queries = queriesNearRows(whole, search, seed);
  const answered = (searched: ReturnType<typeof makeSearch>): Spread & { mean: number } => {
    const all = queries.map((query) => searched.find(query)[0]?.cost ?? Infinity);
    return { ...spreadOf(all), mean: all.reduce((sum, cost) => sum + cost, 0) / all.length };
  };
  // How the root of a frame moves is seen in the whole clip, not in what was kept of it.
  const cells = cellsOfFrames(frameMotion(whole));
  const [before, after] = [answered(search), answered(makeSearch(kept))];
  return {
    queries: queries.length,
    cost: { before: before.mean, after: after.mean },
    costP95: { before: before.p95, after: after.p95 },
    coverage: {
      before: coveredShare(secondsByCell(whole, cells)),
      after: coveredShare(
        secondsByCell(
          kept,
          Uint16Array.from(rowsOfWhole, (row) => cells[row]),
        ),
      ),
    },
  };
}

function coveredShare(seconds: Float64Array): number {
  const cells = overGaits(asCoverage(seconds)).flat();
  return cells.filter((own) => own >= COVERED).length / cells.length;
}
