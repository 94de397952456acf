import { join, mutateBytes } from './mutate-bytes.mjs';
import { mutateJson } from './mutate-json.mjs';

const JSON_CHUNK = 0x4e4f534a;
const BINARY_CHUNK = 0x004e4942;

/** Damage to a GLB's or glTF's JSON (cycles of nodes among it), or to the numbers in its buffer. */
export function mutateGlb(bytes, random) {
  const parts = split(bytes);
  if (!parts) return mutateBytes(bytes, random);
  const { json, binary } = parts;
  const way = random.below(6);
  let text = JSON.stringify(json);
  let buffer = binary;
  if (way === 0 && binary.length > 16) buffer = mutateBytes(binary, random).slice(0, binary.length);
  else if (way === 1) text = JSON.stringify(withCycle(json, random));
  else text = mutateJson(json, random);
  const encoded = new TextEncoder().encode(text);
  return parts.isGlb ? glb(encoded, buffer) : encoded;
}

function split(bytes) {
  try {
    if (bytes[0] === 123)
      return { json: JSON.parse(new TextDecoder().decode(bytes)), binary: new Uint8Array() };
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const length = view.getUint32(12, true);
    const json = JSON.parse(new TextDecoder().decode(bytes.subarray(20, 20 + length)));
    return { isGlb: true, json, binary: bytes.slice(20 + length + 8) };
  } catch {
    return undefined;
  }
}

function withCycle(json, random) {
  const copy = structuredClone(json);
  const nodes = Array.isArray(copy.nodes) ? copy.nodes : [];
  for (let n = 1 + random.below(3); n > 0 && nodes.length > 0; n--) {
    const node = nodes[random.below(nodes.length)];
    if (node && typeof node === 'object')
      node.children = [...(Array.isArray(node.children) ? node.children : []), random.below(nodes.length)];
  }
  return copy;
}

function glb(json, binary) {
  const padded = join(json, new Uint8Array((4 - (json.length % 4)) % 4).fill(32));
  const head = new Uint8Array(20);
  const view = new DataView(head.buffer);
  head.set(new TextEncoder().encode('glTF'));
  view.setUint32(4, 2, true);
  view.setUint32(8, 28 + padded.length + binary.length, true);
  view.setUint32(12, padded.length, true);
  view.setUint32(16, JSON_CHUNK, true);
  const binaryHead = new Uint8Array(8);
  const binaryView = new DataView(binaryHead.buffer);
  binaryView.setUint32(0, binary.length, true);
  binaryView.setUint32(4, BINARY_CHUNK, true);
  return join(head, padded, binaryHead, binary);
}
