import { type MotionTrack, makeMotionTrack } from '../../src/motion/features/motion-track.js';

export const LEG_ROLES = [
  'pelvis',
  'spine1',
  'thighL',
  'calfL',
  'footL',
  'thighR',
  'calfR',
  'footR',
] as const;

/** Where the joints of a stiff body stand: left, up, ahead, in metres. */
const STANDING: Readonly<Record<(typeof LEG_ROLES)[number], readonly [number, number, number]>> = {
  pelvis: [0, 1, 0],
  spine1: [0, 1.12, 0],
  thighL: [0.09, 1, 0],
  calfL: [0.09, 0.5, 0],
  footL: [0.09, 0, 0],
  thighR: [-0.09, 1, 0],
  calfR: [-0.09, 0.5, 0],
  footR: [-0.09, 0, 0],
};

export interface MadeWalk {
  readonly name?: string;
  readonly frames?: number;
  readonly rateHz?: number;
  /** Metres per second. */
  readonly speed?: number;
  /** Angle of the facing from +Z towards +X, radians, and its change per second. */
  readonly heading?: number;
  readonly turn?: number;
  /** Steps per second; the feet swing and lift while this is above 0. */
  readonly cadence?: number;
}

/** A body that glides (or, with a cadence, steps) along a circle or a straight line. */
export function madeWalk(walk: MadeWalk = {}): MotionTrack {
  const { name = 'walk', frames = 61, rateHz = 30, speed = 1.5, heading = 0, turn = 0, cadence = 0 } = walk;
  const positions = new Float64Array(frames * LEG_ROLES.length * 3);
  let [x, z] = [0, 0];
  let at = 0;
  for (let f = 0; f < frames; f++) {
    const seconds = f / rateHz;
    const angle = heading + turn * seconds;
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    for (const role of LEG_ROLES) {
      const [left, up, ahead] = STANDING[role];
      const phase = Math.PI * cadence * seconds + (role.endsWith('L') ? 0 : Math.PI);
      const swings = cadence > 0 && role.startsWith('foot');
      const forward = ahead + (swings ? 0.3 * Math.sin(phase) : 0);
      positions[at++] = x + left * cos + forward * sin;
      positions[at++] = up + (swings ? 0.1 * Math.max(0, Math.cos(phase)) : 0);
      positions[at++] = z - left * sin + forward * cos;
    }
    x += (speed / rateHz) * sin;
    z += (speed / rateHz) * cos;
  }
  return makeMotionTrack(name, LEG_ROLES, positions, rateHz);
}
