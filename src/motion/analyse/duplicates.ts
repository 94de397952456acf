import type { MotionDatabase } from '../database/database.js';
import type { Search } from '../search/search.js';
import { frameOf, rowOf } from './neighbours.js';
import type { PoseGap } from './pose-gap.js';
import { type ClipRange, rangeOf } from './ranges-of-clips.js';

/** Stretches of two clips that are all but the same. */
export interface DuplicatePair {
  readonly first: ClipRange;
  readonly second: ClipRange;
  /** Mean cost from one to the other. */
  readonly cost: number;
  /** Mean distance of the joints that the rows know, cm. */
  readonly cm?: number;
}

export interface Duplicates {
  /** Cost below which two frames are the same. */
  readonly limit: number;
  /** Share of the probes that repeat a frame of another clip. */
  readonly share: number;
  /** Longest first. */
  readonly pairs: readonly DuplicatePair[];
  /** Probes that repeat a frame of another clip. */
  readonly rows: Int32Array;
}

/** Two pairs of frames whose lags differ by no more than these seconds are one stretch. */
const DRIFT = 0.1;

interface Twin {
  readonly row: number;
  readonly other: number;
  readonly clip: number;
  readonly otherClip: number;
  readonly cost: number;
}

/**
 * Finds frames that another clip repeats, and joins them to pairs of stretches.
 *
 * @param limit Cost below which two frames are the same.
 */
export function findDuplicates(
  database: MotionDatabase,
  search: Search,
  probes: Int32Array,
  limit: number,
  gap: PoseGap | undefined,
): Duplicates {
  const twins: Twin[] = [];
  const rows: number[] = [];
  const ownClip = { excludeSeconds: Number.MAX_SAFE_INTEGER };
  for (const row of probes) {
    const exclude = frameOf(database, row);
    const [best] = search.find(rowOf(database, row), { ...ownClip, exclude });
    const cost = best ? best.cost - best.bias : Infinity;
    if (!best || cost > limit) continue;
    rows.push(row);
    const twin = { row, other: best.row, clip: exclude.clip, otherClip: best.clip, cost };
    twins.push(twin.clip < twin.otherClip ? twin : turnedRound(twin));
  }
  return {
    limit,
    share: probes.length > 0 ? rows.length / probes.length : 0,
    pairs: joined(database, twins, longestStep(probes), gap),
    rows: Int32Array.from(rows),
  };
}

const turnedRound = ({ row, other, clip, otherClip, cost }: Twin): Twin => ({
  row: other,
  other: row,
  clip: otherClip,
  otherClip: clip,
  cost,
});

/** Twice the usual distance of neighbouring probes, so that none is missed for being drawn late. */
function longestStep(probes: Int32Array): number {
  const span = probes.length > 1 ? probes[probes.length - 1] - probes[0] : 0;
  return Math.max(1, Math.ceil((2 * span) / Math.max(1, probes.length - 1)));
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function joined(
  database: MotionDatabase,
  twins: readonly Twin[],
  step: number,
  gap: PoseGap | undefined,
): DuplicatePair[] {
  const drift = Math.max(1, Math.round(DRIFT * database.rateHz));
  const lag = ({ row, other }: Twin): number => other - row;
  const sorted = [...twins].sort(
    (a, b) => a.clip - b.clip || a.otherClip - b.otherClip || a.row - b.row || lag(a) - lag(b),
  );
  const stretches: Twin[][] = [];
  for (const twin of sorted) {
    const open = stretches.findLast((stretch) => {
      const last = stretch[stretch.length - 1];
      return (
        last.clip === twin.clip &&
        last.otherClip === twin.otherClip &&
        twin.row - last.row <= step &&
        Math.abs(lag(twin) - lag(last)) <= drift
      );
    });
    if (open) open.push(twin);
    else stretches.push([twin]);
  }
  return stretches
    .map((stretch) => {
      const others = stretch.map(({ other }) => other);
      return {
        first: rangeOf(database, stretch[0].row, stretch[stretch.length - 1].row),
        second: rangeOf(database, Math.min(...others), Math.max(...others)),
        cost: mean(stretch.map(({ cost }) => cost)),
        ...(gap && { cm: mean(stretch.map(({ row, other }) => gap.cm(row, other))) }),
      };
    })
    .sort((a, b) => b.first.to - b.first.from - (a.first.to - a.first.from) || a.cost - b.cost);
}
