import { GaitwayError } from '../../errors.js';
import type { FeatureRows } from '../features/extract.js';
import type { MotionTrack } from '../features/motion-track.js';

/** Frames of several clips, in order: sample i is frame `frame[i]` of clip `clip[i]`. */
export interface Samples {
  readonly clip: Int32Array;
  readonly frame: Int32Array;
}

/** Seconds that a scored sample needs before and after itself inside its clip. */
const PAST = 0.4;
const FUTURE = 1;

/** Every frame of the tracks with 0.4 s before it and 1 s after it. */
export function scoredSamples(tracks: readonly MotionTrack[]): Samples {
  const clip: number[] = [];
  const frame: number[] = [];
  tracks.forEach(({ frameCount, rateHz }, c) => {
    const future = Math.ceil(FUTURE * rateHz - 1e-9);
    for (let f = Math.ceil(PAST * rateHz - 1e-9); f + future < frameCount; f++) {
      clip.push(c);
      frame.push(f);
    }
  });
  return { clip: Int32Array.from(clip), frame: Int32Array.from(frame) };
}

/** Rows [samples, dimension] of the samples, and which of them may be used. */
export interface SampleRows {
  readonly dimension: number;
  readonly rows: Float32Array;
  readonly usable: Uint8Array;
}

/**
 * Gathers the samples' rows from rows of whole clips.
 *
 * @throws GaitwayError `evaluate/bad-rows` where a clip's rows do not fit it or its neighbours.
 */
export function gatherRows(
  tracks: readonly MotionTrack[],
  samples: Samples,
  clips: readonly FeatureRows[],
): SampleRows {
  const dimension = clips[0]?.dimension ?? 0;
  tracks.forEach(({ name, frameCount }, c) => {
    const own = clips[c];
    if (own && own.frameCount === frameCount && own.dimension === dimension) return;
    throw new GaitwayError(
      'evaluate/bad-rows',
      `${name} has ${frameCount} frames, but its rows have the shape [${own?.frameCount ?? 0}, ${own?.dimension ?? 0}] where [${frameCount}, ${dimension}] is wanted; encode the clips again at the rate that is evaluated.`,
      { clip: name },
    );
  });
  const count = samples.clip.length;
  const rows = new Float32Array(count * dimension);
  const usable = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const own = clips[samples.clip[i]];
    const at = samples.frame[i] * dimension;
    rows.set(own.rows.subarray(at, at + dimension), i * dimension);
    usable[i] = own.valid[samples.frame[i]];
  }
  return { dimension, rows, usable };
}
