import { writeTarget } from '../encoder/targets.js';
import type { MotionTrack } from '../features/motion-track.js';
import { apartInOrder } from './apart.js';
import type { Moments } from './moments.js';

/** A moment that an encoder takes for like another. */
export interface NearMoment {
  readonly clip: string;
  readonly seconds: number;
  /** Between latents. */
  readonly distance: number;
  /** How differently it goes on: root mean square over joints and the coming second, centimetres. */
  readonly futureCm: number;
}

/**
 * The moments whose latents lie nearest to those of `frame`, nearest first, each at least half a second from any nearer
 * one and from the frame itself.
 *
 * @param latent What a game asks with at the frame: [dim].
 */
export function nearestMoments(
  moments: Moments,
  track: MotionTrack,
  frame: number,
  latent: ArrayLike<number>,
  count: number,
): NearMoment[] {
  const { tracks, trackOf, frameOf, answers } = moments;
  const dim = latent.length;
  const distances = Float64Array.from(trackOf, (_, i) => {
    let sum = 0;
    for (let k = 0; k < dim; k++) sum += (answers[i * dim + k] - latent[k]) ** 2;
    return Math.sqrt(sum);
  });
  const order = Int32Array.from(trackOf, (_, i) => i).sort((a, b) => distances[a] - distances[b] || a - b);
  return apartInOrder(moments, order, count, [{ track, frame }]).map((i) => {
    const other = tracks[trackOf[i]];
    return {
      clip: other.name,
      seconds: frameOf[i] / other.rateHz,
      distance: distances[i],
      futureCm: futureDifferenceCm(track, frame, other, frameOf[i]),
    };
  });
}

function futureDifferenceCm(a: MotionTrack, frameA: number, b: MotionTrack, frameB: number): number {
  const pose = 3 * a.roles.length;
  const [rowA, rowB] = [new Float64Array(8 * pose), new Float64Array(8 * pose)];
  writeTarget(a, frameA, rowA);
  writeTarget(b, frameB, rowB);
  let sum = 0;
  // Pose and velocity come first; the future is what they are followed by.
  for (let k = 2 * pose; k < rowA.length; k++) sum += (rowA[k] - rowB[k]) ** 2;
  return 100 * Math.sqrt(sum / ((rowA.length - 2 * pose) / 3));
}
