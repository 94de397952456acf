import { sha256 } from '../../dist/math/sha256.js';
import { join, mutateBytes } from './mutate-bytes.mjs';
import { mutateJson } from './mutate-json.mjs';

const HEADER_AT = 16;
const HASH_AT = HEADER_AT + '{"contentHash":"'.length;

/** Damage to a .gwclip whose hash is made to fit again, so that what lies behind the hash is reached. */
export function mutateClipFile(bytes, random) {
  if (random.below(3) === 0) return mutateBytes(bytes, random);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(HEADER_AT, HEADER_AT + length)));
  let data = bytes.subarray(HEADER_AT + length);
  let text = JSON.stringify(header);
  if (random.below(2) === 0) data = mutateBytes(data, random);
  else text = mutateJson({ ...header, contentHash: '0'.repeat(64) }, random);
  const json = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 16) * 16));
  const head = Uint8Array.from(bytes.subarray(0, HEADER_AT));
  const whole = join(head, json, data);
  const view = new DataView(whole.buffer);
  view.setUint32(8, json.length, true);
  whole.fill(0x30, HASH_AT, HASH_AT + 64);
  whole.set(new TextEncoder().encode(sha256(whole)), HASH_AT);
  return whole;
}
