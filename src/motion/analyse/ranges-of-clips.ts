import { clipOfRow, type MotionDatabase } from '../database/database.js';

/** A stretch of a clip, in seconds from its start, both ends included. */
export interface ClipRange {
  readonly clip: string;
  readonly from: number;
  readonly to: number;
}

/** Rows `first` … `last`, which lie in one clip, as seconds of it. */
export function rangeOf(database: MotionDatabase, first: number, last: number): ClipRange {
  const { name, start } = database.clips[clipOfRow(database, first)];
  return { clip: name, from: (first - start) / database.rateHz, to: (last - start) / database.rateHz };
}

/** Stretches of clips between the first and the last of probes that follow each other and are picked. */
export function joinProbes(
  database: MotionDatabase,
  probes: Int32Array,
  isPicked: (probe: number) => boolean,
): ClipRange[] {
  const ranges: ClipRange[] = [];
  for (let p = 0; p < probes.length; p++) {
    if (!isPicked(p)) continue;
    const first = p;
    const clip = clipOfRow(database, probes[p]);
    while (p + 1 < probes.length && isPicked(p + 1) && clipOfRow(database, probes[p + 1]) === clip) p++;
    ranges.push(rangeOf(database, probes[first], probes[p]));
  }
  return ranges;
}

export function longestFirst(ranges: readonly ClipRange[]): ClipRange[] {
  return [...ranges].sort((a, b) => b.to - b.from - (a.to - a.from));
}
