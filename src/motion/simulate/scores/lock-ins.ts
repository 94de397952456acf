import { size2 } from '../../../math/size.js';
import type { MotionDatabase } from '../../database/database.js';
import type { PlayedTick } from '../controller.js';

/** Times at which playing got stuck. */
export interface LockInScore {
  /** The stick asked to go, and for a second the figure hardly moved. */
  readonly idle: number;
  /** Within two seconds playing jumped four times or more, always into the same third of a second of a clip. */
  readonly loops: number;
}

const IDLE_SECONDS = 1;
const IDLE_SHARE = 0.2;
/** Slower wishes are those of a stick that is hardly touched, metres per second. */
const MOVING = 0.3;
const LOOP_SECONDS = 2;
const LOOP_JUMPS = 4;
const LOOP_SPAN = 1 / 3;

/** Counts lock-ins, each once until it is over. @param dt Seconds of a tick. */
export function makeLockInScorer(
  { rateHz }: MotionDatabase,
  dt: number,
): { add(tick: PlayedTick): void; score(): LockInScore } {
  let [idle, loops, still, rootX, rootZ, seconds] = [0, 0, 0, 0, 0, 0];
  let jumps: { readonly clip: number; readonly time: number; readonly at: number }[] = [];
  return {
    add({ wish, root, jumpedTo }) {
      seconds += dt;
      const wished = size2(wish.velocityX, wish.velocityZ);
      const speed = size2(root.x - rootX, root.z - rootZ) / dt;
      rootX = root.x;
      rootZ = root.z;
      const before = still;
      still = wished > MOVING && speed < IDLE_SHARE * wished ? still + dt : 0;
      if (before < IDLE_SECONDS && still >= IDLE_SECONDS) idle++;
      if (!jumpedTo) return;
      jumps.push({ clip: jumpedTo.clip, time: jumpedTo.frame / rateHz, at: seconds });
      jumps = jumps.filter(({ at }) => seconds - at <= LOOP_SECONDS);
      const times = jumps.map(({ time }) => time);
      const isLoop =
        jumps.length >= LOOP_JUMPS &&
        jumps.every(({ clip }) => clip === jumpedTo.clip) &&
        Math.max(...times) - Math.min(...times) <= LOOP_SPAN;
      if (!isLoop) return;
      loops++;
      jumps = [];
    },
    score: () => ({ idle, loops }),
  };
}
