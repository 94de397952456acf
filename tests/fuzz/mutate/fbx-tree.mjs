/** Binary FBX as a tree that can be changed and written again, with every length told so that it can be made to lie. */
import { deflateSync, inflateSync } from 'node:zlib';

const SCALAR_BYTES = { B: 1, C: 1, Y: 2, I: 4, F: 4, D: 8, L: 8, Z: 1 };
export const ELEMENT_BYTES = { b: 1, c: 1, i: 4, f: 4, d: 8, l: 8 };

export const isBinary = (bytes) => bytes.toString('latin1', 0, 18) === 'Kaydara FBX Binary';

/** `{head, wide, nodes, tail}`; nodes are `{name, values, children}`, values `{type, bytes}`. */
export function readTree(bytes) {
  const wide = bytes.readUInt32LE(23) >= 7500;
  const size = (at) => (wide ? Number(bytes.readBigUInt64LE(at)) : bytes.readUInt32LE(at));
  const word = wide ? 8 : 4;

  function readValue(at) {
    const type = String.fromCharCode(bytes[at]);
    const from = at + 1;
    if (type in SCALAR_BYTES) {
      const end = from + SCALAR_BYTES[type];
      return { value: { type, bytes: bytes.subarray(from, end) }, end };
    }
    const count = bytes.readUInt32LE(from);
    if (type === 'S' || type === 'R')
      return { value: { type, bytes: bytes.subarray(from + 4, from + 4 + count) }, end: from + 4 + count };
    const packed = bytes.readUInt32LE(from + 4) === 1;
    const end = from + 12 + bytes.readUInt32LE(from + 8);
    const raw = bytes.subarray(from + 12, end);
    return { value: { type, bytes: packed ? inflateSync(raw) : raw }, end };
  }

  function readList(from, until) {
    const nodes = [];
    let at = from;
    while (at < until) {
      const end = size(at);
      if (end === 0) break;
      const nameAt = at + 3 * word + 1;
      let valueAt = nameAt + bytes[nameAt - 1];
      const name = bytes.toString('latin1', nameAt, valueAt);
      const values = [];
      for (let n = size(at + word); n > 0; n--) {
        const { value, end: next } = readValue(valueAt);
        values.push(value);
        valueAt = next;
      }
      nodes.push({ name, values, children: valueAt < end ? readList(valueAt, end).nodes : [] });
      at = end;
    }
    return { nodes, end: at };
  }

  const { nodes, end } = readList(27, bytes.length);
  return { head: bytes.subarray(0, 27), wide, nodes, tail: bytes.subarray(end) };
}

function valueBytes(value, lies) {
  const { type, bytes } = value;
  if (type in SCALAR_BYTES) return Buffer.concat([Buffer.from(type), bytes]);
  const head = Buffer.alloc(type in ELEMENT_BYTES ? 13 : 5);
  head.write(type);
  if (!(type in ELEMENT_BYTES)) {
    head.writeUInt32LE(value.count ?? bytes.length, 1);
    return Buffer.concat([head, bytes]);
  }
  const packed = bytes.length > 128 ? deflateSync(bytes, { level: 1 }) : undefined;
  const body = packed ?? bytes;
  const { count, encoding, length } = { ...value.lie, ...lies };
  head.writeUInt32LE(count ?? Math.floor(bytes.length / ELEMENT_BYTES[type]), 1);
  head.writeUInt32LE(encoding ?? (packed ? 1 : 0), 5);
  head.writeUInt32LE(length ?? body.length, 9);
  return Buffer.concat([head, body]);
}

/** The bytes of a tree, and where in them the lengths of nodes stand. No recursion: trees may be thousands deep. */
export function writeTree({ head, wide, nodes, tail }) {
  const word = wide ? 8 : 4;
  const parts = [head];
  const lengths = [];
  const patches = [];
  let at = head.length;
  const put = (bytes) => {
    parts.push(bytes);
    at += bytes.length;
  };
  const empty = Buffer.alloc(3 * word + 1);
  const work = [...nodes].reverse().map((node) => ({ node }));
  while (work.length > 0) {
    const { node, close } = work.pop();
    if (close) {
      put(empty);
      patches.push([close, at]);
      continue;
    }
    const values = Buffer.concat(node.values.map((value) => valueBytes(value)));
    const name = Buffer.from(node.name, 'latin1').subarray(0, 255);
    const begin = Buffer.alloc(3 * word + 1);
    const set = (offset, number) =>
      wide ? begin.writeBigUInt64LE(BigInt(number), offset) : begin.writeUInt32LE(number, offset);
    set(word, node.values.length);
    set(2 * word, values.length);
    begin[3 * word] = name.length;
    for (let k = 0; k < 3; k++) lengths.push(at + k * word);
    const started = at;
    put(begin);
    put(name);
    put(values);
    if (node.children.length === 0) patches.push([started, at]);
    else {
      work.push({ close: started });
      for (const child of [...node.children].reverse()) work.push({ node: child });
    }
  }
  const whole = Buffer.concat([...parts, tail]);
  for (const [offset, end] of patches) {
    if (wide) whole.writeBigUInt64LE(BigInt(end), offset);
    else whole.writeUInt32LE(end, offset);
  }
  return { bytes: whole, lengths, wide };
}
