import type { DatabaseClip, MotionDatabase } from '../database/database.js';
import type { Segment } from './segments.js';

export interface KeptSegments {
  readonly database: MotionDatabase;
  /** [frames], the row of the whole database that each row was. */
  readonly rowsOfWhole: Int32Array;
}

/**
 * The database of some of its segments, in order: neighbours are joined, and each stretch is a clip of its own
 * that knows the frame of its source at which it begins.
 *
 * The last `playOn` rows before a cut may be played on to but no longer answered with, so that every answer can
 * play on for a while.
 */
export function keepSegments(
  database: MotionDatabase,
  segments: readonly Segment[],
  isKept: Uint8Array,
  playOn: number,
): KeptSegments {
  const { dimension, clips, rateHz } = database;
  const stretches = joined(segments.filter((_, s) => isKept[s]));
  const frameCount = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
  const out = {
    rows: new Float32Array(frameCount * dimension),
    valid: new Uint8Array(frameCount),
    contacts: new Uint8Array(2 * frameCount),
    roots: new Float32Array(4 * frameCount),
    tagMask: new Uint32Array(frameCount),
    costBias: new Float32Array(frameCount),
    continuingBias: new Float32Array(frameCount),
  };
  const rowsOfWhole = new Int32Array(frameCount);
  const pieces = new Map<number, number>();
  for (const { clip } of stretches) pieces.set(clip, (pieces.get(clip) ?? 0) + 1);
  let start = 0;
  const kept = stretches.map(({ clip, from, to }): DatabaseClip => {
    const own = clips[clip];
    out.rows.set(database.rows.subarray(from * dimension, to * dimension), start * dimension);
    for (let row = from; row < to; row++) rowsOfWhole[start + row - from] = row;
    out.contacts.set(database.contacts.subarray(2 * from, 2 * to), 2 * start);
    out.roots.set(database.roots.subarray(4 * from, 4 * to), 4 * start);
    for (const name of ['valid', 'tagMask', 'costBias', 'continuingBias'] as const) {
      out[name].set(database[name].subarray(from, to), start);
    }
    const isWhole = from === own.start && to === own.start + own.frameCount;
    if (lastUsable(database, clip) >= to) blockTail(out.valid, start, start + to - from, playOn);
    let validCount = 0;
    for (let row = start; row < start + to - from; row++) if (out.valid[row] === 1) validCount++;
    const firstFrame = own.firstFrame + from - own.start;
    const made: DatabaseClip = {
      ...own,
      name: (pieces.get(clip) ?? 0) > 1 ? `${own.name}@${(firstFrame / rateHz).toFixed(2)}s` : own.name,
      start,
      firstFrame,
      ...(!isWhole && { sourceFrameCount: own.sourceFrameCount ?? own.frameCount }),
      frameCount: to - from,
      validCount,
      loops: own.loops && isWhole,
    };
    start += to - from;
    return made;
  });
  return { database: { ...database, ...out, frameCount, clips: kept }, rowsOfWhole };
}

/** Segments that follow each other without a gap, as one. */
function joined(segments: readonly Segment[]): Segment[] {
  const stretches: Segment[] = [];
  for (const segment of segments) {
    const last = stretches.at(-1);
    if (last && last.clip === segment.clip && last.to === segment.from) {
      stretches[stretches.length - 1] = { ...last, to: segment.to };
    } else stretches.push(segment);
  }
  return stretches;
}

function lastUsable({ valid, clips }: MotionDatabase, clip: number): number {
  return valid.lastIndexOf(1, clips[clip].start + clips[clip].frameCount - 1);
}

function blockTail(valid: Uint8Array, from: number, to: number, playOn: number): void {
  for (let row = Math.max(from, to - playOn); row < to; row++) if (valid[row] === 1) valid[row] = 2;
}
