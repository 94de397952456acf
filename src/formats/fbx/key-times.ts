import { type FbxNode, numbersOf, storedArrayOf } from './node.js';

/** The key times of a file's curves: most curves share theirs, so equal ones are decoded and kept once. */
export class KeyTimes {
  private readonly known = new Map<number, { bytes: Uint8Array; times: Float64Array }[]>();

  constructor(private readonly ticksPerSecond: number) {}

  /** Times of a `KeyTime` node, seconds on the file's time line; ticks are whole numbers. */
  of(node: FbxNode | undefined): Float64Array {
    const stored = storedArrayOf(node);
    if (!stored) return this.secondsOf(node);
    const { bytes } = stored;
    const hash = hashOf(bytes);
    const alike = this.known.get(hash) ?? [];
    const same = alike.find((other) => isEqual(other.bytes, bytes));
    if (same) return same.times;
    const times = this.secondsOf(node);
    this.known.set(hash, [...alike, { bytes, times }]);
    return times;
  }

  private secondsOf(node: FbxNode | undefined): Float64Array {
    return Float64Array.from(numbersOf(node), (ticks) => Math.round(ticks) / this.ticksPerSecond);
  }
}

/** FNV-1a of the bytes. */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
  return hash;
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
