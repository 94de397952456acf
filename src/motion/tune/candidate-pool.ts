import { rowDistance } from '../../kernels/row-distance.js';
import { type HardChoice, measurePairs, type Pair } from './hard-choice.js';
import type { Judge } from './judge.js';
import { type NearestRows, nearestMany } from './nearest-many.js';
import type { Questions } from './questions.js';
import type { Candidates } from './soft-choice.js';
import type { WeightGroup } from './weight-groups.js';

/** Answers that are taken in for each question and each set of weights. */
const NEAREST = 24;
/** The answers whose spread of costs says how soft a choice is. */
const RIVALS = 8;

/** How the nearest answers do: means over the questions. */
export interface JudgedChoice extends HardChoice {
  /** What it costs as it is judged. */
  readonly cost: number;
}

/** Answers found so far for every question, under whatever weights. */
export interface CandidatePool {
  /** Takes in the nearest answers under these factors of the groups, and says how the very nearest do. */
  add(factors: Float64Array): JudgedChoice;
  /**
   * All of them, with what they cost; a choice is `softness` times as soft as the nearest answers differ in
   * weighted difference.
   */
  candidates(factors: Float64Array, softness: number): Candidates;
}

/** A pool that holds what its judge answers. */
export function makeCandidatePool(
  questions: Questions,
  groups: readonly WeightGroup[],
  judge: Judge,
): CandidatePool {
  const count = questions.samples.length;
  /** For each question, places in `measured` by sample. */
  const found = Array.from({ length: count }, () => new Map<number, number>());
  const measured: JudgedChoice[] = [];
  const groupOf = new Int32Array(questions.dimension).fill(-1);
  groups.forEach(({ numbers }, g) => {
    for (const k of numbers) groupOf[k] = g;
  });
  const takeIn = (nearest: readonly Int32Array[]): void => {
    const fresh: Pair[] = [];
    nearest.forEach((samples, q) => {
      for (const sample of samples) {
        if (sample < 0 || found[q].has(sample)) continue;
        found[q].set(sample, measured.length + fresh.length);
        fresh.push([q, sample]);
      }
    });
    const choices = measurePairs(questions, fresh);
    const costs = judge.costs(fresh, choices);
    choices.forEach((choice, i) => {
      measured.push({ ...choice, cost: costs[i] });
    });
  };
  takeIn(judge.nearest?.(NEAREST) ?? []);
  return {
    add(factors) {
      const nearest = nearestUnder(questions, groups, factors, found);
      takeIn(nearest);
      const choices = nearest.map(([sample], q) => measured[found[q].get(sample) ?? 0]);
      const mean = (value: (choice: JudgedChoice) => number): number =>
        choices.reduce((sum, choice) => sum + value(choice), 0) / count;
      return {
        fpe: mean(({ fpe }) => fpe),
        jump: mean(({ jump }) => jump),
        turn: mean(({ turn }) => turn),
        cost: mean(({ cost }) => cost),
      };
    },

    candidates(factors, softness) {
      const start = new Int32Array(count + 1);
      found.forEach((own, q) => {
        start[q + 1] = start[q] + own.size;
      });
      const groupCount = groups.length;
      const parts = new Float32Array(start[count] * groupCount);
      const errors = new Float32Array(start[count]);
      const spread = new Float64Array(count);
      found.forEach((own, q) => {
        const costs: number[] = [];
        let c = start[q];
        for (const [sample, place] of own) {
          errors[c] = measured[place].cost;
          splitCost(questions, q, sample, groupOf, parts, c * groupCount);
          let cost = 0;
          for (let g = 0; g < groupCount; g++) cost += factors[g] * parts[c * groupCount + g];
          costs.push(cost);
          c++;
        }
        costs.sort((a, b) => a - b);
        spread[q] = softness * Math.max(costs[Math.min(RIVALS, costs.length) - 1] - costs[0], 1e-9);
      });
      return { start, groupCount, parts, errors, softness: spread };
    },
  };
}

/** The nearest samples of every question, best first, −1 where there are no more. */
function nearestUnder(
  questions: Questions,
  groups: readonly WeightGroup[],
  factors: Float64Array,
  found: readonly ReadonlyMap<number, number>[],
): Int32Array[] {
  const { rows, asked, dimension, samples, open } = questions;
  const scale = new Float64Array(dimension);
  groups.forEach(({ numbers }, g) => {
    for (const k of numbers) scale[k] = Math.sqrt(factors[g]);
  });
  // Numbers that differ most come first, so that far rows are given up early.
  const spread = scale.map((value, k) => {
    let square = 0;
    for (let at = k; at < asked.length; at += dimension) square += asked[at] * asked[at];
    return value * value * square;
  });
  const order = Int32Array.from(spread.keys()).sort((a, b) => spread[b] - spread[a] || a - b);
  const scaled = (values: Float32Array): Float32Array => {
    const out = new Float32Array(values.length);
    for (let at = 0; at < out.length; at += dimension) {
      for (let k = 0; k < dimension; k++) out[at + k] = values[at + order[k]] * scale[order[k]];
    }
    return out;
  };
  const known = scaled(rows);
  const queries = scaled(asked);
  const costs = new Float64Array(NEAREST);
  return Array.from(samples, (_, q) => {
    const query = queries.subarray(q * dimension, (q + 1) * dimension);
    const out: NearestRows = { rows: new Int32Array(NEAREST), costs };
    nearestMany(known, dimension, query, open(q), limitOf(known, dimension, query, found[q]), out);
    return out.rows;
  });
}

/** A cost that the nearest samples are surely below: just above the greatest that so many known ones have. */
function limitOf(
  rows: Float32Array,
  dimension: number,
  query: Float32Array,
  known: ReadonlyMap<number, number>,
): number {
  if (known.size < NEAREST) return Infinity;
  const costs = Float64Array.from(known.keys(), (sample) =>
    rowDistance(rows, dimension, sample, query, Infinity),
  ).sort();
  return costs[NEAREST - 1] * (1 + 1e-9) + Number.MIN_VALUE;
}

/** Adds up the squared differences of a question and a sample by group; `groupOf` is −1 for numbers of none. */
function splitCost(
  { rows, asked, dimension }: Questions,
  q: number,
  sample: number,
  groupOf: Int32Array,
  out: Float32Array,
  at: number,
): void {
  for (let k = 0; k < dimension; k++) {
    const group = groupOf[k];
    if (group < 0) continue;
    const away = rows[sample * dimension + k] - asked[q * dimension + k];
    out[at + group] += away * away;
  }
}
