import { HORIZONS, type Scored } from '../evaluate/measure.js';
import type { MotionTrack } from '../features/motion-track.js';

/**
 * By how many degrees what follows each answer faces elsewhere than what followed the query, each seen from its
 * own present facing: the mean over 1/3, 2/3 and 1 s. [queries]
 */
export function turnGaps(queries: Scored, database: Scored, answers: Int32Array): Float64Array {
  return Float64Array.from(answers, (answer, i) => {
    const x = queries.tracks[queries.samples.clip[i]];
    const y = database.tracks[database.samples.clip[answer]];
    let sum = 0;
    for (const seconds of HORIZONS) {
      const step = Math.round(seconds * x.rateHz);
      const gap = turned(x, queries.samples.frame[i], step) - turned(y, database.samples.frame[answer], step);
      sum += Math.abs(Math.atan2(Math.sin(gap), Math.cos(gap)));
    }
    return ((180 / Math.PI) * sum) / HORIZONS.length;
  });
}

/** Angle by which the root turns in `step` frames, radians. */
function turned({ facingX, facingZ }: MotionTrack, frame: number, step: number): number {
  const [u, v, p, q] = [facingX[frame], facingZ[frame], facingX[frame + step], facingZ[frame + step]];
  return Math.atan2(p * v - q * u, p * u + q * v);
}
