import type { MotionDatabase } from '../database/database.js';
import type { Search } from '../search/search.js';
import type { FrameMotion } from './frame-motion.js';
import { legOfDatabase } from './leg-of-database.js';
import { frameOf, rowOf } from './neighbours.js';
import { type ClipRange, joinProbes, longestFirst } from './ranges-of-clips.js';
import { gone, type Wish, wishWriter } from './wished-path.js';

export interface IdleLockIn {
  /** Seconds of usable frames in which the body stands. */
  readonly idleSeconds: number;
  /** Standing probes that were asked to set off. */
  readonly asked: number;
  /** Share of all wishes that were answered by a frame that does not set off. */
  readonly lockedShare: number;
  readonly wishes: readonly { readonly name: string; readonly lockedShare: number }[];
  /** Stretches that answer no wish at all, longest first. */
  readonly locked: readonly ClipRange[];
}

/** Leg lengths per second; angles in degrees, left above 0. */
const WISHES = [
  { name: 'walk ahead', speed: 1.5, angleDeg: 0 },
  { name: 'walk to the left', speed: 1.5, angleDeg: 90 },
  { name: 'walk to the right', speed: 1.5, angleDeg: -90 },
  { name: 'walk back', speed: 1.5, angleDeg: 180 },
  { name: 'run ahead', speed: 3.5, angleDeg: 0 },
];
/** A start is a start where the root has gone this share of the wish after a second. */
const SET_OFF = 0.5;

/**
 * Measures idle lock-in: from standing frames, with the pose as it is and a path that sets off, whether the
 * best frame (the frame that plays on among them) goes anywhere. It does where, a second on, its root is at
 * least half as far away as was wished.
 *
 * Nothing where the rows hold no path to wish with.
 */
export function judgeIdle(
  database: MotionDatabase,
  search: Search,
  probes: Int32Array,
  { gait }: FrameMotion,
): IdleLockIn | undefined {
  const write = wishWriter(database);
  if (!write) return undefined;
  const leg = legOfDatabase(database);
  const wishes: Wish[] = WISHES.map(({ name, speed, angleDeg }) => ({
    name,
    speed: speed * leg,
    angle: (angleDeg * Math.PI) / 180,
  }));
  const standing = probes.filter((row) => gait[row] === 0);
  const stuck = wishes.map(() => 0);
  const locked = new Set<number>();
  standing.forEach((row) => {
    let all = true;
    wishes.forEach((wish, w) => {
      const query = Float32Array.from(rowOf(database, row));
      write(query, wish);
      const [best] = search.find(query, { continuing: frameOf(database, row) });
      if (best && setsOff(database, best.row, best.clip, wish)) all = false;
      else stuck[w]++;
    });
    if (all) locked.add(row);
  });
  let idle = 0;
  for (let row = 0; row < gait.length; row++) if (gait[row] === 0 && database.valid[row] === 1) idle++;
  const asked = standing.length;
  return {
    idleSeconds: idle / database.rateHz,
    asked,
    lockedShare: asked > 0 ? stuck.reduce((sum, count) => sum + count, 0) / (asked * wishes.length) : 0,
    wishes: wishes.map(({ name }, w) => ({ name, lockedShare: asked > 0 ? stuck[w] / asked : 0 })),
    locked: longestFirst(joinProbes(database, probes, (p) => locked.has(probes[p]))),
  };
}

function setsOff({ clips, roots, rateHz }: MotionDatabase, row: number, clip: number, wish: Wish): boolean {
  const { start, frameCount } = clips[clip];
  const later = Math.min(row + Math.round(rateHz), start + frameCount - 1);
  const far = Math.hypot(roots[4 * later] - roots[4 * row], roots[4 * later + 1] - roots[4 * row + 1]);
  return far > 0 && far >= SET_OFF * wish.speed * gone((later - row) / rateHz);
}
