import { type FbxNode, isSameContent, numbersOf, type StoredArray, storedArrayOf } from './node.js';

interface Known {
  readonly stored: StoredArray;
  readonly times: Float64Array;
}

/** The key times of a file's curves: most curves share theirs, so equal ones are decoded and kept once. */
export class KeyTimes {
  private readonly known = new Map<number, Known[]>();
  private latest: Known | undefined;

  constructor(private readonly ticksPerSecond: number) {}

  /** Times of a `KeyTime` node, seconds on the file's time line; ticks are whole numbers. */
  of(node: FbxNode | undefined): Float64Array {
    const stored = storedArrayOf(node);
    if (!stored) return this.secondsOf(node);
    // Mostly those of the curve before.
    if (this.latest && isSameContent(this.latest.stored, stored)) return this.latest.times;
    const hash = hashOf(stored);
    const alike = this.known.get(hash) ?? [];
    const same = alike.find((other) => isSameContent(other.stored, stored));
    this.latest = same ?? { stored, times: this.secondsOf(node) };
    if (!same) this.known.set(hash, [...alike, this.latest]);
    return this.latest.times;
  }

  private secondsOf(node: FbxNode | undefined): Float64Array {
    return Float64Array.from(numbersOf(node), (ticks) => Math.round(ticks) / this.ticksPerSecond);
  }
}

/** FNV-1a of the bytes. */
function hashOf({ memory, from, to }: StoredArray): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ memory[i], 0x01000193);
  return hash;
}
