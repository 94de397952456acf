import type { MotionTrack } from '../features/motion-track.js';
import type { Moments } from './moments.js';

/** A frame of a track. */
export interface TrackFrame {
  readonly track: MotionTrack;
  readonly frame: number;
}

/** Moments of one clip that lie nearer together are one find. */
const APART_SECONDS = 0.5;

/**
 * The first `count` moments of an order, each at least half a second from those before it and from `taken`; as indices
 * into the moments.
 */
export function apartInOrder(
  { tracks, trackOf, frameOf }: Moments,
  order: Iterable<number>,
  count: number,
  taken: readonly TrackFrame[] = [],
): number[] {
  const known = [...taken];
  const found: number[] = [];
  for (const i of order) {
    if (found.length === count) break;
    const track = tracks[trackOf[i]];
    const frame = frameOf[i];
    const isNear = known.some(
      (other) =>
        other.track.name === track.name && Math.abs(other.frame - frame) < APART_SECONDS * track.rateHz,
    );
    if (isNear) continue;
    known.push({ track, frame });
    found.push(i);
  }
  return found;
}
