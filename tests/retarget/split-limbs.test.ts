import { describe, expect, it } from 'vitest';
import { fromAxisAngle, multiply, quatAt, rotate, setQuat } from '../../src/math/quat.js';
import { angleBetweenVectors, setVec3 } from '../../src/math/vec3.js';
import type { Body } from '../../src/retarget/body/body.js';
import type { WorldTrack } from '../../src/retarget/body/world-track.js';
import type { Anatomy } from '../../src/retarget/calibrate/anatomy.js';
import { joinSplitLimbs } from '../../src/retarget/calibrate/split-limbs.js';
import { skeletonOf } from './figure.js';

/** An upper arm along +X that is split in two joints, and the elbow. */
const split = skeletonOf([
  ['upper1', '', 0, 1, 0],
  ['upper2', 'upper1', 0.1, 1, 0],
  ['lower', 'upper2', 0.3, 1, 0],
]);

const body = { roles: { upperArmL: 0, forearmL: 2 } } as unknown as Body;
const anatomy = {
  jointFromAnatomy: Float64Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1),
  known: Uint8Array.of(1, 1, 1),
} as unknown as Anatomy;

/** The first joint twisted by 40° about the arm, the second bent by 50° in it. */
function bentTrack(): WorldTrack {
  const twist = fromAxisAngle([1, 0, 0], 0.7);
  const bent = multiply(twist, fromAxisAngle([0, 0, 1], 0.87));
  const rotations = new Float64Array(12);
  const positions = new Float64Array(9);
  setQuat(rotations, 0, twist);
  setQuat(rotations, 1, bent);
  setQuat(rotations, 2, bent);
  setVec3(positions, 0, [0, 1, 0]);
  setVec3(positions, 1, [0.1, 1, 0]);
  const [x, y, z] = rotate(bent, [0.2, 0, 0]);
  setVec3(positions, 2, [0.1 + x, 1 + y, z]);
  return { jointCount: 3, frameCount: 1, positions, rotations };
}

describe('joinSplitLimbs', () => {
  it('turns the first joint of a split limb towards the limb’s end', () => {
    const track = bentTrack();
    const joined = joinSplitLimbs(track, split, body, anatomy);
    const along = rotate(quatAt(joined.rotations, 0), [1, 0, 0]);
    const { positions: p } = track;
    expect(angleBetweenVectors(along, [p[6] - p[0], p[7] - p[1], p[8] - p[2]])).toBeLessThan(1e-7);
    // The other joints, and the track that was given, stay.
    expect(quatAt(joined.rotations, 1)).toEqual(quatAt(track.rotations, 1));
    expect(track.rotations).toEqual(bentTrack().rotations);
  });

  it('gives back the very track of a body without split limbs', () => {
    const whole = skeletonOf([
      ['upper', '', 0, 1, 0],
      ['lower', 'upper', 0.3, 1, 0],
    ]);
    const track = bentTrack();
    expect(
      joinSplitLimbs(track, whole, { roles: { upperArmL: 0, forearmL: 1 } } as unknown as Body, anatomy),
    ).toBe(track);
  });
});
