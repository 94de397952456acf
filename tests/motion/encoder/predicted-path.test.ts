import { describe, expect, it } from 'vitest';
import { predictPath } from '../../../src/motion/encoder/predicted-path.js';
import { type PathPoint, pathPoint } from '../../../src/motion/encoder/seen-from-root.js';
import type { MotionTrack } from '../../../src/motion/features/motion-track.js';
import { madeWalk } from '../made-tracks.js';

const FRAME = 70;

function told(track: MotionTrack, seconds: number): { predicted: PathPoint; real: PathPoint } {
  const predicted: PathPoint = { x: 9, z: 9, facingX: 9, facingZ: 9 };
  predictPath(track)(FRAME, seconds, predicted);
  return { predicted, real: pathPoint(track, FRAME, seconds, { x: 0, z: 0, facingX: 0, facingZ: 0 }) };
}

describe('predictPath', () => {
  it('is the path itself where motion is steady and straight', () => {
    const walk = madeWalk({ speed: 1.4, heading: 2, turn: 0, frames: 181 });
    for (const seconds of [0.1, 1 / 3, 1]) {
      const { predicted, real } = told(walk, seconds);
      for (const key of ['x', 'z', 'facingX', 'facingZ'] as const)
        expect(predicted[key]).toBeCloseTo(real[key], 6);
    }
  });

  it('sets out as the body moves now, and keeps facings of unit length', () => {
    const walk = madeWalk({ speed: 1.4, turn: 0.8, frames: 181 });
    const { predicted, real } = told(walk, 0.02);
    expect(Math.hypot(predicted.x - real.x, predicted.z - real.z)).toBeLessThan(0.004);
    for (const seconds of [0, 0.02, 0.5, 1])
      expect(
        Math.hypot(told(walk, seconds).predicted.facingX, told(walk, seconds).predicted.facingZ),
      ).toBeCloseTo(1, 9);
  });

  it('comes towards the wish, later than the body does', () => {
    const walk = madeWalk({ speed: 1.4, turn: 0.8, frames: 181 });
    const { predicted, real } = told(walk, 1);
    expect(Math.hypot(predicted.x - real.x, predicted.z - real.z)).toBeLessThan(0.35);
    expect(Math.hypot(predicted.x - real.x, predicted.z - real.z)).toBeGreaterThan(0.005);
  });

  it('stands where it is at the start of a clip of one frame', () => {
    const still = madeWalk({ frames: 1 });
    const point: PathPoint = { x: 1, z: 1, facingX: 0, facingZ: 1 };
    predictPath(still)(0, 1, point);
    expect(Math.hypot(point.x, point.z)).toBeCloseTo(0, 9);
  });
});
