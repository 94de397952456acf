import { HORIZONS, measure } from '../evaluate/measure.js';
import type { Questions } from './questions.js';
import { turnGaps } from './turn-gap.js';

/** A question, and a sample that it may be answered with. */
export type Pair = readonly [question: number, sample: number];

/** How an answer does, or the mean over the questions. */
export interface HardChoice {
  /** cm */
  readonly fpe: number;
  /** Jump of the pose at the match, cm. */
  readonly jump: number;
  /** How far what follows faces elsewhere, degrees. */
  readonly turn: number;
}

/** How each question does when it is answered with the sample. */
export function measurePairs({ scored, samples }: Questions, pairs: readonly Pair[]): HardChoice[] {
  const { clip, frame } = scored.samples;
  const own = Int32Array.from(pairs, ([q]) => samples[q]);
  const asked = {
    tracks: scored.tracks,
    samples: { clip: own.map((i) => clip[i]), frame: own.map((i) => frame[i]) },
  };
  const answers = Int32Array.from(pairs, ([, sample]) => sample);
  const { fpe, jp } = measure(asked, scored, answers);
  const turns = turnGaps(asked, scored, answers);
  const H = HORIZONS.length;
  return pairs.map((_, i) => ({
    fpe: fpe.subarray(i * H, i * H + H).reduce((a, b) => a + b, 0) / H,
    jump: jp[i],
    turn: turns[i],
  }));
}
