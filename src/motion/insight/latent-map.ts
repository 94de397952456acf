import { principalPlane } from '../../math/principal-plane.js';
import { GAITS, type Gait } from '../analyse/frame-motion.js';
import { GAIT_TAGS, gaitTags } from '../features/gait-tags.js';
import type { Moments } from './moments.js';

/** A moment on the map. */
export interface MappedMoment {
  readonly x: number;
  readonly y: number;
  readonly clip: string;
  readonly seconds: number;
  readonly gait: Gait;
}

export interface LatentMap {
  /** Share of the latents' variance that the plane shows. */
  readonly shownShare: number;
  readonly points: readonly MappedMoment[];
}

/** Lays moments out on the plane in which their latents vary most, every few where there are more than `most`. */
export function latentMap(moments: Moments, most = 3000): LatentMap {
  const { tracks, trackOf, frameOf, queries, mean } = moments;
  const dim = mean.length;
  const count = trackOf.length;
  const stride = Math.max(1, Math.ceil(count / most));
  const { shownShare, points } = principalPlane(queries, dim);
  const tags = tracks.map(gaitTags);
  const gaitOf = (bits: number): Gait =>
    GAITS.find((gait) => (bits >> GAIT_TAGS.indexOf(gait)) & 1) ?? 'idle';
  const shown = Array.from({ length: Math.ceil(count / stride) }, (_, n) => n * stride);
  return {
    shownShare,
    points: shown.map((i) => {
      const track = tracks[trackOf[i]];
      return {
        x: points[2 * i],
        y: points[2 * i + 1],
        clip: track.name,
        seconds: frameOf[i] / track.rateHz,
        gait: gaitOf(tags[trackOf[i]][frameOf[i]]),
      };
    }),
  };
}
