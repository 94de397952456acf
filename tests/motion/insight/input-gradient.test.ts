import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/math/random.js';
import { inputBlocks, inputsInTime, writeInput } from '../../../src/motion/encoder/inputs.js';
import { sizeOfBlocks } from '../../../src/motion/encoder/rows.js';
import type { MotionTrack } from '../../../src/motion/features/motion-track.js';
import { addInputGradient, makeTrackGradient } from '../../../src/motion/insight/input-gradient.js';
import { madeWalk } from '../made-tracks.js';

/** Off the grid of frames, so that what lies between them is tried too. */
const OFF_GRID = 0.007;
const FRAME = 30;
const STEP = 1e-6;

describe('the way back of an encoder’s inputs', () => {
  const track = madeWalk({ name: 'walk', frames: 90, speed: 1.4, turn: 0.7, heading: 1 });
  const base = inputsInTime(track.roles, track.rateHz);
  const plan = {
    ...base,
    pathAhead: base.pathAhead.map((time) => time - OFF_GRID),
    poseBehind: base.poseBehind.map((time) => time + OFF_GRID),
  };
  const size = sizeOfBlocks(inputBlocks(plan));
  const random = seededRandom(3);
  const weights = Float64Array.from({ length: size }, () => random.normal());
  const valueWith = (changed: MotionTrack): number => {
    const row = new Float64Array(size);
    writeInput(changed, FRAME, plan, row);
    return row.reduce((sum, value, k) => sum + value * weights[k], 0);
  };
  const gradient = makeTrackGradient(track);
  addInputGradient(track, FRAME, plan, weights, gradient);

  const slope = (change: (amount: number) => MotionTrack): number =>
    (valueWith(change(STEP)) - valueWith(change(-STEP))) / (2 * STEP);
  const nudged = (values: Float64Array, at: number, amount: number): Float64Array => {
    const out = values.slice();
    out[at] += amount;
    return out;
  };
  const frames = [22, 27, 29, 30, 31, 39, 40, 55];

  it('is the derivative by the places of joints', () => {
    const width = 3 * track.roles.length;
    for (const f of frames) {
      for (let k = 0; k < width; k += 7) {
        const at = f * width + k;
        const expected = slope((amount) => ({ ...track, positions: nudged(track.positions, at, amount) }));
        expect(gradient.positions[at], `frame ${f}, number ${k}`).toBeCloseTo(expected, 5);
      }
    }
    expect(Math.max(...gradient.positions.map(Math.abs))).toBeGreaterThan(1);
  });

  it('is the derivative by the place and facing of the root', () => {
    for (const f of frames) {
      const byX = slope((amount) => ({ ...track, rootX: nudged(track.rootX, f, amount) }));
      const byZ = slope((amount) => ({ ...track, rootZ: nudged(track.rootZ, f, amount) }));
      const byYaw = slope((amount) => {
        const [facingX, facingZ] = [track.facingX.slice(), track.facingZ.slice()];
        const [sin, cos] = [Math.sin(amount), Math.cos(amount)];
        facingX[f] = cos * track.facingX[f] + sin * track.facingZ[f];
        facingZ[f] = cos * track.facingZ[f] - sin * track.facingX[f];
        return { ...track, facingX, facingZ };
      });
      expect(gradient.rootX[f], `x of ${f}`).toBeCloseTo(byX, 5);
      expect(gradient.rootZ[f], `z of ${f}`).toBeCloseTo(byZ, 5);
      // Between frames facings are blended straight and made whole again, which is a turn but for the third order.
      expect(gradient.rootYaw[f], `yaw of ${f}`).toBeCloseTo(byYaw, 2);
    }
  });

  it('sees nothing beyond what the encoder sees', () => {
    const width = 3 * track.roles.length;
    const beyond = [
      ...gradient.positions.subarray(32 * width),
      ...gradient.positions.subarray(0, 18 * width),
    ];
    expect(beyond.every((value) => value === 0)).toBe(true);
    expect(gradient.rootX.subarray(62).every((value) => value === 0)).toBe(true);
  });
});
