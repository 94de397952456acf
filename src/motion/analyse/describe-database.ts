import type { MotionDatabase } from '../database/database.js';
import { asCoverage, type Coverage, cellsOfFrames, overGaits, secondsByCell } from './coverage.js';
import { type FrameMotion, frameMotion, GAITS, type Gait } from './frame-motion.js';

export interface DatabaseDescription {
  readonly clips: number;
  readonly frames: number;
  readonly seconds: number;
  /** Share of the frames that a search may answer with. */
  readonly validShare: number;
  readonly dimension: number;
  readonly bytesPerFrame: number;
  /** Share of the frames with the left, right foot on the floor. */
  readonly contactShare: readonly [left: number, right: number];
  /** Seconds of usable frames: [gait][speed][turn], one cell more than edges each way. */
  readonly coverage: Coverage;
  /** Share of the cells of speed and turn with at least half a second, whatever the gait. */
  readonly coverageShare: number;
  /** Gaits were read from the database's tags; else from speeds in leg lengths. */
  readonly gaitsAreTagged: boolean;
  readonly gaits: readonly { readonly gait: Gait; readonly seconds: number }[];
  /** Seconds of usable frames that have each tag. */
  readonly tags: readonly { readonly tag: string; readonly seconds: number }[];
}

/** Seconds from which a cell of speed and turn is covered. */
export const COVERED = 0.5;

/** What a database holds: how much of it can be used, and which gaits, speeds, turns and tags it covers. */
export function describeDatabase(
  database: MotionDatabase,
  motion: FrameMotion = frameMotion(database),
): DatabaseDescription {
  const { clips, frameCount, rateHz, dimension, valid, contacts } = database;
  let usable = 0;
  for (const value of valid) if (value === 1) usable++;
  const coverage = asCoverage(secondsByCell(database, cellsOfFrames(motion)));
  const cells = overGaits(coverage).flat();
  const stands = (side: number): number => {
    let count = 0;
    for (let f = 0; f < frameCount; f++) count += contacts[2 * f + side];
    return count / frameCount;
  };
  return {
    clips: clips.length,
    frames: frameCount,
    seconds: clips.reduce((sum, clip) => sum + (clip.frameCount - 1) / rateHz, 0),
    validShare: usable / frameCount,
    dimension,
    bytesPerFrame: 4 * dimension,
    contactShare: [stands(0), stands(1)],
    coverage,
    coverageShare: cells.filter((seconds) => seconds >= COVERED).length / cells.length,
    gaitsAreTagged: motion.isTagged,
    gaits: GAITS.map((gait, g) => ({
      gait,
      seconds: coverage[g].flat().reduce((sum, seconds) => sum + seconds, 0),
    })),
    tags: secondsOfTags(database),
  };
}

function secondsOfTags({ tags, tagMask, valid, rateHz }: MotionDatabase): { tag: string; seconds: number }[] {
  const counts = tags.map(() => 0);
  tagMask.forEach((mask, row) => {
    if (valid[row] !== 1) return;
    for (let k = 0; k < counts.length; k++) counts[k] += (mask >>> k) & 1;
  });
  return tags.map((tag, k) => ({ tag, seconds: counts[k] / rateHz }));
}
