import { type NearestRow, nearestRow } from '../../kernels/nearest-rows.js';
import { seededRandom } from '../../math/random.js';
import { clipOfRow, type MotionDatabase } from '../database/database.js';
import { runsOf } from '../search/ranges.js';

/** Edges of the cells: metres per second, and degrees per second, left turns above 0. */
export const SPEED_EDGES = [0.2, 1, 2, 3, 4.5] as const;
export const TURN_EDGES_DEG = [-90, -30, -10, 10, 30, 90] as const;

/** A frame repeats another where they are this much nearer than two frames taken at random. */
const DUPLICATE_SHARE = 0.001;
/** Frames that are looked at for duplicates, and pairs that say how far random frames lie apart. */
const PROBES = 1000;
const PAIRS = 4000;
const SEED = 5;

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
  /** Seconds of usable frames per cell: [speed][turn], one more cell than edges each way. */
  readonly coverage: readonly (readonly number[])[];
  /** Share of cells with at least half a second. */
  readonly coverageShare: number;
  /** Share of usable frames (of at most 1,000, evenly spaced) that all but repeat a frame of another clip. */
  readonly duplicateShare: number;
  /** Mean squared distance between two usable frames taken at random. */
  readonly randomCost: number;
}

/** What a database holds: how much of it can be used, which speeds and turns it covers, and what repeats. */
export function describeDatabase(database: MotionDatabase): DatabaseDescription {
  const { clips, frameCount, rateHz, dimension, valid, contacts } = database;
  const usable = Int32Array.from(valid.keys()).filter((row) => valid[row] === 1);
  const coverage = coverageOf(database, usable);
  const cells = coverage.flat();
  const randomCost = meanRandomCost(database, usable);
  const stands = (side: number): number => {
    let count = 0;
    for (let f = 0; f < frameCount; f++) count += contacts[2 * f + side];
    return count / frameCount;
  };
  return {
    clips: clips.length,
    frames: frameCount,
    seconds: clips.reduce((sum, clip) => sum + (clip.frameCount - 1) / rateHz, 0),
    validShare: usable.length / frameCount,
    dimension,
    bytesPerFrame: 4 * dimension,
    contactShare: [stands(0), stands(1)],
    coverage,
    coverageShare: cells.filter((seconds) => seconds >= 0.5).length / cells.length,
    duplicateShare: duplicateShare(database, usable, DUPLICATE_SHARE * randomCost),
    randomCost,
  };
}

const cellOf = (edges: readonly number[], value: number): number =>
  edges.filter((edge) => value >= edge).length;

function coverageOf(database: MotionDatabase, usable: Int32Array): number[][] {
  const { roots, rateHz, clips } = database;
  const coverage = Array.from({ length: SPEED_EDGES.length + 1 }, () =>
    new Array<number>(TURN_EDGES_DEG.length + 1).fill(0),
  );
  for (const row of usable) {
    const clip = clips[clipOfRow(database, row)];
    const a = 4 * Math.max(row - 1, clip.start);
    const b = 4 * Math.min(row + 1, clip.start + clip.frameCount - 1);
    const perSecond = b > a ? (4 * rateHz) / (b - a) : 0;
    const speed = Math.hypot(roots[b] - roots[a], roots[b + 1] - roots[a + 1]) * perSecond;
    const sin = roots[a + 3] * roots[b + 2] - roots[a + 2] * roots[b + 3];
    const cos = roots[a + 2] * roots[b + 2] + roots[a + 3] * roots[b + 3];
    const turnDeg = (Math.atan2(sin, cos) * perSecond * 180) / Math.PI;
    coverage[cellOf(SPEED_EDGES, speed)][cellOf(TURN_EDGES_DEG, turnDeg)] += 1 / rateHz;
  }
  return coverage;
}

function meanRandomCost({ rows, dimension }: MotionDatabase, usable: Int32Array): number {
  const random = seededRandom(SEED);
  let sum = 0;
  for (let pair = 0; pair < PAIRS; pair++) {
    const a = usable[random.below(usable.length)] * dimension;
    const b = usable[random.below(usable.length)] * dimension;
    for (let k = 0; k < dimension; k++) sum += (rows[a + k] - rows[b + k]) ** 2;
  }
  return sum / PAIRS;
}

function duplicateShare(database: MotionDatabase, usable: Int32Array, limit: number): number {
  const { rows, dimension, clips, valid } = database;
  const runs = runsOf(valid);
  const count = Math.min(PROBES, usable.length);
  const best: NearestRow = { row: -1, cost: limit };
  let duplicates = 0;
  for (let probe = 0; probe < count; probe++) {
    const row = usable[Math.floor((probe * usable.length) / count)];
    const own = clips[clipOfRow(database, row)];
    const query = rows.subarray(row * dimension, (row + 1) * dimension);
    best.row = -1;
    best.cost = limit;
    for (const { from, to } of runs) {
      if (from >= own.start && from < own.start + own.frameCount) continue;
      nearestRow(rows, dimension, query, from, to, best);
    }
    if (best.row >= 0) duplicates++;
  }
  return duplicates / count;
}
