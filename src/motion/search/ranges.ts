/** Rows `from` … `to` − 1. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** The runs of rows that are marked 1. */
export function runsOf(valid: Uint8Array): RowRange[] {
  const runs: RowRange[] = [];
  for (let row = 0; row < valid.length; row++) {
    if (valid[row] !== 1) continue;
    const from = row;
    while (row < valid.length && valid[row] === 1) row++;
    runs.push({ from, to: row });
  }
  return runs;
}

/** The ranges less one: those that it cuts are shortened, split or dropped. */
export function without(ranges: readonly RowRange[], { from, to }: RowRange): RowRange[] {
  return ranges.flatMap((range) => {
    if (to <= range.from || from >= range.to || from >= to) return [range];
    return [
      { from: range.from, to: from },
      { from: to, to: range.to },
    ].filter((rest) => rest.from < rest.to);
  });
}
