import type { MotionDatabase } from '../database/database.js';

/** Rows `from` … `to` − 1 of one clip, kept or dropped together. */
export interface Segment {
  readonly clip: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Cuts the clips into segments of about `length` rows, none shorter where its clip is not.
 *
 * Rows before the first usable one of a clip, which nothing ever leads to, and rows further than `playOn`
 * behind its last, which nothing plays on to, are left out. A looping clip is one segment, for only the whole
 * of it loops.
 */
export function cutSegments(
  { clips, valid }: MotionDatabase,
  { length, playOn }: { readonly length: number; readonly playOn: number },
): Segment[] {
  return clips.flatMap(({ start, frameCount, loops }, clip) => {
    const end = start + frameCount;
    const first = valid.indexOf(1, start);
    if (first < 0 || first >= end) return [];
    if (loops) return [{ clip, from: start, to: end }];
    const last = Math.min(end, valid.lastIndexOf(1, end - 1) + 1 + playOn);
    const count = Math.max(1, Math.floor((last - first) / length));
    const cut = (k: number): number => first + Math.round((k * (last - first)) / count);
    return Array.from({ length: count }, (_, k) => ({ clip, from: cut(k), to: cut(k + 1) }));
  });
}

/** The segment of every row, −1 where it is left out. [frames] */
export function segmentOfRows(frameCount: number, segments: readonly Segment[]): Int32Array {
  const own = new Int32Array(frameCount).fill(-1);
  segments.forEach(({ from, to }, s) => {
    own.fill(s, from, to);
  });
  return own;
}
