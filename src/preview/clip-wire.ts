import type { Clip } from '../clip/index.js';

const LENGTH_BYTES = 4;

/** A clip as one message: header length, JSON header padded to 4 bytes, then float32 arrays in the header's order. */
export function encodeClip(clip: Clip): Uint8Array {
  const { rotations, translations, scales: _scales, curves, ...rest } = clip;
  const header = { ...rest, curves: curves.map((curve) => curve.name) };
  let json = JSON.stringify(header);
  json = json.padEnd(json.length + (4 - (new TextEncoder().encode(json).length % 4)));
  const head = new TextEncoder().encode(json);
  const arrays = [rotations, translations, ...curves.map((curve) => curve.values)];
  const size = arrays.reduce((sum, values) => sum + 4 * values.length, LENGTH_BYTES + head.length);
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, head.length, true);
  bytes.set(head, LENGTH_BYTES);
  let at = LENGTH_BYTES + head.length;
  for (const values of arrays) {
    new Float32Array(bytes.buffer, at, values.length).set(values);
    at += 4 * values.length;
  }
  return bytes;
}

/** Inverse of `encodeClip`, to float32. */
export function decodeClip(bytes: Uint8Array): Clip {
  const { buffer, byteOffset } = bytes;
  const length = new DataView(buffer, byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length)));
  let at = byteOffset + LENGTH_BYTES + length;
  const take = (count: number): Float64Array => {
    const values = Float64Array.from(new Float32Array(buffer, at, count));
    at += 4 * count;
    return values;
  };
  const joints = header.skeleton.joints.length;
  const rotations = take(4 * joints * header.frameCount);
  const translations = take(3 * joints * header.frameCount);
  const curves = header.curves.map((name: string) => ({ name, values: take(header.frameCount) }));
  return { ...header, rotations, translations, curves };
}
