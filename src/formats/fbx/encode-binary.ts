import { zlibSync } from 'fflate';

/** A value with the type that it takes in the file; plain numbers are float64. */
export type WrittenValue =
  | string
  | boolean
  | bigint
  | number
  | { readonly int: number }
  | Uint8Array
  | Int32Array
  | Float32Array
  | Float64Array
  | BigInt64Array;

/** A node to write. */
export interface WrittenNode {
  readonly name: string;
  readonly values: readonly WrittenValue[];
  readonly children: readonly WrittenNode[];
}

/** Objects with the connections that hold them. */
export interface FbxPart {
  readonly objects: readonly WrittenNode[];
  readonly connections: readonly WrittenNode[];
}

export const int = (value: number): { readonly int: number } => ({ int: value });

export const node = (
  name: string,
  values: readonly WrittenValue[] = [],
  children: readonly WrittenNode[] = [],
): WrittenNode => ({
  name,
  values,
  children,
});

const VERSION = 7400;
const HEADER_BYTES = 27;
const NODE_HEADER_BYTES = 13;
/** Shorter arrays do not gain by packing. */
const PACK_ABOVE_BYTES = 256;

/** These three belong together: readers of Autodesk's check one against the others and open nothing where they differ. */
export const CREATION_TIME = '1970-01-01 10:00:00:000';
export const FILE_ID = hex('28b32aebb624ccc2bfc8b02aa92bfcf1');
const FOOTER_ID = hex('fabcab09d0c8d466b176fb831cf7267e');
const FOOTER_END = hex('f85a8c6adef5d97eece90ce3758f290b');

function hex(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Bytes that grow. */
class Sink {
  private bytes = new Uint8Array(1 << 16);
  private view = new DataView(this.bytes.buffer);
  length = 0;
  private readonly encoder = new TextEncoder();

  private room(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.bytes.length) {
      const grown = new Uint8Array(Math.max(this.length, 2 * this.bytes.length));
      grown.set(this.bytes);
      this.bytes = grown;
      this.view = new DataView(grown.buffer);
    }
    return at;
  }

  // Room first: growing replaces the view.
  u8(value: number): void {
    const at = this.room(1);
    this.view.setUint8(at, value);
  }
  u32(value: number): void {
    const at = this.room(4);
    this.view.setUint32(at, value, true);
  }
  i32(value: number): void {
    const at = this.room(4);
    this.view.setInt32(at, value, true);
  }
  i64(value: bigint): void {
    const at = this.room(8);
    this.view.setBigInt64(at, value, true);
  }
  f64(value: number): void {
    const at = this.room(8);
    this.view.setFloat64(at, value, true);
  }
  setU32(at: number, value: number): void {
    this.view.setUint32(at, value, true);
  }
  raw(values: Uint8Array): void {
    const at = this.room(values.length);
    this.bytes.set(values, at);
  }
  text(value: string): Uint8Array {
    return this.encoder.encode(value);
  }
  zeros(count: number): void {
    this.room(count);
  }
  take(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}

/** A whole file of version 7400 from its top nodes. */
export function encodeBinaryFbx(nodes: readonly WrittenNode[]): Uint8Array {
  const sink = new Sink();
  sink.raw(sink.text('Kaydara FBX Binary  '));
  sink.raw(Uint8Array.from([0, 0x1a, 0]));
  sink.u32(VERSION);
  if (sink.length !== HEADER_BYTES) throw new RangeError('the header has a fixed size');
  for (const each of nodes) writeNode(sink, each);
  sink.zeros(NODE_HEADER_BYTES);
  sink.raw(FOOTER_ID);
  sink.zeros(4);
  // A full row of padding where the end is aligned already.
  sink.zeros(16 - (sink.length % 16));
  sink.u32(VERSION);
  sink.zeros(120);
  sink.raw(FOOTER_END);
  return sink.take();
}

function writeNode(sink: Sink, { name, values, children }: WrittenNode): void {
  const start = sink.length;
  sink.zeros(NODE_HEADER_BYTES - 1);
  const nameBytes = sink.text(name);
  sink.u8(nameBytes.length);
  sink.raw(nameBytes);
  const valuesStart = sink.length;
  for (const value of values) writeValue(sink, value);
  const valuesEnd = sink.length;
  for (const child of children) writeNode(sink, child);
  if (children.length > 0 || values.length === 0) sink.zeros(NODE_HEADER_BYTES);
  sink.setU32(start, sink.length);
  sink.setU32(start + 4, values.length);
  sink.setU32(start + 8, valuesEnd - valuesStart);
}

const letter = (value: string): number => value.charCodeAt(0);

function writeValue(sink: Sink, value: WrittenValue): void {
  if (typeof value === 'string' || value instanceof Uint8Array) {
    const bytes = typeof value === 'string' ? sink.text(value) : value;
    sink.u8(letter(typeof value === 'string' ? 'S' : 'R'));
    sink.u32(bytes.length);
    sink.raw(bytes);
  } else if (typeof value === 'boolean') {
    sink.u8(letter('C'));
    sink.u8(value ? 1 : 0);
  } else if (typeof value === 'bigint') {
    sink.u8(letter('L'));
    sink.i64(value);
  } else if (typeof value === 'number') {
    sink.u8(letter('D'));
    sink.f64(value);
  } else if ('int' in value) {
    sink.u8(letter('I'));
    sink.i32(value.int);
  } else {
    writeArray(sink, value);
  }
}

function writeArray(sink: Sink, values: Int32Array | Float32Array | Float64Array | BigInt64Array): void {
  const kind =
    values instanceof Int32Array
      ? 'i'
      : values instanceof Float32Array
        ? 'f'
        : values instanceof Float64Array
          ? 'd'
          : 'l';
  const plain = littleEndianBytes(values);
  const packed = plain.length > PACK_ABOVE_BYTES ? zlibSync(plain, { level: 1 }) : undefined;
  sink.u8(letter(kind));
  sink.u32(values.length);
  sink.u32(packed ? 1 : 0);
  sink.u32((packed ?? plain).length);
  sink.raw(packed ?? plain);
}

function littleEndianBytes(values: Int32Array | Float32Array | Float64Array | BigInt64Array): Uint8Array {
  const bytes = new Uint8Array(values.byteLength);
  const view = new DataView(bytes.buffer);
  const size = values.BYTES_PER_ELEMENT;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value === 'bigint') view.setBigInt64(size * i, value, true);
    else if (values instanceof Int32Array) view.setInt32(size * i, value, true);
    else if (values instanceof Float32Array) view.setFloat32(size * i, value, true);
    else view.setFloat64(size * i, value, true);
  }
  return bytes;
}
