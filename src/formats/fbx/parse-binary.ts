import { unzlibSync } from 'fflate';
import { GaitwayError } from '../../errors.js';
import type { FbxNode, FbxTree, FbxValue } from './node.js';

const MAGIC = 'Kaydara FBX Binary  \0';
const ENDIAN_BYTE = 22;
const VERSION_AT = 23;
const FIRST_NODE_AT = 27;
const WIDE_SINCE = 7500;
/** Real files nest below ten; a file that nests deeper is hostile. */
const DEEPEST = 64;
/** No array of a real file comes near this; a file that claims more lies. */
const LARGEST_ARRAY_BYTES = 1 << 30;

export const isBinaryFbx = (bytes: Uint8Array): boolean => MAGIC_BYTES.every((byte, i) => bytes[i] === byte);
const MAGIC_BYTES = Array.from(MAGIC, (letter) => letter.charCodeAt(0));

interface Reader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly little: boolean;
  readonly wide: boolean;
  readonly file: string;
  readonly decode: (bytes: Uint8Array) => string;
}

/**
 * Parses a binary FBX file, little or big endian, with 32- or 64-bit node headers.
 *
 * @throws GaitwayError `fbx/damaged` with the byte offset at which the file stops making sense.
 */
export function parseBinaryFbx(bytes: Uint8Array, file: string): FbxTree {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < FIRST_NODE_AT) throw damaged(file, bytes.length, 'the file ends inside its header');
  const little = bytes[ENDIAN_BYTE] !== 1;
  const version = view.getUint32(VERSION_AT, little);
  const decoder = new TextDecoder('utf-8');
  const reader: Reader = {
    bytes,
    view,
    little,
    wide: version >= WIDE_SINCE,
    file,
    decode: (part) => decoder.decode(part),
  };
  const nodes: FbxNode[] = [];
  let at = FIRST_NODE_AT;
  while (at < bytes.length) {
    const read = readNode(reader, at, 0);
    if (!read) break;
    nodes.push(read.node);
    at = read.end;
  }
  return { version, encoding: 'binary', nodes };
}

function damaged(file: string, offset: number, what: string): GaitwayError {
  return new GaitwayError(
    'fbx/damaged',
    `${file}: damaged at byte ${offset}: ${what}. Export the file again.`,
    {
      file,
      offset,
    },
  );
}

/** A node and where it ends; nothing for the null record that ends a list. */
function readNode(reader: Reader, at: number, depth: number): { node: FbxNode; end: number } | undefined {
  const { bytes, view, little, wide, file } = reader;
  const headSize = wide ? 25 : 13;
  if (depth > DEEPEST) throw damaged(file, at, `nodes are nested more than ${DEEPEST} deep`);
  if (at + headSize > bytes.length) throw damaged(file, at, 'the file ends inside a node header');
  const size = (offset: number): number =>
    wide ? Number(view.getBigUint64(at + 8 * offset, little)) : view.getUint32(at + 4 * offset, little);
  const [end, valueCount, valueBytes] = [size(0), size(1), size(2)];
  const nameLength = bytes[at + headSize - 1];
  if (end === 0) return undefined;
  const nameEnd = at + headSize + nameLength;
  const valuesEnd = nameEnd + valueBytes;
  if (!(end > at && end <= bytes.length && valuesEnd <= end)) {
    throw damaged(file, at, `a node says that it ends at byte ${end} of ${bytes.length}`);
  }
  const name = reader.decode(bytes.subarray(at + headSize, nameEnd));
  const values: FbxValue[] = [];
  let place = nameEnd;
  for (let v = 0; v < valueCount; v++) {
    if (place >= valuesEnd)
      throw damaged(file, place, `node "${name}" promises ${valueCount} values and holds ${v}`);
    const read = readValue(reader, place, valuesEnd);
    values.push(read.value);
    place = read.end;
  }
  const children: FbxNode[] = [];
  for (place = valuesEnd; place < end; ) {
    const child = readNode(reader, place, depth + 1);
    if (!child) break;
    children.push(child.node);
    place = child.end;
  }
  return { node: { name, values, children }, end };
}

function readValue(reader: Reader, at: number, limit: number): { value: FbxValue; end: number } {
  const { bytes, view, little, file, decode } = reader;
  const kind = String.fromCharCode(bytes[at]);
  const start = at + 1;
  const need = (size: number): number => {
    if (start + size > limit)
      throw damaged(file, at, `a value of type ${kind} runs over the end of its node`);
    return start + size;
  };
  switch (kind) {
    case 'Y':
      return { end: need(2), value: view.getInt16(start, little) };
    case 'C':
      return { end: need(1), value: (bytes[start] & 1) === 1 };
    case 'Z':
      return { end: need(1), value: view.getInt8(start) };
    case 'I':
      return { end: need(4), value: view.getInt32(start, little) };
    case 'F':
      return { end: need(4), value: view.getFloat32(start, little) };
    case 'D':
      return { end: need(8), value: view.getFloat64(start, little) };
    case 'L':
      return { end: need(8), value: view.getBigInt64(start, little) };
    case 'S':
    case 'R': {
      need(4);
      const end = need(4 + view.getUint32(start, little));
      const content = bytes.subarray(start + 4, end);
      return { end, value: kind === 'S' ? decode(content) : content };
    }
    case 'f':
    case 'd':
    case 'l':
    case 'i':
    case 'b':
    case 'c':
      return readArray(reader, kind, at, limit);
    default:
      throw damaged(file, at, `a value has the unknown type "${kind}"`);
  }
}

const ELEMENT_BYTES = { f: 4, d: 8, l: 8, i: 4, b: 1, c: 1 } as const;

function readArray(
  reader: Reader,
  kind: keyof typeof ELEMENT_BYTES,
  at: number,
  limit: number,
): { value: FbxValue; end: number } {
  const { bytes, view, little, file } = reader;
  if (at + 13 > limit) throw damaged(file, at, 'an array header runs over the end of its node');
  const count = view.getUint32(at + 1, little);
  const packed = view.getUint32(at + 5, little) === 1;
  const storedBytes = view.getUint32(at + 9, little);
  const wantedBytes = count * ELEMENT_BYTES[kind];
  const end = at + 13 + (packed ? storedBytes : wantedBytes);
  if (end > limit || wantedBytes > LARGEST_ARRAY_BYTES) {
    throw damaged(file, at, `an array of ${count} values runs over the end of its node`);
  }
  let content = bytes.subarray(at + 13, end);
  if (packed) {
    try {
      content = unzlibSync(content, { out: new Uint8Array(wantedBytes) });
    } catch (cause) {
      throw new GaitwayError(
        'fbx/damaged',
        `${file}: the packed array at byte ${at} cannot be unpacked.`,
        { file, offset: at },
        cause,
      );
    }
    if (content.length !== wantedBytes)
      throw damaged(file, at, `a packed array holds ${content.length} of ${wantedBytes} bytes`);
  }
  return { value: typedArray(kind, content, count, little), end };
}

function typedArray(
  kind: keyof typeof ELEMENT_BYTES,
  content: Uint8Array,
  count: number,
  little: boolean,
): FbxValue {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  switch (kind) {
    case 'f':
      return Float32Array.from({ length: count }, (_, i) => view.getFloat32(4 * i, little));
    case 'd':
      return Float64Array.from({ length: count }, (_, i) => view.getFloat64(8 * i, little));
    case 'i':
      return Int32Array.from({ length: count }, (_, i) => view.getInt32(4 * i, little));
    case 'l': {
      const out = new BigInt64Array(count);
      for (let i = 0; i < count; i++) out[i] = view.getBigInt64(8 * i, little);
      return out;
    }
    default:
      return content.slice();
  }
}
