import { legLength } from '../features/leg-length.js';
import type { MotionTrack } from '../features/motion-track.js';

/** The body that a tagger sees all bodies as, metres: its leg, and the height of its lower foot joints when they stand. */
export interface StandardBody {
  readonly leg: number;
  readonly floor: number;
}

/** So much of a clip's frames lies below what counts as its floor. */
const FLOOR_SHARE = 0.05;

/** The body of a track. */
export const bodyOf = (track: MotionTrack): StandardBody => ({
  leg: legLength(track),
  floor: floorOf(track),
});

/** The track with another body's size and floor: a child's run and a giant's look alike to what follows. */
export function standardTrack(track: MotionTrack, { leg, floor }: StandardBody): MotionTrack {
  const own = bodyOf(track);
  const scale = own.leg > 0 ? leg / own.leg : 1;
  const rise = floor - own.floor * scale;
  return {
    ...track,
    positions: track.positions.map((value, k) => value * scale + (k % 3 === 1 ? rise : 0)),
    rootX: track.rootX.map((x) => x * scale),
    rootZ: track.rootZ.map((z) => z * scale),
  };
}

/** Height of the lower foot (toe, or ankle where there is none) in the lowest twentieth of the frames. */
function floorOf({ positions, roles, frameCount }: MotionTrack): number {
  const feet = ['L', 'R'].map((side) => {
    const toe = roles.indexOf(`toe${side}`);
    return toe >= 0 ? toe : roles.indexOf(`foot${side}`);
  });
  const heights = Float64Array.from({ length: frameCount }, (_, f) =>
    Math.min(...feet.map((joint) => positions[3 * (f * roles.length + joint) + 1])),
  ).sort();
  return heights[Math.floor(FLOOR_SHARE * (frameCount - 1))];
}
