import { unzlibSync } from 'fflate';
import { GaitwayError } from '../../errors.js';
import type { NumberArray, StoredArray } from './node.js';

export const ELEMENT_BYTES = { f: 4, d: 8, l: 8, i: 4, b: 1, c: 1 } as const;
export type ArrayKind = keyof typeof ELEMENT_BYTES;

const TWO_POW_32 = 2 ** 32;
/** Shortest array that is worth a view of memory instead of a loop. */
const LONG = 16;

export const isLittleHost = (): boolean => new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** An array of a binary file, deflated or plain. */
export class BinaryArray implements StoredArray {
  constructor(
    private readonly kind: ArrayKind,
    private readonly count: number,
    readonly memory: Uint8Array,
    readonly from: number,
    readonly to: number,
    private readonly isPacked: boolean,
    private readonly isLittle: boolean,
    /** Whether this computer has numbers in memory as the file has. */
    private readonly isNative: boolean,
    private readonly file: string,
  ) {}

  private get bytes(): Uint8Array {
    return this.memory.subarray(this.from, this.to);
  }

  decode(): NumberArray {
    const content = this.isPacked ? this.unpack() : this.bytes;
    const { kind, count, isLittle } = this;
    if (kind === 'b' || kind === 'c') return content;
    if (kind === 'l') return wholeNumbers(content, count, isLittle);
    if (this.isNative && count >= LONG) {
      // Where the numbers lie askew in memory they are copied first.
      const { buffer, byteOffset } =
        content.byteOffset % ELEMENT_BYTES[kind] === 0 ? content : new Uint8Array(content);
      if (kind === 'f') return new Float32Array(buffer, byteOffset, count);
      return kind === 'd'
        ? new Float64Array(buffer, byteOffset, count)
        : new Int32Array(buffer, byteOffset, count);
    }
    const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
    const out =
      kind === 'f' ? new Float32Array(count) : kind === 'd' ? new Float64Array(count) : new Int32Array(count);
    for (let i = 0; i < count; i++) {
      out[i] =
        kind === 'f'
          ? view.getFloat32(4 * i, isLittle)
          : kind === 'd'
            ? view.getFloat64(8 * i, isLittle)
            : view.getInt32(4 * i, isLittle);
    }
    return out;
  }

  private unpack(): Uint8Array {
    const wanted = this.count * ELEMENT_BYTES[this.kind];
    const damaged = (what: string, cause?: unknown): GaitwayError =>
      new GaitwayError(
        'fbx/damaged',
        `${this.file}: damaged at byte ${this.from}: the packed array there ${what}. Export the file again.`,
        { file: this.file, offset: this.from },
        cause,
      );
    let content: Uint8Array;
    try {
      content = unzlibSync(this.bytes, { out: new Uint8Array(wanted) });
    } catch (cause) {
      throw damaged('cannot be unpacked', cause);
    }
    if (content.length !== wanted) throw damaged(`holds ${content.length} of ${wanted} bytes`);
    return content;
  }
}

/** 64-bit integers as float64. */
function wholeNumbers(content: Uint8Array, count: number, isLittle: boolean): Float64Array {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const low = view.getUint32(8 * i + (isLittle ? 0 : 4), isLittle);
    const high = view.getInt32(8 * i + (isLittle ? 4 : 0), isLittle);
    out[i] = high * TWO_POW_32 + low;
  }
  return out;
}
