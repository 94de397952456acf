import type { MotionDatabase } from '../database/database.js';
import { legOfDatabase } from './leg-of-database.js';

/** How a body gets along, slowest first; also the names of the tags that say so. */
export const GAITS = ['idle', 'walk', 'run'] as const;
export type Gait = (typeof GAITS)[number];

/**
 * What the root does in every frame.
 *
 * | array     | shape    | meaning                                              |
 * | --------- | -------- | ---------------------------------------------------- |
 * | `speed`   | [frames] | metres per second                                     |
 * | `turnDeg` | [frames] | degrees per second, left turns above 0                 |
 * | `gait`    | [frames] | index into `GAITS`                                    |
 */
export interface FrameMotion {
  readonly speed: Float32Array;
  readonly turnDeg: Float32Array;
  readonly gait: Uint8Array;
  /** Gaits were read from tags, not from speeds. */
  readonly isTagged: boolean;
}

/** Leg lengths per second from which a body walks, and runs. */
const WALKS = 0.3;
const RUNS = 2.1;
/** Seconds to both sides: a step sways the root, and a turn is what is left when the sway is out. */
const SPEED_SIDE = 0.2;
const TURN_SIDE = 0.5;

/** Speed, turn and gait of every frame, from the roots; the gait from the tags where the database has such. */
export function frameMotion(database: MotionDatabase): FrameMotion {
  const { frameCount, clips, rateHz, roots } = database;
  const speed = new Float32Array(frameCount);
  const turnDeg = new Float32Array(frameCount);
  const speedSide = Math.max(1, Math.round(SPEED_SIDE * rateHz));
  const turnSide = Math.max(1, Math.round(TURN_SIDE * rateHz));
  for (const { start, frameCount: count } of clips) {
    const last = start + count - 1;
    for (let row = start; row <= last; row++) {
      let a = Math.max(row - speedSide, start);
      let b = Math.min(row + speedSide, last);
      if (a === b) continue;
      const x = roots[4 * b] - roots[4 * a];
      const z = roots[4 * b + 1] - roots[4 * a + 1];
      speed[row] = (Math.sqrt(x * x + z * z) * rateHz) / (b - a);
      a = Math.max(row - turnSide, start);
      b = Math.min(row + turnSide, last);
      turnDeg[row] = (turnBetween(roots, a, b) * (180 / Math.PI) * rateHz) / (b - a);
    }
  }
  const tagged = taggedGaits(database);
  if (tagged) return { speed, turnDeg, gait: tagged, isTagged: true };
  const leg = legOfDatabase(database);
  const gait = Uint8Array.from(speed, (value) => GAITS.indexOf(gaitAtSpeed(value, leg)));
  return { speed, turnDeg, gait, isTagged: false };
}

/** The gait of a body with legs of that length (metres) at a speed (metres per second). */
export function gaitAtSpeed(speed: number, leg: number): Gait {
  return speed < WALKS * leg ? 'idle' : speed < RUNS * leg ? 'walk' : 'run';
}

/** Angle from the facing of row a to that of row b, radians, left above 0. */
export function turnBetween(roots: Float32Array, a: number, b: number): number {
  const [u, v] = [roots[4 * a + 2], roots[4 * a + 3]];
  const [p, q] = [roots[4 * b + 2], roots[4 * b + 3]];
  return Math.atan2(v * p - u * q, u * p + v * q);
}

function taggedGaits({ tags, tagMask }: MotionDatabase): Uint8Array | undefined {
  const bits = GAITS.map((gait) => tags.indexOf(gait));
  if (bits.every((bit) => bit < 0)) return undefined;
  return Uint8Array.from(tagMask, (mask) => {
    let fastest = 0;
    bits.forEach((bit, g) => {
      if (bit >= 0 && (mask >>> bit) & 1) fastest = g;
    });
    return fastest;
  });
}
