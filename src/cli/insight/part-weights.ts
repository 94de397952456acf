import type { SeenPart } from '../../motion/index.js';

/** Weights laid out for people: one row for a part, one column for a time. */
export interface WeightTable {
  /** What each row is of, heaviest first. */
  readonly parts: readonly string[];
  readonly columns: readonly string[];
  /** [part][column]; nothing where the encoder does not see it. */
  readonly weights: readonly (readonly (number | undefined)[])[];
}

const secondsText = (seconds: number): string =>
  seconds === 0 ? 'now' : `${seconds < 0 ? '−' : '+'}${Math.abs(seconds).toFixed(2)} s`;

/** Lays out what body parts weigh over time, velocities in a column of their own. */
export function bodyWeights(seen: readonly SeenPart[]): WeightTable {
  return tableOf(
    seen.filter(({ part }) => part !== 'root'),
    ({ part }) => part,
    ({ what, seconds }) => (what === 'velocity' ? 'velocity now' : secondsText(seconds)),
  );
}

/** Lays out what the root's path weighs. */
export function pathWeights(seen: readonly SeenPart[]): WeightTable {
  return tableOf(
    seen.filter(({ part }) => part === 'root'),
    ({ what }) => what,
    ({ seconds }) => secondsText(seconds),
  );
}

function tableOf(
  seen: readonly SeenPart[],
  rowOf: (part: SeenPart) => string,
  columnOf: (part: SeenPart) => string,
): WeightTable {
  const inTime = [...seen].sort(
    (a, b) => Number(a.what === 'velocity') - Number(b.what === 'velocity') || a.seconds - b.seconds,
  );
  const columns = [...new Set(inTime.map(columnOf))];
  const total = (row: string): number =>
    seen.reduce((sum, part) => sum + (rowOf(part) === row ? part.weight ** 2 : 0), 0);
  const parts = [...new Set(seen.map(rowOf))].sort((a, b) => total(b) - total(a));
  return {
    parts,
    columns,
    weights: parts.map((row) =>
      columns.map((column) => seen.find((part) => rowOf(part) === row && columnOf(part) === column)?.weight),
    ),
  };
}
