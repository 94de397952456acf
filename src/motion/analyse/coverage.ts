import type { MotionDatabase } from '../database/database.js';
import { type FrameMotion, GAITS } from './frame-motion.js';

/** Edges of the cells: metres per second, and degrees per second, left turns above 0. */
export const SPEED_EDGES = [0.2, 1, 2, 3, 4.5] as const;
export const TURN_EDGES_DEG = [-90, -60, -30, -10, 10, 30, 60, 90] as const;

const SPEED_CELLS = SPEED_EDGES.length + 1;
const TURN_CELLS = TURN_EDGES_DEG.length + 1;

/** Seconds of usable frames: [gait][speed][turn], one cell more than edges each way. */
export type Coverage = readonly (readonly (readonly number[])[])[];

/** Cells in one line, gait by gait and speed by speed. */
export const CELL_COUNT = GAITS.length * SPEED_CELLS * TURN_CELLS;

const placeAmong = (edges: readonly number[], value: number): number => {
  let place = 0;
  while (place < edges.length && value >= edges[place]) place++;
  return place;
};

/** The cell of every frame, as its place in one line. [frames] */
export function cellsOfFrames({ speed, turnDeg, gait }: FrameMotion): Uint16Array {
  return Uint16Array.from(
    speed,
    (value, row) =>
      (gait[row] * SPEED_CELLS + placeAmong(SPEED_EDGES, value)) * TURN_CELLS +
      placeAmong(TURN_EDGES_DEG, turnDeg[row]),
  );
}

/** Seconds of usable frames by cell, in one line. */
export function secondsByCell({ valid, rateHz }: MotionDatabase, cells: Uint16Array): Float64Array {
  const counts = new Float64Array(CELL_COUNT);
  cells.forEach((cell, row) => {
    if (valid[row] === 1) counts[cell]++;
  });
  return counts.map((count) => count / rateHz);
}

/** Cells in one line as [gait][speed][turn]. */
export function asCoverage(seconds: Float64Array): Coverage {
  return GAITS.map((_, g) =>
    Array.from({ length: SPEED_CELLS }, (__, s) => {
      const at = (g * SPEED_CELLS + s) * TURN_CELLS;
      return Array.from(seconds.subarray(at, at + TURN_CELLS));
    }),
  );
}

/** Seconds by speed and turn, whatever the gait: [speed][turn]. */
export function overGaits(coverage: Coverage): number[][] {
  return Array.from({ length: SPEED_CELLS }, (_, s) =>
    Array.from({ length: TURN_CELLS }, (__, t) => coverage.reduce((sum, gait) => sum + gait[s][t], 0)),
  );
}
