import type { MotionTrack } from '../features/motion-track.js';
import type { BendPath } from './bent-path.js';
import { type PathPoint, pathPoint } from './seen-from-root.js';

/** Seconds in which a controller comes half way to the velocity and the facing that the player wishes. */
const HALF_LIFE = 0.27;
const DAMPING = (2 * Math.LN2) / HALF_LIFE;
/** The player wishes what the clip does on the whole over this time. */
const WISH_SECONDS = 1;

/**
 * Replaces the path ahead by the one a spring controller predicts: from the present velocity and turn, smoothly to
 * the clip's mean velocity over the coming second and its facing at the end of it.
 *
 * @see D. Holden, "Spring-It-On: The Game Developer's Spring-Roll-Call" (2021), section on controllers.
 */
export function predictPath(track: MotionTrack): BendPath {
  const wish: PathPoint = { x: 0, z: 0, facingX: 0, facingZ: 1 };
  const before: PathPoint = { x: 0, z: 0, facingX: 0, facingZ: 1 };
  return (frame, seconds, point) => {
    pathPoint(track, frame, WISH_SECONDS, wish);
    pathPoint(track, frame, -1 / track.rateHz, before);
    const x = travelled(-before.x * track.rateHz, wish.x / WISH_SECONDS, seconds);
    const z = travelled(-before.z * track.rateHz, wish.z / WISH_SECONDS, seconds);
    const turning = -Math.atan2(before.facingX, before.facingZ) * track.rateHz;
    const angle = turned(turning, Math.atan2(wish.facingX, wish.facingZ), seconds);
    point.x = x;
    point.z = z;
    point.facingX = Math.sin(angle);
    point.facingZ = Math.cos(angle);
  };
}

/** How far one comes whose velocity goes from `now` to `wished` on a critically damped spring. */
function travelled(now: number, wished: number, seconds: number): number {
  const gap = now - wished;
  const fall = Math.exp(-DAMPING * seconds);
  const change = gap * DAMPING;
  return (
    wished * seconds +
    (change / DAMPING + gap) / DAMPING -
    fall * (change / (DAMPING * DAMPING) + (gap + change * seconds) / DAMPING)
  );
}

/** The angle reached at `seconds` by one that turns by `rate` now and wishes to face `wished`. */
function turned(rate: number, wished: number, seconds: number): number {
  const change = rate - wished * DAMPING;
  return wished + Math.exp(-DAMPING * seconds) * (-wished + change * seconds);
}
