import { makeLeastFirst } from '../../math/least-first.js';
import type { MotionDatabase } from '../database/database.js';
import { makeCellCover } from './cell-cover.js';
import type { Demand } from './demand.js';
import { makeSegmentAnswers } from './segment-answers.js';
import type { Segment } from './segments.js';

/** In a round no more than this share of the rows is dropped, before answers are looked for anew. */
const ROUND_SHARE = 0.25;
/** What uncovers a cell is dropped after all that does not. */
const UNCOVERS = 1e15;

/**
 * Chooses which segments to keep so that no more than `maxFrames` rows stay: again and again drops the one that
 * costs least for each of its rows, where a cost is by how much worse the rows that ask are answered without
 * it.
 *
 * A cell of gait, speed and turn that is covered stays so as long as anything else can be dropped. [segments],
 * 1 where kept.
 *
 * @see M. Chrobak, C. Kenyon, N. Young, "The Reverse Greedy Algorithm for the Metric k-Median Problem" (2006),
 *   and M. Minoux, "Accelerated Greedy Algorithms" (1978), for putting off the reckoning of losses that only
 *   grow.
 */
export function chooseSegments(
  database: MotionDatabase,
  segments: readonly Segment[],
  maxFrames: number,
  apartSeconds: number,
  demand: Demand,
): Uint8Array {
  const isKept = new Uint8Array(segments.length).fill(1);
  const sizes = segments.map(({ from, to }) => to - from);
  const cover = makeCellCover(database, segments);
  let frames = sizes.reduce((sum, size) => sum + size, 0);
  while (frames > maxFrames) {
    const floor = Math.max(maxFrames, Math.ceil((1 - ROUND_SHARE) * frames));
    const answers = makeSegmentAnswers(database, segments, isKept, apartSeconds, demand);
    const keyOf = (s: number): number => answers.lossOf(s) / sizes[s] + (cover.uncovers(s) ? UNCOVERS : 0);
    const queue = makeLeastFirst();
    isKept.forEach((kept, s) => {
      if (kept) queue.put(s, keyOf(s));
    });
    while (frames > floor) {
      const s = queue.take();
      if (s === undefined) return isKept;
      // A key only grows as others are dropped, so one that is still the least now is the least of all.
      const key = keyOf(s);
      if (key > queue.least()) {
        queue.put(s, key);
        continue;
      }
      isKept[s] = 0;
      frames -= sizes[s];
      answers.drop(s);
      cover.drop(s);
    }
  }
  return isKept;
}
