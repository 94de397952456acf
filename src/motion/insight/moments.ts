import { GaitwayError } from '../../errors.js';
import { databaseLatents, type Encoder, queryLatents } from '../encoder/encoder.js';
import type { MotionTrack } from '../features/motion-track.js';

/** Moments of clips as an encoder sees them: those with enough of the clip before and after. */
export interface Moments {
  readonly tracks: readonly MotionTrack[];
  /** Of every moment: which track, and which of its frames. */
  readonly trackOf: Int32Array;
  readonly frameOf: Int32Array;
  /** [moments, dim], as a game asks, and as a database answers. */
  readonly queries: Float32Array;
  readonly answers: Float32Array;
  /** Mean and standard deviation of each latent over the queries: [dim]. */
  readonly mean: Float64Array;
  readonly spread: Float64Array;
}

/** A latent that hardly moves has no spread to be measured by. */
const LEAST_SPREAD = 1e-9;

/**
 * Encodes tracks, every frame or every few, so that no more than about `most` moments are kept.
 *
 * @throws GaitwayError `explain/too-short` where no clip is long enough, and what encoding throws.
 */
export function momentsOf(encoder: Encoder, tracks: readonly MotionTrack[], most = 20_000): Moments {
  const { dim } = encoder;
  const stride = Math.max(1, Math.ceil(tracks.reduce((sum, track) => sum + track.frameCount, 0) / most));
  const trackOf: number[] = [];
  const frameOf: number[] = [];
  const queries: number[] = [];
  const answers: number[] = [];
  tracks.forEach((track, t) => {
    const asked = queryLatents(encoder, track);
    const answered = databaseLatents(encoder, track);
    for (let f = 0; f < track.frameCount; f += stride) {
      if (!asked.valid[f]) continue;
      trackOf.push(t);
      frameOf.push(f);
      for (let k = 0; k < dim; k++) {
        queries.push(asked.latents[f * dim + k]);
        answers.push(answered.latents[f * dim + k]);
      }
    }
  });
  if (trackOf.length === 0) {
    throw new GaitwayError(
      'explain/too-short',
      `None of the ${tracks.length} clips has a moment with 0.4 s before and 1 s after it; give longer clips.`,
      { clips: tracks.length },
    );
  }
  const count = trackOf.length;
  const mean = new Float64Array(dim);
  const spread = new Float64Array(dim);
  for (let i = 0; i < count; i++) for (let k = 0; k < dim; k++) mean[k] += queries[i * dim + k] / count;
  for (let i = 0; i < count; i++)
    for (let k = 0; k < dim; k++) spread[k] += (queries[i * dim + k] - mean[k]) ** 2 / count;
  return {
    tracks,
    trackOf: Int32Array.from(trackOf),
    frameOf: Int32Array.from(frameOf),
    queries: Float32Array.from(queries),
    answers: Float32Array.from(answers),
    mean,
    spread: spread.map((variance) => Math.max(Math.sqrt(variance), LEAST_SPREAD)),
  };
}
