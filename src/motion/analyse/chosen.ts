import type { MotionDatabase } from '../database/database.js';
import type { Search } from '../search/search.js';
import type { MakeQuery } from './likely-queries.js';
import { type ClipRange, joinProbes, longestFirst } from './ranges-of-clips.js';
import { type Spread, spreadOf } from './transitions.js';

/** What play has chosen, counted. */
export interface PlayedChoices {
  /** Usable frames that were chosen once or more. */
  readonly chosenShare: number;
  /** Usable frames that never were. */
  readonly neverChosenFrames: number;
  /** 1 where all clips are chosen alike, for each frame they have; 0 where all choices fall on one clip. */
  readonly evenness: number;
  readonly choices: number;
}

/** What queries near the database's own rows choose. */
export interface LikelyChoices {
  readonly queries: number;
  /** Share of the probes near which no query was answered, not even those made from them. */
  readonly neverChosenShare: number;
  /** Longest first. */
  readonly neverChosen: readonly ClipRange[];
  /** Probes near which no query was answered. */
  readonly rows: Int32Array;
  /** Cost of the best answers. */
  readonly costs: Spread;
}

const QUERIES_A_PROBE = 4;
/** Seconds around an answer that count as chosen with it. */
const NEAR = 0.15;

/** Asks a few likely queries around every probe, and looks which probes never come up. */
export function likelyChoices(
  database: MotionDatabase,
  search: Search,
  probes: Int32Array,
  makeQuery: MakeQuery,
): LikelyChoices {
  const near = Math.round(NEAR * database.rateHz);
  const isChosen = new Uint8Array(database.frameCount);
  const costs: number[] = [];
  for (const row of probes) {
    for (let k = 0; k < QUERIES_A_PROBE; k++) {
      const [best] = search.find(makeQuery(row));
      if (!best) continue;
      costs.push(best.cost);
      const { start, frameCount } = database.clips[best.clip];
      isChosen.fill(1, Math.max(best.row - near, start), Math.min(best.row + near + 1, start + frameCount));
    }
  }
  const rows = probes.filter((row) => !isChosen[row]);
  return {
    queries: QUERIES_A_PROBE * probes.length,
    neverChosenShare: probes.length > 0 ? rows.length / probes.length : 0,
    neverChosen: longestFirst(joinProbes(database, probes, (p) => !isChosen[probes[p]])),
    rows,
    costs: spreadOf(costs),
  };
}

/** Sums up how often each frame was chosen in play. @param chosen [frames] */
export function playedChoices({ valid, clips }: MotionDatabase, chosen: Uint32Array): PlayedChoices {
  let usable = 0;
  let never = 0;
  let choices = 0;
  let entropy = 0;
  const counts = clips.map(({ start, frameCount }) => {
    let own = 0;
    let open = 0;
    for (let row = start; row < start + frameCount; row++) {
      own += chosen[row];
      if (valid[row] !== 1) continue;
      open++;
      if (chosen[row] === 0) never++;
    }
    usable += open;
    choices += own;
    return { own, open };
  });
  // Kullback–Leibler divergence from choosing every frame alike, over the most that it can be.
  let most = 0;
  for (const { own, open } of counts) {
    if (open === 0) continue;
    const fair = open / usable;
    most = Math.max(most, -Math.log(fair));
    if (own > 0) entropy += (own / choices) * Math.log(own / choices / fair);
  }
  return {
    chosenShare: usable > 0 ? 1 - never / usable : 0,
    neverChosenFrames: never,
    evenness: most > 0 && choices > 0 ? 1 - entropy / most : 1,
    choices,
  };
}
