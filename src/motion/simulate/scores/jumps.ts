import { size3 } from '../../../math/size.js';
import type { MotionDatabase } from '../../database/database.js';
import type { PlayedTick } from '../controller.js';
import type { PoseBank } from '../pose-bank.js';
import { makeJointReader } from './joint-places.js';

/** How far poses lie apart where playing jumped, before anything is blended. */
export interface JumpScore {
  readonly perSecond: number;
  /** JP, centimetres: mean over the joints, and root of the mean square. */
  readonly placeCm: number;
  readonly placeRmsCm: number;
  /** JV, metres per second. */
  readonly velocity: number;
  readonly velocityRms: number;
}

/** Adds up the jumps that were played. @param dt Seconds of a tick. */
export function makeJumpScorer(
  database: MotionDatabase,
  bank: PoseBank,
  dt: number,
): { add(tick: PlayedTick): void; score(): JumpScore } {
  const read = makeJointReader(database, bank, dt);
  let ticks = 0;
  let jumps = 0;
  const sums = [0, 0, 0, 0];
  return {
    add({ jumpedFrom, jumpedTo }) {
      ticks++;
      if (!jumpedFrom || !jumpedTo) return;
      jumps++;
      const from = read(jumpedFrom);
      const to = read(jumpedTo);
      const place = gaps(from.places, to.places);
      const velocity = gaps(from.velocities, to.velocities);
      [place.mean, place.rms, velocity.mean, velocity.rms].forEach((value, k) => {
        sums[k] += value;
      });
    },
    score: () => {
      const mean = (k: number): number => (jumps > 0 ? sums[k] / jumps : 0);
      return {
        perSecond: ticks > 0 ? jumps / (ticks * dt) : 0,
        placeCm: 100 * mean(0),
        placeRmsCm: 100 * mean(1),
        velocity: mean(2),
        velocityRms: mean(3),
      };
    },
  };
}

function gaps(a: Float64Array, b: Float64Array): { mean: number; rms: number } {
  let sum = 0;
  let squares = 0;
  for (let k = 0; k < a.length; k += 3) {
    const gap = size3(a[k] - b[k], a[k + 1] - b[k + 1], a[k + 2] - b[k + 2]);
    sum += gap;
    squares += gap * gap;
  }
  const count = a.length / 3;
  return { mean: sum / count, rms: Math.sqrt(squares / count) };
}
