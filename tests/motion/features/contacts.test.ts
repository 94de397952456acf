import { describe, expect, it } from 'vitest';
import { footContacts } from '../../../src/motion/features/contacts.js';
import { makeMotionTrack } from '../../../src/motion/features/motion-track.js';
import { LEG_ROLES, madeWalk } from '../made-tracks.js';

const FOOT_L = 3 * LEG_ROLES.indexOf('footL');
const STRIDE = 3 * LEG_ROLES.length;

/** A standing body whose left foot is put where `place` says: ahead and up, metres. */
function leftFoot(frames: number, place: (f: number) => readonly [ahead: number, up: number], scale = 1) {
  const { positions } = madeWalk({ frames, speed: 0 });
  for (let f = 0; f < frames; f++) {
    const [ahead, up] = place(f);
    positions[f * STRIDE + FOOT_L + 1] = up;
    positions[f * STRIDE + FOOT_L + 2] = ahead;
  }
  return makeMotionTrack(
    'foot',
    LEG_ROLES,
    positions.map((value) => value * scale),
    30,
  );
}
const left = (contacts: Uint8Array) => [...contacts].filter((_, k) => k % 2 === 0).join('');

describe('footContacts', () => {
  it('takes one frame without a speed', () => {
    expect([...footContacts(madeWalk({ frames: 1 }))]).toEqual([1, 1]);
  });

  it('sees no contact of a foot that glides at walking speed', () => {
    expect(footContacts(madeWalk({ speed: 1.5 })).every((v) => v === 0)).toBe(true);
  });

  it('sees stand, swing, stand, and the other foot stand throughout', () => {
    const swing = (f: number): readonly [number, number] =>
      f < 10 ? [0, 0] : f < 20 ? [(f - 10) * 0.08, 0.15 * Math.sin(((f - 10) / 10) * Math.PI)] : [0.8, 0];
    const contacts = footContacts(leftFoot(30, swing));
    expect(left(contacts)).toMatch(/^1{9,10}0{10,12}1{8,10}$/);
    expect([...contacts].every((v, k) => k % 2 === 0 || v === 1)).toBe(true);
  });

  it('does not flicker between its limits', () => {
    // Height wobbles around the landing limit (0.05 legs) but stays under the lifting one (0.09).
    const wobble = (f: number): readonly [number, number] => [
      0,
      f < 20 ? f * 0.0025 : 0.05 + 0.01 * Math.sin(f),
    ];
    expect(left(footContacts(leftFoot(40, wobble)))).not.toMatch(/10+1/);
  });

  it('drops a contact of one frame', () => {
    const touch = (f: number): readonly [number, number] => [0, f === 20 || f < 8 ? 0 : 0.3];
    expect(left(footContacts(leftFoot(40, touch))).slice(10)).toMatch(/^0+$/);
  });

  it('says the same of a body half the size', () => {
    const swing = (f: number): readonly [number, number] => [0.02 * f, 0.1 * Math.max(0, Math.sin(f / 4))];
    expect(footContacts(leftFoot(60, swing, 0.5))).toEqual(footContacts(leftFoot(60, swing)));
  });
});
