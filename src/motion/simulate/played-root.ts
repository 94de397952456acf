import { size2 } from '../../math/size.js';
import { springStep, stepSprings, wrapAngle } from '../../math/springs.js';
import type { RootSpeed } from './adjust-root.js';
import type { GroundPose } from './root-path.js';

/**
 * The character's root: carried by the steps of the clips that play, with jumps of velocity blended away.
 *
 * A jump leaves the root where it is; the old velocity dies down on top of the new motion, and what it carried the root
 * off comes back.
 */
export interface PlayedRoot {
  /** Where it is, blending included. */
  readonly now: Readonly<GroundPose>;
  /** How fast the last tick moved it, corrections not counted. */
  readonly speed: Readonly<RootSpeed>;
  /** Playing jumps from one velocity of a clip to another: left, ahead and turn per second, seen from its root. */
  jump(from: GroundPose, to: GroundPose): void;
  /** Carries it by a clip's step of one tick: left, ahead and turn, seen from the root. */
  tick(step: GroundPose): void;
  /** Lets `correct` move it, in place. */
  correct(correct: (root: GroundPose) => void): void;
}

/** @param halflife Seconds. @param dt Seconds of a tick. */
export function makePlayedRoot(halflife: number, dt: number): PlayedRoot {
  const spring = springStep(halflife, dt);
  const base: GroundPose = { x: 0, z: 0, yaw: 0 };
  const now: GroundPose = { ...base };
  const speed: RootSpeed = { place: 0, yaw: 0 };
  // What the root is off its base: x, z, yaw.
  const offset = new Float64Array(3);
  const drift = new Float64Array(3);
  return {
    now,
    speed,
    jump(from, to) {
      const sin = Math.sin(base.yaw);
      const cos = Math.cos(base.yaw);
      const left = from.x - to.x;
      const ahead = from.z - to.z;
      drift[0] += left * cos + ahead * sin;
      drift[1] += ahead * cos - left * sin;
      drift[2] += from.yaw - to.yaw;
    },
    tick(step) {
      const { x, z, yaw } = now;
      const sin = Math.sin(base.yaw);
      const cos = Math.cos(base.yaw);
      base.x += step.x * cos + step.z * sin;
      base.z += step.z * cos - step.x * sin;
      base.yaw = wrapAngle(base.yaw + step.yaw);
      stepSprings(spring, offset, drift);
      now.x = base.x + offset[0];
      now.z = base.z + offset[1];
      now.yaw = wrapAngle(base.yaw + offset[2]);
      speed.place = size2(now.x - x, now.z - z) / dt;
      speed.yaw = Math.abs(wrapAngle(now.yaw - yaw)) / dt;
    },
    correct(correct) {
      const { x, z, yaw } = now;
      correct(now);
      base.x += now.x - x;
      base.z += now.z - z;
      base.yaw = wrapAngle(base.yaw + now.yaw - yaw);
    },
  };
}
