import type { Random } from '../../math/random.js';
import type { PathPoint } from './seen-from-root.js';

/** Alters, in place, the path point that lies `seconds` ahead of `frame` (row number in its clip). */
export type BendPath = (frame: number, seconds: number, point: PathPoint) => void;

/** Standard deviations from `FULL_AFTER` seconds on: a length, a share of the distance, an angle. */
const OFFSET = 0.05;
const OFFSET_PER_METRE = 0.1;
const TURN = (15 * Math.PI) / 180;
const FULL_AFTER = 1 / 3;

/**
 * Bends paths as a player's stick does, by three standard normal draws a frame: sideways, forward, turn.
 *
 * The error grows over the first third of a second and then stays at 5 cm + 10 % of the distance and 15°; what
 * lies behind is left alone. A positive turn goes from forward (+Z) towards the left (+X).
 *
 * @param draws [frames, 3]; a row of zeros leaves that frame's path as it is.
 */
export function bendByDraws(draws: Float32Array | Float64Array): BendPath {
  return (frame, seconds, point) => {
    const ramp = Math.min(1, Math.max(0, seconds / FULL_AFTER));
    if (ramp === 0) return;
    const size = (OFFSET + OFFSET_PER_METRE * Math.hypot(point.x, point.z)) * ramp;
    const angle = TURN * ramp * draws[3 * frame + 2];
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    const { facingX, facingZ } = point;
    point.x += size * draws[3 * frame];
    point.z += size * draws[3 * frame + 1];
    point.facingX = facingX * cos + facingZ * sin;
    point.facingZ = facingZ * cos - facingX * sin;
  };
}

/** Draws [frames, 3] of which a share of the frames is normal and the others are zero. */
export function drawBends(frameCount: number, share: number, random: Random): Float32Array {
  const draws = new Float32Array(3 * frameCount);
  for (let f = 0; f < frameCount; f++) {
    if (random.uniform() >= share) continue;
    for (let k = 0; k < 3; k++) draws[3 * f + k] = random.normal();
  }
  return draws;
}
