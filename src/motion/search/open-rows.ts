import type { RowRange } from './ranges.js';

/** Which rows a query may be answered with, by jumping to them. */
export interface OpenRows {
  /** [frames]: 1 where it may. */
  readonly isOpen: Uint8Array;
  /** Leaves rows out until all are opened again. */
  close(range: RowRange): void;
  openAll(): void;
}

/** Opens the rows that are named in `candidates`. */
export function makeOpenRows(frameCount: number, candidates: Uint32Array): OpenRows {
  const isCandidate = new Uint8Array(frameCount);
  for (const row of candidates) isCandidate[row] = 1;
  const isOpen = isCandidate.slice();
  const closed: RowRange[] = [];
  // Plain loops: most ranges are a row or a few, for which the built-in calls take longer.
  return {
    isOpen,
    close(range) {
      closed.push(range);
      for (let row = range.from; row < range.to; row++) isOpen[row] = 0;
    },
    openAll() {
      for (let range = closed.pop(); range; range = closed.pop()) {
        for (let row = range.from; row < range.to; row++) isOpen[row] = isCandidate[row];
      }
    },
  };
}
