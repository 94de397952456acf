import { GaitwayError } from '../../errors.js';
import type { MotionTrack } from '../features/motion-track.js';
import type { FeatureSchema } from '../features/schema.js';
import { type JudgedChoice, makeCandidatePool } from './candidate-pool.js';
import { type ClipLatents, judgeByLatents, judgeByTruth } from './judge.js';
import { makeQuestions } from './questions.js';
import { type Candidates, softError } from './soft-choice.js';
import { weighted, weightGroups } from './weight-groups.js';

export interface TuneOptions {
  readonly seed?: number;
  /** Frames that ask while fitting, at most; 4,000 by default. */
  readonly questions?: number;
  /** Share of them whose path ahead is bent, as a player's stick bends it; 0 by default. */
  readonly noiseShare?: number;
  /** Centimetres of FPE that a centimetre of jump at the match is worth; 0.5 by default. */
  readonly jumpWeight?: number;
  /** Centimetres of FPE that a degree is worth by which what follows faces elsewhere; 0.5 by default. */
  readonly turnWeight?: number;
  /** Latents of the tracks by which answers are judged instead of by what truly follows, jumps and turns. */
  readonly teacher?: ClipLatents;
  /** Told after each round, the given weights being round 0. */
  readonly progress?: (round: number, rounds: number, choice: JudgedChoice) => void;
}

export interface TunedWeights {
  readonly schema: FeatureSchema;
  /** How much more than before the squared difference of each group of numbers counts. */
  readonly groups: readonly { readonly name: string; readonly factor: number }[];
  readonly questions: number;
  /** Each question answered from the other clips: under the given weights, then by round. */
  readonly rounds: readonly JudgedChoice[];
}

const QUESTIONS = 4000;
/** How soft a choice is in each round: it begins with many neighbours and ends with nearly one. */
const SOFTNESS = [0.5, 0.25, 0.125, 0.06, 0.06] as const;

/**
 * Fits the weights of a schema so that the nearest frame of the other clips goes on as the one that asks does
 * (FPE), and faces as it does, and begins as it does (jump); or, with a teacher, so that it is the one whose latent
 * lies nearest: the ranking of a learned encoder distilled into the weights.
 *
 * Each round takes the nearest answers under the weights so far, beside all that were found before, and lowers
 * the error of a soft choice among them. The weights whose hard choice was best are given, at worst the given
 * ones. Numbers that never differ keep their weight.
 *
 * @throws GaitwayError `tune/no-weights` where the schema has no weight to fit, `evaluate/no-samples` where no
 *   clip is long enough, `tune/one-clip` where there is only one, and those of `extractFeatures` and
 *   `fitNormalisation`.
 */
export function tuneWeights(
  tracks: readonly MotionTrack[],
  schema: FeatureSchema,
  options: TuneOptions = {},
): TunedWeights {
  const { seed = 1, questions: count = QUESTIONS, noiseShare = 0, teacher, progress } = options;
  const { jumpWeight: jump = 0.5, turnWeight: turn = 0.5 } = options;
  const groups = weightGroups(schema);
  if (groups.length === 0) {
    throw new GaitwayError(
      'tune/no-weights',
      `All weights of the schema "${schema.name}" are 0; give a weight to what may count.`,
      { schema: schema.name },
    );
  }
  const questions = makeQuestions(tracks, schema, { count, noiseShare, seed });
  const judge = teacher ? judgeByLatents(teacher, questions) : judgeByTruth({ jump, turn });
  const pool = makeCandidatePool(questions, groups, judge);
  const rounds: JudgedChoice[] = [];
  let factors: Float64Array = new Float64Array(groups.length).fill(1);
  let best = { factors, cost: Infinity };
  for (let round = 0; round <= SOFTNESS.length; round++) {
    const choice = pool.add(factors);
    rounds.push(choice);
    progress?.(round, SOFTNESS.length, choice);
    if (choice.cost < best.cost) best = { factors, cost: choice.cost };
    if (round < SOFTNESS.length) {
      factors = lowered(pool.candidates(factors, SOFTNESS[round]), factors);
    }
  }
  return {
    schema: weighted(schema, groups, best.factors),
    groups: groups.map(({ name }, g) => ({ name, factor: best.factors[g] })),
    questions: questions.samples.length,
    rounds,
  };
}

/** Steps, step size (in logarithms of the factors) and decays of Adam; D. Kingma, J. Ba (2015). */
const STEPS = 150;
const STEP = 0.05;
const DECAY = { mean: 0.9, square: 0.99 };
/** A group counts at least and at most this much more than it was given to, as a logarithm. */
const FAR = Math.log(1e4);

/** Factors with a lower soft error, at the same mean cost: a common factor would harden the choice and change none. */
function lowered(candidates: Candidates, from: Float64Array): Float64Array {
  const n = from.length;
  const share = meanParts(candidates);
  const costOf = (factors: Float64Array): number =>
    share.reduce((sum, part, g) => sum + part * factors[g], 0);
  const cost = costOf(from);
  const logs = from.map(Math.log);
  const factors = Float64Array.from(from);
  const gradient = new Float64Array(n);
  const mean = new Float64Array(n);
  const square = new Float64Array(n);
  const bias = { mean: 1, square: 1 };
  let best = { factors: from, error: Infinity };
  for (let step = 0; step < STEPS; step++) {
    const error = softError(candidates, factors, gradient);
    if (error < best.error) best = { factors: Float64Array.from(factors), error };
    // Slopes by the logarithms, less what they have in common with growing all costs.
    let along = 0;
    let size = 0;
    for (let g = 0; g < n; g++) {
      along += gradient[g] * factors[g] * factors[g] * share[g];
      size += (factors[g] * share[g]) ** 2;
    }
    bias.mean *= DECAY.mean;
    bias.square *= DECAY.square;
    for (let g = 0; g < n; g++) {
      const slope = gradient[g] * factors[g] - (along / size) * factors[g] * share[g];
      mean[g] = DECAY.mean * mean[g] + (1 - DECAY.mean) * slope;
      square[g] = DECAY.square * square[g] + (1 - DECAY.square) * slope * slope;
      const pace = mean[g] / (1 - bias.mean) / (Math.sqrt(square[g] / (1 - bias.square)) + 1e-12);
      logs[g] = Math.min(Math.max(logs[g] - STEP * pace, -FAR), FAR);
      factors[g] = Math.exp(logs[g]);
    }
    const shift = cost / costOf(factors);
    for (let g = 0; g < n; g++) {
      if (share[g] > 0) factors[g] *= shift;
      logs[g] = Math.log(factors[g]);
    }
  }
  return best.factors;
}

/** Mean squared difference by group over all candidates. */
function meanParts({ parts, groupCount }: Candidates): Float64Array {
  const mean = new Float64Array(groupCount);
  for (let k = 0; k < parts.length; k++) mean[k % groupCount] += (parts[k] * groupCount) / parts.length;
  return mean;
}
