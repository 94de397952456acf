import {
  childNamed,
  type FbxNode,
  isSameContent,
  type NumberArray,
  numbersOf,
  type StoredArray,
  storedArrayOf,
} from './node.js';

export const CONSTANT = 0x2;
export const LINEAR = 0x4;
export const CONSTANT_NEXT = 0x100;
/** The bits that tell where the tangents of a cubic key come from, and all that they may say. */
export const TANGENTS = 0xf00;
export const AUTO = 0x100;
export const TCB = 0x200;
export const USER = 0x400;
export const AUTO_BROKEN = 0x900;
export const USER_BROKEN = 0xc00;
export const CLAMP = 0x1000;
export const TIME_INDEPENDENT = 0x2000;
export const CLAMP_PROGRESSIVE = 0x4000;
export const WEIGHTED_RIGHT = 0x1000000;
export const WEIGHTED_NEXT_LEFT = 0x2000000;

/** Flags and tangent data of a curve's keys, run-length coded as files have them: a run serves several keys. */
export class KeyAttributes {
  /** First key of each run, and one past the last key. */
  private readonly starts: Uint32Array;
  private readonly flags: NumberArray;
  /** [runs, 4] */
  private readonly data: Float32Array;
  private run = 0;

  constructor(node: FbxNode, keyCount: number) {
    const flags = numbersOf(childNamed(node, 'KeyAttrFlags'));
    const counts = numbersOf(childNamed(node, 'KeyAttrRefCount'));
    const data = tangentData(node);
    if (flags.length === 1 && counts[0] >= keyCount) {
      // One run for all keys: every baked curve is so.
      this.starts = Uint32Array.of(0, keyCount);
      this.flags = flags;
      this.data = data.length === 4 ? data : Float32Array.of(data[0] ?? 0, data[1] ?? 0, data[2] ?? 0, 0);
      return;
    }
    let runs = 0;
    let reached = 0;
    for (let run = 0; run < flags.length && reached < keyCount; run++) {
      runs++;
      reached += Math.max(0, counts[run] ?? 0);
    }
    // Keys that no run reaches are linear.
    const isShort = reached < keyCount;
    const count = runs + (isShort ? 1 : 0);
    this.starts = new Uint32Array(count + 1);
    this.flags = new Int32Array(count);
    this.data = new Float32Array(4 * count);
    let key = 0;
    for (let run = 0; run < runs; run++) {
      this.starts[run] = key;
      this.flags[run] = flags[run];
      for (let k = 0; k < 4; k++) this.data[4 * run + k] = data[4 * run + k] ?? 0;
      key += Math.max(0, counts[run] ?? 0);
    }
    if (isShort) {
      this.starts[runs] = key;
      this.flags[runs] = LINEAR;
    }
    this.starts[count] = keyCount;
  }

  flagsOf(key: number): number {
    return this.flags[this.runOf(key)];
  }

  /** Slope to the right, bias or tension; slope to the next key's left, or continuity; bias of TCB keys. */
  dataOf(key: number, at: 0 | 1 | 2): number {
    return this.data[4 * this.runOf(key) + at];
  }

  /** The two packed weights, see `KeyAttrDataFloat[2]`. */
  weightBitsOf(key: number): number {
    const { data } = this;
    return new Int32Array(data.buffer, data.byteOffset, data.length)[4 * this.runOf(key) + 2];
  }

  /** Whether `test` holds for the flags and the larger bias of every run. */
  every(test: (flags: number, bias: number) => boolean): boolean {
    for (let run = 0; run < this.flags.length; run++)
      if (!test(this.flags[run], Math.max(Math.abs(this.data[4 * run]), Math.abs(this.data[4 * run + 1]))))
        return false;
    return true;
  }

  private runOf(key: number): number {
    const { starts } = this;
    if (key >= starts[this.run] && key < starts[this.run + 1]) return this.run;
    let low = 0;
    let high = starts.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= key) low = middle;
      else high = middle;
    }
    this.run = low;
    return low;
  }
}

/** The key attributes of a file's curves: baked curves have all the same, so those of the curve before are kept. */
export class SharedAttributes {
  private flags: StoredArray | undefined;
  private data: StoredArray | undefined;
  private counts: StoredArray | undefined;
  private keyCount = 0;
  private made: KeyAttributes | undefined;

  of(curve: FbxNode, keyCount: number): KeyAttributes {
    const flags = storedArrayOf(childNamed(curve, 'KeyAttrFlags'));
    const data = storedArrayOf(childNamed(curve, 'KeyAttrDataFloat'));
    const counts = storedArrayOf(childNamed(curve, 'KeyAttrRefCount'));
    const isSame =
      keyCount === this.keyCount &&
      isSameStored(flags, this.flags) &&
      isSameStored(data, this.data) &&
      isSameStored(counts, this.counts);
    if (isSame && this.made) return this.made;
    this.flags = flags;
    this.data = data;
    this.counts = counts;
    this.keyCount = keyCount;
    this.made = new KeyAttributes(curve, keyCount);
    return this.made;
  }
}

/** Lists of single values are never taken for the same. */
const isSameStored = (a: StoredArray | undefined, b: StoredArray | undefined): boolean =>
  a !== undefined && b !== undefined && isSameContent(a, b);

/** Tangent data as float32; ASCII files print the four bytes of each number as an integer. */
function tangentData(node: FbxNode): Float32Array {
  const child = childNamed(node, 'KeyAttrDataFloat');
  const stored = numbersOf(child);
  if (stored instanceof Float32Array) return stored;
  if (!storedArrayOf(child)) return Float32Array.from(stored);
  const bits = new Int32Array(1);
  const asFloat = new Float32Array(bits.buffer);
  return Float32Array.from(stored, (value) => {
    if (!Number.isInteger(value)) return value;
    bits[0] = value;
    return asFloat[0];
  });
}
