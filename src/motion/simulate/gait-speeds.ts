import { size2 } from '../../math/size.js';
import { clipOfRow, type MotionDatabase } from '../database/database.js';
import type { GaitSpeeds } from './stick-script.js';

/** Slower frames stand, metres per second. */
export const STANDING = 0.2;
/** Two gaits whose speeds lie nearer than this are one. */
const APART = 1.5;
const ROUNDS = 50;
/** A database can stand where this share of its usable frames does. */
const ENOUGH = 0.005;
/** A walk that nobody recorded: a database that only stands is still asked to go. */
const PLAIN_WALK = 1.2;

/** What speeds a database knows. */
export interface KnownSpeeds extends GaitSpeeds {
  /** Share of the usable frames that stand, and whether that is enough to stand by. */
  readonly standing: number;
  readonly stands: boolean;
}

/**
 * Speeds of the walk and the run in a database: the centres of two clusters of the usable frames that move (medians,
 * found by k-means on the speed). Where there is one gait, both are its median.
 */
export function gaitSpeeds(database: MotionDatabase): KnownSpeeds {
  const speeds = rowSpeeds(database).filter((_, row) => database.valid[row] === 1);
  const moving = speeds.filter((speed) => speed >= STANDING).sort();
  const standing = speeds.length > 0 ? 1 - moving.length / speeds.length : 0;
  const rest = { standing, stands: standing >= ENOUGH };
  if (moving.length === 0) return { walk: PLAIN_WALK, run: PLAIN_WALK, ...rest };
  const at = (from: number, to: number): number => moving[Math.floor((from + to) / 2)];
  let border = moving[Math.floor(0.9 * (moving.length - 1))];
  let split = moving.length;
  for (let round = 0; round < ROUNDS; round++) {
    split = moving.findIndex((speed) => speed >= border);
    if (split <= 0) break;
    const next = (mean(moving.subarray(0, split)) + mean(moving.subarray(split))) / 2;
    if (Math.abs(next - border) < 1e-6) break;
    border = next;
  }
  const [walk, run] = split > 0 ? [at(0, split), at(split, moving.length)] : [moving[0], moving[0]];
  if (run >= APART * walk) return { walk, run, ...rest };
  const middle = at(0, moving.length);
  return { walk: middle, run: middle, ...rest };
}

const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Ground speed of the root in every row, metres per second, over half a second or what the clip has of it. */
export function rowSpeeds(database: MotionDatabase): Float64Array {
  const { roots, rateHz, clips, frameCount } = database;
  const half = Math.max(1, Math.round(rateHz / 4));
  return Float64Array.from({ length: frameCount }, (_, row) => {
    const clip = clips[clipOfRow(database, row)];
    const a = Math.max(row - half, clip.start);
    const b = Math.min(row + half, clip.start + clip.frameCount - 1);
    const x = roots[4 * b] - roots[4 * a];
    const z = roots[4 * b + 1] - roots[4 * a + 1];
    return b > a ? (size2(x, z) * rateHz) / (b - a) : 0;
  });
}
