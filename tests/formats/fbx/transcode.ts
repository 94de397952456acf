import { unzlibSync } from 'fflate';

const HEAD_BYTES = 27;
const ELEMENT_BYTES = { f: 4, d: 8, l: 8, i: 4, b: 1, c: 1 } as const;
const SCALAR_BYTES = { Y: 2, C: 1, Z: 1, I: 4, F: 4, D: 8, L: 8 } as const;

export interface Dialect {
  /** 7500 and newer have node headers of 64-bit numbers. */
  readonly version: number;
  readonly bigEndian: boolean;
  /** Arrays are left deflated, or stand plain. */
  readonly plainArrays: boolean;
}

/** A little-endian file of version 7400 in another dialect of the binary format. */
export function transcode(bytes: Uint8Array, dialect: Dialect): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = Uint8Array.from(bytes.subarray(0, HEAD_BYTES));
  if (dialect.bigEndian) head[22] = 1;
  new DataView(head.buffer).setUint32(23, dialect.version, !dialect.bigEndian);
  const parts: Uint8Array[] = [head];
  let at = HEAD_BYTES;
  let length = HEAD_BYTES;
  while (view.getUint32(at, true) !== 0) {
    const { node, end } = nodeAt(bytes, view, at, length, dialect);
    parts.push(node);
    length += node.length;
    at = end;
  }
  parts.push(new Uint8Array(headSize(dialect)));
  return join(parts);
}

const headSize = ({ version }: Dialect): number => (version >= 7500 ? 25 : 13);

/** The node at a place, as it stands at `start` of the new file. */
function nodeAt(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  start: number,
  dialect: Dialect,
): { node: Uint8Array; end: number } {
  const [end, count, valueBytes] = [0, 4, 8].map((k) => view.getUint32(at + k, true));
  const nameBytes = bytes[at + 12];
  const valuesAt = at + 13 + nameBytes;
  const values: Uint8Array[] = [];
  for (let place = valuesAt; place < valuesAt + valueBytes; ) {
    const read = valueAt(bytes, view, place, dialect);
    values.push(read.value);
    place = read.end;
  }
  const name = bytes.subarray(at + 12, valuesAt);
  const head = new Uint8Array(headSize(dialect) - 1);
  const stored = join(values);
  const children: Uint8Array[] = [];
  let length = start + head.length + name.length + stored.length;
  for (let place = valuesAt + valueBytes; place < end; ) {
    if (view.getUint32(place, true) === 0) {
      children.push(new Uint8Array(headSize(dialect)));
      length += headSize(dialect);
      break;
    }
    const child = nodeAt(bytes, view, place, length, dialect);
    children.push(child.node);
    length += child.node.length;
    place = child.end;
  }
  const out = new DataView(head.buffer);
  [length, count, stored.length].forEach((value, k) => {
    if (dialect.version >= 7500) out.setBigUint64(8 * k, BigInt(value), !dialect.bigEndian);
    else out.setUint32(4 * k, value, !dialect.bigEndian);
  });
  return { node: join([head, name, stored, ...children]), end };
}

function valueAt(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  { bigEndian, plainArrays }: Dialect,
): { value: Uint8Array; end: number } {
  const kind = String.fromCharCode(bytes[at]);
  const turn = (part: Uint8Array, size: number): Uint8Array => (bigEndian ? reversed(part, size) : part);
  if (kind in SCALAR_BYTES) {
    const size = SCALAR_BYTES[kind as keyof typeof SCALAR_BYTES];
    return {
      value: join([bytes.subarray(at, at + 1), turn(bytes.subarray(at + 1, at + 1 + size), size)]),
      end: at + 1 + size,
    };
  }
  if (kind === 'S' || kind === 'R') {
    const end = at + 5 + view.getUint32(at + 1, true);
    return {
      value: join([
        bytes.subarray(at, at + 1),
        turn(bytes.subarray(at + 1, at + 5), 4),
        bytes.subarray(at + 5, end),
      ]),
      end,
    };
  }
  const [count, packed, size] = [1, 5, 9].map((k) => view.getUint32(at + k, true));
  const end = at + 13 + size;
  const content = bytes.subarray(at + 13, end);
  const plain = packed === 1 && (plainArrays || bigEndian) ? unzlibSync(content) : content;
  const facts = new Uint8Array(12);
  const out = new DataView(facts.buffer);
  [count, plain === content ? packed : 0, plain.length].forEach((value, k) => {
    out.setUint32(4 * k, value, !bigEndian);
  });
  const element = ELEMENT_BYTES[kind as keyof typeof ELEMENT_BYTES];
  return { value: join([bytes.subarray(at, at + 1), facts, turn(plain, element)]), end };
}

function reversed(bytes: Uint8Array, size: number): Uint8Array {
  return Uint8Array.from(bytes, (_, i) => bytes[i - (i % size) + size - 1 - (i % size)]);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
