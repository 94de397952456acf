import { clipOfRow, type MotionDatabase } from '../database/database.js';
import type { Neighbours } from './neighbours.js';
import type { PoseGap } from './pose-gap.js';
import { type ClipRange, rangeOf } from './ranges-of-clips.js';

/** A best transition that is seen. */
export interface Pop {
  readonly from: ClipRange;
  readonly to: ClipRange;
  readonly jumpCm: number;
}

export interface Transitions {
  /** Of the best transition of each probe: how its cost is spread. */
  readonly costs: Spread;
  /** How far the pose jumps in it, cm; nothing where the rows hold no places of joints. */
  readonly jumpCm: Spread | undefined;
  /** Joints that the jump is measured on. */
  readonly joints: readonly string[];
  /** Above this a jump is seen, cm. */
  readonly barCm: number;
  /** Share of the probes whose best transition jumps further than that. */
  readonly popShare: number;
  /** The worst of them, one a stretch, worst first. */
  readonly pops: readonly Pop[];
}

export interface Spread {
  readonly median: number;
  readonly p95: number;
  readonly most: number;
  /** Edges of equal ratio and the values between them; the first cell takes what is below, the last what is above. */
  readonly histogram: { readonly edges: readonly number[]; readonly counts: readonly number[] };
}

const MOST_POPS = 20;
const CELLS = 24;

/** Looks at the best transition out of every probe. */
export function judgeTransitions(
  database: MotionDatabase,
  { probes, rows, costs, count }: Neighbours,
  gap: PoseGap | undefined,
  barCm: number,
): Transitions {
  const places = [...probes.keys()].filter((p) => rows[p * count] >= 0);
  const jumps = gap ? places.map((p) => gap.cm(probes[p], rows[p * count])) : [];
  const pops = places
    .map((p, k) => ({ row: probes[p], to: rows[p * count], jumpCm: jumps[k] ?? 0 }))
    .filter(({ jumpCm }) => jumpCm > barCm);
  return {
    costs: spreadOf(places.map((p) => costs[p * count])),
    jumpCm: gap && spreadOf(jumps),
    joints: gap?.joints ?? [],
    barCm,
    popShare: places.length > 0 ? pops.length / places.length : 0,
    pops: worstByStretch(database, pops),
  };
}

/** One pop for each stretch of a clip that pops throughout. */
function worstByStretch(
  database: MotionDatabase,
  pops: readonly { readonly row: number; readonly to: number; readonly jumpCm: number }[],
): Pop[] {
  const second = Math.round(database.rateHz);
  const stretches: { first: number; last: number; worst: (typeof pops)[number] }[] = [];
  for (const pop of pops) {
    const open = stretches.at(-1);
    const goesOn =
      open &&
      pop.row - open.last <= second &&
      clipOfRow(database, open.last) === clipOfRow(database, pop.row);
    if (!goesOn) {
      stretches.push({ first: pop.row, last: pop.row, worst: pop });
      continue;
    }
    open.last = pop.row;
    if (pop.jumpCm > open.worst.jumpCm) open.worst = pop;
  }
  return stretches
    .sort((a, b) => b.worst.jumpCm - a.worst.jumpCm)
    .slice(0, MOST_POPS)
    .map(({ first, last, worst }) => ({
      from: rangeOf(database, first, last),
      to: rangeOf(database, worst.to, worst.to),
      jumpCm: worst.jumpCm,
    }));
}

/** Median, 95th percentile, greatest and histogram; zeros of nothing. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const [low, high] = [Math.max(at(0.005), at(0.995) / 1e4, 1e-9), Math.max(at(0.995), 2e-9)];
  const ratio = (high / low) ** (1 / CELLS);
  const edges = Array.from({ length: CELLS + 1 }, (_, k) => low * ratio ** k);
  const counts = new Array<number>(CELLS).fill(0);
  for (const value of sorted) {
    const cell = ratio > 1 ? Math.floor(Math.log(Math.max(value, low) / low) / Math.log(ratio)) : 0;
    counts[Math.min(CELLS - 1, cell)]++;
  }
  return { median: at(0.5), p95: at(0.95), most: at(1), histogram: { edges, counts } };
}
