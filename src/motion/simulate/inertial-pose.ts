import { type LocalPose, makeLocalPose } from '../../clip/index.js';
import { divideRows, multiplyRows, rotationVectorOfRow, rowOfRotationVector } from '../../math/quat-rows.js';
import { springStep, stepSprings } from '../../math/springs.js';

/** A pose and how fast each joint turns (radians per second, about its own axes) and moves (metres per second). */
export interface MovingPose extends LocalPose {
  /** [joints, 3] */
  readonly spins: Float64Array;
  /** [joints, 3] */
  readonly speeds: Float64Array;
}

export const makeMovingPose = (jointCount: number): MovingPose => ({
  ...makeLocalPose(jointCount),
  spins: new Float64Array(3 * jointCount),
  speeds: new Float64Array(3 * jointCount),
});

/**
 * Blends jumps away: what a joint is off when playing goes on elsewhere dies down by a critically damped spring, in
 * place and in speed, while the new motion plays in full.
 *
 * @see D. Bollo, "Inertialization: High-Performance Animation Transitions in Gears of War" (GDC 2018).
 * @see D. Holden et al., "Learned Motion Matching" (2020), code, for springs in place of polynomials.
 */
export interface InertialPose {
  /** Playing jumps from one moving pose to another. */
  jump(from: MovingPose, to: MovingPose): void;
  /** Moves the offsets on by a tick. */
  tick(): void;
  /** Adds the offsets to a pose, in place. */
  apply(pose: LocalPose): void;
}

/** @param halflife Seconds. @param dt Seconds of a tick. */
export function makeInertialPose(jointCount: number, halflife: number, dt: number): InertialPose {
  const step = springStep(halflife, dt);
  const turns = new Float64Array(3 * jointCount);
  const spins = new Float64Array(3 * jointCount);
  const moves = new Float64Array(3 * jointCount);
  const speeds = new Float64Array(3 * jointCount);
  const q = new Float64Array(4);
  return {
    jump(from, to) {
      for (let j = 0; j < jointCount; j++) {
        // Off by now: the old motion and what was off on top of it, seen from the new motion.
        rowOfRotationVector(turns, 3 * j, q, 0);
        multiplyRows(from.rotations, 4 * j, q, 0, q, 0);
        divideRows(to.rotations, 4 * j, q, 0, q, 0);
        rotationVectorOfRow(q, 0, turns, 3 * j);
      }
      for (let k = 0; k < 3 * jointCount; k++) {
        spins[k] += from.spins[k] - to.spins[k];
        moves[k] += from.translations[k] - to.translations[k];
        speeds[k] += from.speeds[k] - to.speeds[k];
      }
    },
    tick() {
      stepSprings(step, turns, spins);
      stepSprings(step, moves, speeds);
    },
    apply({ rotations, translations }) {
      for (let j = 0; j < jointCount; j++) {
        rowOfRotationVector(turns, 3 * j, q, 0);
        multiplyRows(rotations, 4 * j, q, 0, rotations, 4 * j);
      }
      for (let k = 0; k < 3 * jointCount; k++) translations[k] += moves[k];
    },
  };
}

/** Writes the speeds at which joints go from `before` to `after`, `seconds` apart, into `pose`. */
export function measureSpeeds(before: LocalPose, after: LocalPose, seconds: number, pose: MovingPose): void {
  const count = pose.spins.length / 3;
  const q = new Float64Array(4);
  for (let j = 0; j < count; j++) {
    divideRows(before.rotations, 4 * j, after.rotations, 4 * j, q, 0);
    rotationVectorOfRow(q, 0, pose.spins, 3 * j);
  }
  for (let k = 0; k < 3 * count; k++) {
    pose.spins[k] /= seconds;
    pose.speeds[k] = (after.translations[k] - before.translations[k]) / seconds;
  }
}
