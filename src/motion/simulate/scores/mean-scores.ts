import type { PlayScores } from './play-scores.js';

/** The mean of every score over several stretches of play; what one of them cannot tell (NaN) is left out of it. */
export const meanScores = (all: readonly [PlayScores, ...PlayScores[]]): PlayScores =>
  meanOf(all) as PlayScores;

function meanOf(values: readonly unknown[]): unknown {
  const [first] = values;
  if (typeof first === 'number') {
    const told = values.filter((value): value is number => typeof value === 'number' && !Number.isNaN(value));
    return told.length > 0 ? told.reduce((a, b) => a + b, 0) / told.length : Number.NaN;
  }
  return Object.fromEntries(
    Object.keys(first as object).map((key) => [
      key,
      meanOf(values.map((value) => (value as Record<string, unknown>)[key])),
    ]),
  );
}
