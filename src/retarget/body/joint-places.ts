import type { BodyRole } from '../../clip/index.js';
import type { Body } from './body.js';
import type { WorldTrack } from './world-track.js';

/** Where some joints of a body are over a clip: rows of `positions`, [frames, rows, 3], world, metres. */
export interface JointPlaces {
  readonly frameCount: number;
  readonly rowCount: number;
  readonly positions: Float64Array;
  /** Row of each role that is there. */
  readonly rows: Readonly<Partial<Record<BodyRole, number>>>;
}

/** Places of all joints of a track. */
export const placesOfTrack = (
  { frameCount, jointCount, positions }: WorldTrack,
  { roles }: Body,
): JointPlaces => ({ frameCount, rowCount: jointCount, positions, rows: roles });
