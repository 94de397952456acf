/** Clip files whose content hash fits, so that what is behind it is reached. */
import { sha256 } from '../../../dist/math/sha256.js';
import { JSON_MUTATORS, nestDeep } from './json.mjs';
import { chance, few, NASTY_NUMBERS, pick } from './pick.mjs';

const PREFIX = 16;
const HASH_AT = PREFIX + '{"contentHash":"'.length;
const DOUBLES = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, -1e300, 5e-324, 0, 2];

const split = (bytes) => {
  const dataAt = PREFIX + bytes.readUInt32LE(8);
  return {
    prefix: bytes.subarray(0, PREFIX),
    json: JSON.parse(bytes.toString('utf8', PREFIX, dataAt)),
    data: bytes.subarray(dataAt),
  };
};

function join({ prefix, data }, text) {
  const header = Buffer.from(text.replace(/^\{"contentHash":"[^"]*"/, `{"contentHash":"${'0'.repeat(64)}"`));
  const room = Math.ceil(header.length / 16) * 16;
  const out = Buffer.concat([prefix, header, Buffer.alloc(room - header.length, 0x20), data]);
  out.writeUInt32LE(room, 8);
  out.write(sha256(out), HASH_AT, 'latin1');
  return out;
}

const inHeader = (mutate) => (bytes, random) => {
  const parts = split(bytes);
  mutate(parts.json, random);
  return join(parts, JSON.stringify(parts.json));
};

export const GWCLIP_MUTATORS = {
  ...Object.fromEntries(Object.entries(JSON_MUTATORS).map(([name, mutate]) => [name, inHeader(mutate)])),
  'shapes lie': inHeader(({ arrays }, random) => {
    const array = pick(random, arrays);
    if (chance(random, 0.3)) array.offset = pick(random, NASTY_NUMBERS);
    else array.shape[random.below(array.shape.length)] = pick(random, NASTY_NUMBERS);
    if (chance(random, 0.3)) array.type = 'float32';
  }),
  'parents in a ring': inHeader(({ skeleton }, random) => {
    for (let n = few(random, 3); n > 0; n--)
      pick(random, skeleton.joints).parent = random.below(skeleton.joints.length + 1) - 1;
  }),
  'JSON nested deep': (bytes, random) => {
    const parts = split(bytes);
    return join(parts, nestDeep(JSON.stringify(parts.json), random));
  },
  'numbers spoilt': (bytes, random) => {
    const parts = split(bytes);
    const data = Buffer.from(parts.data);
    for (let n = few(random, 20); n > 0 && data.length >= 8; n--)
      data.writeDoubleLE(pick(random, DOUBLES), 8 * random.below(Math.floor(data.length / 8)));
    return join({ ...parts, data }, JSON.stringify(parts.json));
  },
};
