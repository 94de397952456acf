import { CELL_COUNT, cellsOfFrames } from '../analyse/coverage.js';
import { COVERED } from '../analyse/describe-database.js';
import { frameMotion } from '../analyse/frame-motion.js';
import type { MotionDatabase } from '../database/database.js';
import type { Segment } from './segments.js';

/** Keeps count of the cells of gait, speed and turn that the kept segments cover. */
export interface CellCover {
  /** Some cell that is covered would not be so without the segment. */
  readonly uncovers: (segment: number) => boolean;
  readonly drop: (segment: number) => void;
}

export function makeCellCover(database: MotionDatabase, segments: readonly Segment[]): CellCover {
  const cells = cellsOfFrames(frameMotion(database));
  const needed = Math.ceil(COVERED * database.rateHz);
  const kept = new Uint32Array(CELL_COUNT);
  const ofSegment = segments.map(({ from, to }) => {
    const counts = new Map<number, number>();
    for (let row = from; row < to; row++) {
      if (database.valid[row] !== 1) continue;
      counts.set(cells[row], (counts.get(cells[row]) ?? 0) + 1);
      kept[cells[row]]++;
    }
    return counts;
  });
  return {
    uncovers: (segment) => {
      for (const [cell, count] of ofSegment[segment]) {
        if (kept[cell] >= needed && kept[cell] - count < needed) return true;
      }
      return false;
    },
    drop: (segment) => {
      for (const [cell, count] of ofSegment[segment]) kept[cell] -= count;
    },
  };
}
