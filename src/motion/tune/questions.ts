import { GaitwayError } from '../../errors.js';
import { seededRandom } from '../../math/random.js';
import type { Scored } from '../evaluate/measure.js';
import { type Samples, scoredSamples } from '../evaluate/samples.js';
import { normaliseDatabase, rawSchemaRows } from '../evaluate/schema-rows.js';
import { layoutOf } from '../features/layout.js';
import type { MotionTrack } from '../features/motion-track.js';
import { type Normalisation, normaliseRows } from '../features/normalise.js';
import type { FeatureSchema } from '../features/schema.js';
import { type RowRange, runsOf } from '../search/ranges.js';
import { bentRows } from './bent-queries.js';

/** Samples of clips, their rows under a schema, and those among them that ask the others. */
export interface Questions {
  readonly scored: Scored;
  readonly dimension: number;
  /** [samples, dimension], normalised under the schema's own weights. */
  readonly rows: Float32Array;
  /** Sample of each question. */
  readonly samples: Int32Array;
  /** [questions, dimension]: as `rows`, or with a bent path. */
  readonly asked: Float32Array;
  /** Samples that question q may be answered with: those of the other clips. */
  readonly open: (q: number) => readonly RowRange[];
}

/** More samples than these tell nothing new. */
const MOST_SAMPLES = 60_000;

/**
 * Every scored sample of the clips (evenly thinned above 60,000), and evenly spaced questions among the usable
 * ones.
 *
 * @throws GaitwayError `evaluate/no-samples` where no clip is long enough, `tune/one-clip` where only one is,
 *   and those of `extractFeatures` and `fitNormalisation`.
 */
export function makeQuestions(
  tracks: readonly MotionTrack[],
  schema: FeatureSchema,
  { count, noiseShare, seed }: { readonly count: number; readonly noiseShare: number; readonly seed: number },
): Questions {
  const samples = thinned(scoredSamples(tracks), MOST_SAMPLES);
  refuseNone(tracks, samples);
  const scored = { tracks, samples };
  const { rows, usable, dimension } = rawSchemaRows(schema, scored);
  const normalisation = normaliseDatabase(schema, { rows, usable, dimension });
  const fit = Int32Array.from(usable.keys()).filter((i) => usable[i] === 1);
  refuseOneClip(tracks, samples, fit);
  const chosen = Int32Array.from({ length: Math.min(count, fit.length) }, (_, q) => {
    return fit[Math.floor((q * fit.length) / Math.min(count, fit.length))];
  });
  const runs = runsOf(usable);
  const clips = clipRanges(samples);
  return {
    scored,
    dimension,
    rows,
    samples: chosen,
    asked:
      noiseShare > 0
        ? bentRowsOf(scored, chosen, schema, normalisation, noiseShare, seed)
        : gather(rows, dimension, chosen),
    open: (q) => without(runs, clips[samples.clip[chosen[q]]]),
  };
}

function refuseNone(tracks: readonly MotionTrack[], { clip }: Samples): void {
  if (clip.length > 0) return;
  throw new GaitwayError(
    'evaluate/no-samples',
    `None of the ${tracks.length} clips is long enough to ask with: a frame needs 0.4 s before it and 1 s after it.`,
    { clips: tracks.length },
  );
}

function refuseOneClip(tracks: readonly MotionTrack[], { clip }: Samples, fit: Int32Array): void {
  const first = clip[fit[0]];
  if (first !== clip[fit[fit.length - 1]]) return;
  throw new GaitwayError(
    'tune/one-clip',
    `Only ${tracks[first].name} is long enough to ask with, and a clip is answered from the others; give more clips.`,
    { clip: tracks[first].name },
  );
}

function thinned({ clip, frame }: Samples, most: number): Samples {
  const step = Math.ceil(clip.length / most);
  const every = (values: Int32Array): Int32Array => values.filter((_, i) => i % step === 0);
  return { clip: every(clip), frame: every(frame) };
}

/** Samples of each clip, which lie side by side. */
function clipRanges({ clip }: Samples): RowRange[] {
  const ranges: RowRange[] = [];
  for (let i = 0; i < clip.length; i++) {
    const { from } = ranges[clip[i]] ?? { from: i };
    ranges[clip[i]] = { from, to: i + 1 };
  }
  return ranges;
}

/** The ranges less one, which cuts at most some of them short: it begins and ends where a clip does. */
function without(ranges: readonly RowRange[], { from, to }: RowRange): RowRange[] {
  return ranges
    .flatMap((range) => [
      { from: range.from, to: Math.min(range.to, from) },
      { from: Math.max(range.from, to), to: range.to },
    ])
    .filter((range) => range.from < range.to);
}

function gather(rows: Float32Array, dimension: number, samples: Int32Array): Float32Array {
  const out = new Float32Array(samples.length * dimension);
  samples.forEach((i, q) => {
    out.set(rows.subarray(i * dimension, (i + 1) * dimension), q * dimension);
  });
  return out;
}

function bentRowsOf(
  { tracks, samples }: Scored,
  chosen: Int32Array,
  schema: FeatureSchema,
  normalisation: Normalisation,
  share: number,
  seed: number,
): Float32Array {
  const layout = layoutOf(schema);
  const random = seededRandom(seed);
  const out = new Float32Array(chosen.length * layout.dimension);
  for (let q = 0; q < chosen.length; ) {
    const clip = samples.clip[chosen[q]];
    let end = q;
    while (end < chosen.length && samples.clip[chosen[end]] === clip) end++;
    const frames = chosen.subarray(q, end).map((i) => samples.frame[i]);
    out.set(bentRows(tracks[clip], frames, layout, share, random).rows, q * layout.dimension);
    q = end;
  }
  normaliseRows(normalisation, out);
  return out;
}
