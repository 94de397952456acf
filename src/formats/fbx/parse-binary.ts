import { GaitwayError } from '../../errors.js';
import { type ArrayKind, BinaryArray, ELEMENT_BYTES, isLittleHost } from './binary-array.js';
import { type FbxNode, type FbxTree, type FbxValue, NO_NODES, NO_VALUES, OLDEST_VERSION } from './node.js';
import type { ReadingProgress } from './reading-progress.js';
import { ShortTexts } from './short-texts.js';

const MAGIC = 'Kaydara FBX Binary  \0';
const ENDIAN_BYTE = 22;
const VERSION_AT = 23;
const FIRST_NODE_AT = 27;
const WIDE_SINCE = 7500;
/** Real files nest below ten; a file that nests deeper is hostile. */
const DEEPEST = 64;
const LONGEST_SHORT_TEXT = 64;
/** All but lists of numbers written one by one. */
const FEW_VALUES = 16;
/** No array of a real file comes near this; a file that claims more lies. */
const LARGEST_ARRAY_BYTES = 1 << 30;
/** Deflate packs at best 1032 to 1 (its longest match is 258 bytes for 2 bits). */
const MOST_BYTES_PER_PACKED_BYTE = 1100;

export const isBinaryFbx = (bytes: Uint8Array): boolean =>
  [...MAGIC].every((letter, i) => bytes[i] === letter.charCodeAt(0));

/**
 * Parses a binary FBX file, little or big endian, with 32- or 64-bit node headers.
 *
 * Arrays are left as they stand until they are asked for. Of a file older than 7.0 only the version is read.
 *
 * @throws GaitwayError `fbx/damaged` with the byte offset at which the file stops making sense.
 */
export async function parseBinaryFbx(
  bytes: Uint8Array,
  file: string,
  progress: ReadingProgress,
): Promise<FbxTree> {
  const parser = new BinaryParser(bytes, file);
  const { version } = parser;
  progress.begin(0, bytes.length);
  const nodes = version < OLDEST_VERSION ? NO_NODES : await parser.topNodes(progress);
  return { version, encoding: 'binary', nodes };
}

class BinaryParser {
  readonly version: number;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly little: boolean;
  private readonly native: boolean;
  private readonly wide: boolean;
  private readonly decoder = new TextDecoder('utf-8');
  private readonly texts = new ShortTexts();
  private at = FIRST_NODE_AT;
  private name = '';
  private values: readonly FbxValue[] = NO_VALUES;
  private end = 0;

  constructor(
    bytes: Uint8Array,
    private readonly file: string,
  ) {
    if (bytes.length < FIRST_NODE_AT) throw this.damaged(bytes.length, 'the file ends inside its header');
    // Parts of a plain Uint8Array are cheaper to make than those of a Buffer.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.little = bytes[ENDIAN_BYTE] !== 1;
    this.native = this.little === isLittleHost();
    this.version = this.view.getUint32(VERSION_AT, this.little);
    this.wide = this.version >= WIDE_SINCE;
  }

  async topNodes(progress: ReadingProgress): Promise<FbxNode[]> {
    const nodes: FbxNode[] = [];
    while (this.at < this.bytes.length) {
      if (!this.readHead(this.bytes.length, 0)) break;
      const { name, values, end } = this;
      const children: FbxNode[] = [];
      while (this.at < end) {
        const child = this.node(end, 1);
        if (!child) break;
        children.push(child);
        if (progress.due(this.at)) await progress.report(this.at);
      }
      this.at = end;
      nodes.push({ name, values, children });
    }
    return nodes;
  }

  private damaged(offset: number, what: string): GaitwayError {
    return new GaitwayError(
      'fbx/damaged',
      `${this.file}: damaged at byte ${offset}: ${what}. Export the file again.`,
      { file: this.file, offset },
    );
  }

  /** The node that begins here and ends before `limit`; nothing for the null record that ends a list. */
  private node(limit: number, depth: number): FbxNode | undefined {
    if (!this.readHead(limit, depth)) return undefined;
    const { name, values, end } = this;
    let children = NO_NODES;
    if (this.at < end) {
      const read: FbxNode[] = [];
      while (this.at < end) {
        const child = this.node(end, depth + 1);
        if (!child) break;
        read.push(child);
      }
      children = read;
    }
    this.at = end;
    return { name, values, children };
  }

  /**
   * Reads name, values and end of the node that begins here into the fields of these names; its children come
   * next. False for the null record that ends a list.
   */
  private readHead(limit: number, depth: number): boolean {
    const { bytes, view, little, wide, at } = this;
    const headSize = wide ? 25 : 13;
    if (depth > DEEPEST) throw this.damaged(at, `nodes are nested more than ${DEEPEST} deep`);
    if (at + headSize > limit) throw this.damaged(at, 'what holds it ends inside a node header');
    const end = wide ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little);
    const valueCount = wide ? Number(view.getBigUint64(at + 8, little)) : view.getUint32(at + 4, little);
    const valueBytes = wide ? Number(view.getBigUint64(at + 16, little)) : view.getUint32(at + 8, little);
    const nameEnd = at + headSize + bytes[at + headSize - 1];
    const valuesEnd = nameEnd + valueBytes;
    if (end === 0) {
      this.at = at + headSize;
      return false;
    }
    if (!(end > at && end <= limit && valuesEnd <= end)) {
      throw this.damaged(at, `a node says that it ends at byte ${end}; what holds it ends at ${limit}`);
    }
    const name = this.text(at + headSize, nameEnd);
    this.at = nameEnd;
    let values = NO_VALUES;
    if (valueCount > 0) {
      // A list that need not grow is half the garbage; a long one is not believed before it is read.
      const read = new Array<FbxValue>(valueCount <= FEW_VALUES ? valueCount : 0);
      for (let v = 0; v < valueCount; v++) {
        if (this.at >= valuesEnd)
          throw this.damaged(this.at, `node "${name}" promises ${valueCount} values and holds ${v}`);
        read[v] = this.value(valuesEnd);
      }
      values = read;
    }
    this.at = valuesEnd;
    this.name = name;
    this.values = values;
    this.end = end;
    return true;
  }

  /** The value that begins here, inside of a node whose values end at `limit`. */
  private value(limit: number): FbxValue {
    const { bytes, view, little, at } = this;
    const kind = String.fromCharCode(bytes[at]);
    const start = at + 1;
    switch (kind) {
      case 'Y':
        this.pass(kind, 2, limit);
        return view.getInt16(start, little);
      case 'C':
        this.pass(kind, 1, limit);
        // A letter in some nodes (extrapolation), yes or no in others.
        return bytes[start];
      case 'Z':
        this.pass(kind, 1, limit);
        return view.getInt8(start);
      case 'I':
        this.pass(kind, 4, limit);
        return view.getInt32(start, little);
      case 'F':
        this.pass(kind, 4, limit);
        return view.getFloat32(start, little);
      case 'D':
        this.pass(kind, 8, limit);
        return view.getFloat64(start, little);
      case 'L':
        this.pass(kind, 8, limit);
        return this.whole(start);
      case 'S':
      case 'R':
        this.pass(kind, 4, limit);
        this.at = at;
        this.pass(kind, 4 + view.getUint32(start, little), limit);
        return kind === 'S' ? this.text(start + 4, this.at) : bytes.subarray(start + 4, this.at);
      case 'f':
      case 'd':
      case 'l':
      case 'i':
      case 'b':
      case 'c':
        return this.array(kind, limit);
      default:
        throw this.damaged(at, `a value has the unknown type "${kind}"`);
    }
  }

  /** Steps over a value's type and `size` bytes. */
  private pass(kind: string, size: number, limit: number): void {
    const end = this.at + 1 + size;
    if (end > limit) throw this.damaged(this.at, `a value of type ${kind} runs over the end of its node`);
    this.at = end;
  }

  private array(kind: ArrayKind, limit: number): BinaryArray {
    const { view, little, at } = this;
    if (at + 13 > limit) throw this.damaged(at, 'an array header runs over the end of its node');
    const count = view.getUint32(at + 1, little);
    const isPacked = view.getUint32(at + 5, little) === 1;
    const wantedBytes = count * ELEMENT_BYTES[kind];
    const storedBytes = isPacked ? view.getUint32(at + 9, little) : wantedBytes;
    const from = at + 13;
    const most = isPacked ? MOST_BYTES_PER_PACKED_BYTE * storedBytes : storedBytes;
    if (from + storedBytes > limit || wantedBytes > most || wantedBytes > LARGEST_ARRAY_BYTES)
      throw this.damaged(at, `an array of ${count} values runs over the end of its node`);
    this.at = from + storedBytes;
    return new BinaryArray(kind, count, this.bytes, from, this.at, isPacked, little, this.native, this.file);
  }

  /** Most texts are ASCII and short: a decoder for each would cost more than the rest of the file. */
  private text(from: number, to: number): string {
    const short = to - from <= LONGEST_SHORT_TEXT ? this.texts.of(this.bytes, from, to) : undefined;
    return short ?? this.decoder.decode(this.bytes.subarray(from, to));
  }

  /** A 64-bit integer: a number where it holds it exactly, which it nearly always does. */
  private whole(at: number): number | bigint {
    const low = this.view.getUint32(at + (this.little ? 0 : 4), this.little);
    const high = this.view.getInt32(at + (this.little ? 4 : 0), this.little);
    const value = high * 2 ** 32 + low;
    return Number.isSafeInteger(value) ? value : this.view.getBigInt64(at, this.little);
  }
}
