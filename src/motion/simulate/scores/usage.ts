import { clipOfRow, type MotionDatabase } from '../../database/database.js';
import type { PlayedTick } from '../controller.js';
import { playedRow } from '../playhead.js';

/** How much of the database was played. */
export interface UsageScore {
  /** Share of all frames that were played. */
  readonly coverage: number;
  /** Entropy of the time spent in each clip, as a share of what equal times would give. */
  readonly entropy: number;
}

/**
 * Counts what was played and chosen.
 *
 * | array    | shape    | meaning                              |
 * | -------- | -------- | ------------------------------------ |
 * | `played` | [frames] | ticks for which the frame was nearest |
 * | `chosen` | [frames] | jumps that landed on the frame        |
 */
export function makeUsageScorer(database: MotionDatabase): {
  readonly played: Uint32Array;
  readonly chosen: Uint32Array;
  add(tick: PlayedTick): void;
  score(): UsageScore;
} {
  const { frameCount, clips } = database;
  const played = new Uint32Array(frameCount);
  const chosen = new Uint32Array(frameCount);
  return {
    played,
    chosen,
    add({ head, jumpedTo }) {
      played[playedRow(database, head)]++;
      if (jumpedTo) chosen[clips[jumpedTo.clip].start + jumpedTo.frame]++;
    },
    score() {
      const ticks = new Float64Array(clips.length);
      let [frames, total, entropy] = [0, 0, 0];
      played.forEach((count, row) => {
        if (count === 0) return;
        frames++;
        total += count;
        ticks[clipOfRow(database, row)] += count;
      });
      for (const count of ticks) if (count > 0) entropy -= (count / total) * Math.log(count / total);
      return {
        coverage: frames / frameCount,
        entropy: clips.length > 1 ? entropy / Math.log(clips.length) : 0,
      };
    },
  };
}
