import { apartInOrder } from './apart.js';
import { along, type Direction } from './direction.js';
import type { Moments } from './moments.js';

/** A moment that lies far along a direction. */
export interface StrongMoment {
  readonly clip: string;
  readonly seconds: number;
  /** Standard deviations from the mean of all moments. */
  readonly along: number;
}

/** The real moments farthest along a direction, farthest first, each at least half a second from any before it. */
export function strongestMoments(moments: Moments, direction: Direction, count: number): StrongMoment[] {
  const { tracks, trackOf, frameOf, queries, mean } = moments;
  const far = Float64Array.from(trackOf, (_, i) => along(direction, moments, queries, i * mean.length));
  const order = Int32Array.from(trackOf, (_, i) => i).sort((a, b) => far[b] - far[a] || a - b);
  return apartInOrder(moments, order, count).map((i) => ({
    clip: tracks[trackOf[i]].name,
    seconds: frameOf[i] / tracks[trackOf[i]].rateHz,
    along: far[i],
  }));
}
