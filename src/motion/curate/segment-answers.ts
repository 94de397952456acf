import { rowOf } from '../analyse/neighbours.js';
import type { MotionDatabase } from '../database/database.js';
import { makeSearch } from '../search/search.js';
import type { Demand } from './demand.js';
import { type Segment, segmentOfRows } from './segments.js';

/** Which segments answer the rows that ask, and at what cost, as segments are dropped one by one. */
export interface SegmentAnswers {
  /** By how much worse all that ask would be answered without the segment, weighted. */
  readonly lossOf: (segment: number) => number;
  /** Those it answered are answered by their next best. */
  readonly drop: (segment: number) => void;
}

/** Answers that are known to each row. */
const ANSWERS = 8;
/** Beyond the answers that are known, the next costs this many times the last of them. */
const BEYOND = 2;

/** Looks for the best answers, each in another place, among the usable rows of the kept segments. */
export function makeSegmentAnswers(
  database: MotionDatabase,
  segments: readonly Segment[],
  isKept: Uint8Array,
  apartSeconds: number,
  { rows, weights }: Demand,
): SegmentAnswers {
  const own = segmentOfRows(database.frameCount, segments);
  const valid = database.valid.map((value, row) => (own[row] >= 0 && isKept[own[row]] === 1 ? value : 0));
  const search = makeSearch({ ...database, valid });
  const answers = new Int32Array(rows.length * ANSWERS).fill(-1);
  const costs = new Float64Array(rows.length * (ANSWERS + 1)).fill(Infinity);
  const asking: number[][] = segments.map(() => []);
  let worst = 0;
  rows.forEach((row, d) => {
    const found = search.find(rowOf(database, row), { count: ANSWERS, apartSeconds });
    found.forEach((match, k) => {
      answers[d * ANSWERS + k] = own[match.row];
      costs[d * (ANSWERS + 1) + k] = match.cost;
    });
    const last = found.at(-1)?.cost ?? 0;
    worst = Math.max(worst, last);
    costs[d * (ANSWERS + 1) + ANSWERS] = BEYOND * last;
    if (found.length > 0) asking[own[found[0].row]].push(d);
    // A row that has few answers at all would miss the last of them as much as any.
    if (found.length < ANSWERS) costs[d * (ANSWERS + 1) + ANSWERS] = Infinity;
  });
  for (let d = 0; d < rows.length; d++) {
    const beyond = d * (ANSWERS + 1) + ANSWERS;
    if (costs[beyond] === Infinity) costs[beyond] = BEYOND * worst;
  }

  const isDropped = new Uint8Array(segments.length);
  const place = new Uint8Array(rows.length);
  /** The place of the first answer, from the present one on, that is neither dropped nor in the segment. */
  const nextPlace = (d: number, segment: number): number => {
    for (let k = place[d]; k < ANSWERS; k++) {
      const answer = answers[d * ANSWERS + k];
      if (answer < 0) break;
      if (answer !== segment && isDropped[answer] === 0) return k;
    }
    return ANSWERS;
  };
  return {
    lossOf: (segment) => {
      let loss = 0;
      for (const d of asking[segment]) {
        const at = d * (ANSWERS + 1);
        loss += weights[d] * (costs[at + nextPlace(d, segment)] - costs[at + place[d]]);
      }
      return loss;
    },
    drop: (segment) => {
      isDropped[segment] = 1;
      for (const d of asking[segment]) {
        place[d] = nextPlace(d, segment);
        if (place[d] < ANSWERS) asking[answers[d * ANSWERS + place[d]]].push(d);
      }
      asking[segment] = [];
    },
  };
}
