import type { HardChoice, Pair } from './hard-choice.js';
import { type NearestRows, nearestMany } from './nearest-many.js';
import type { Questions } from './questions.js';

/** Says what it costs to answer a question with a sample; weights are fitted so that the cheapest is found. */
export interface Judge {
  /** One cost a pair; `choices` tells how each does in truth. */
  costs(pairs: readonly Pair[], choices: readonly HardChoice[]): Float64Array;
  /** At most so many cheap answers for each question, best first, −1 where there are no more. */
  nearest?(count: number): Int32Array[];
}

/** Centimetres of FPE that a centimetre of jump, and a degree of turn, are worth. */
export interface ErrorWeights {
  readonly jump: number;
  readonly turn: number;
}

/** Judges by what truly follows, in centimetres. */
export const judgeByTruth = (weights: ErrorWeights): Judge => ({
  costs: (_, choices) =>
    Float64Array.from(choices, ({ fpe, jump, turn }) => fpe + weights.jump * jump + weights.turn * turn),
});

/** What an encoder makes of every frame of each clip, [frames, dim], as a database and as queries. */
export interface ClipLatents {
  readonly dim: number;
  readonly database: readonly Float32Array[];
  readonly queries: readonly Float32Array[];
}

/** Judges as an encoder does: by the distance of the question's latent, its path unbent, from the sample's. */
export function judgeByLatents({ dim, database, queries }: ClipLatents, questions: Questions): Judge {
  const { scored, samples, open } = questions;
  const { clip, frame } = scored.samples;
  const gather = (latents: readonly Float32Array[], chosen: Int32Array): Float32Array => {
    const out = new Float32Array(chosen.length * dim);
    chosen.forEach((i, at) => {
      out.set(latents[clip[i]].subarray(frame[i] * dim, (frame[i] + 1) * dim), at * dim);
    });
    return out;
  };
  const known = gather(database, Int32Array.from(clip.keys()));
  const asked = gather(queries, samples);
  return {
    costs: (pairs) =>
      Float64Array.from(pairs, ([q, sample]) => {
        let square = 0;
        for (let k = 0; k < dim; k++) square += (known[sample * dim + k] - asked[q * dim + k]) ** 2;
        return Math.sqrt(square);
      }),
    nearest: (count) =>
      Array.from(samples, (_, q) => {
        const out: NearestRows = { rows: new Int32Array(count), costs: new Float64Array(count) };
        nearestMany(known, dim, asked.subarray(q * dim, (q + 1) * dim), open(q), Infinity, out);
        return out.rows;
      }),
  };
}
