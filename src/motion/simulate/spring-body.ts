import { moveToVelocity, springRate, springStep, wrapAngle } from '../../math/springs.js';
import type { GroundPose } from './root-path.js';
import type { Wish } from './stick-script.js';

/** A point on the ground with its velocity, as predicted. */
export interface PathState extends GroundPose {
  velocityX: number;
  velocityZ: number;
}

/**
 * What the game moves: a point that follows the wished velocity, and a heading that follows the wished one, by
 * critically damped springs. The figure has to come along.
 *
 * @see D. Holden, "Code vs Data Driven Displacement" (2021), and the code published with "Learned Motion
 *   Matching" (2020).
 */
export interface SpringBody {
  /** Where it is now. */
  readonly state: Readonly<PathState>;
  /** Moves it on by one tick. */
  step(wish: Wish): void;
  /** Writes where it will be in `seconds` if the wish stays to `out`. */
  predict(wish: Wish, seconds: number, out: PathState): void;
}

/** @param halflife Seconds, of both springs. @param dt Seconds of a tick. */
export function makeSpringBody(halflife: number, dt: number): SpringBody {
  const rate = springRate(halflife);
  const tick = springStep(halflife, dt);
  // Place, velocity, acceleration of x and of z.
  const ways = new Float64Array(6);
  const ahead = new Float64Array(6);
  const state: PathState = { x: 0, z: 0, yaw: 0, velocityX: 0, velocityZ: 0 };
  let yawRate = 0;
  return {
    state,
    step(wish) {
      moveToVelocity(ways, 0, wish.velocityX, rate, dt);
      moveToVelocity(ways, 3, wish.velocityZ, rate, dt);
      const gap = wrapAngle(state.yaw - wish.yaw);
      state.yaw = wrapAngle(wish.yaw + tick.xx * gap + tick.xv * yawRate);
      yawRate = tick.vx * gap + tick.vv * yawRate;
      read(ways, state);
    },
    predict(wish, seconds, out) {
      ahead.set(ways);
      moveToVelocity(ahead, 0, wish.velocityX, rate, seconds);
      moveToVelocity(ahead, 3, wish.velocityZ, rate, seconds);
      read(ahead, out);
      const e = Math.exp(-rate * seconds);
      const gap = wrapAngle(state.yaw - wish.yaw);
      out.yaw = wrapAngle(wish.yaw + e * (gap + (yawRate + rate * gap) * seconds));
    },
  };
}

function read(ways: Float64Array, out: PathState): void {
  out.x = ways[0];
  out.z = ways[3];
  out.velocityX = ways[1];
  out.velocityZ = ways[4];
}
