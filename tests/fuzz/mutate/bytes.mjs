/** Damage of any file: what disks, networks and editors that know nothing of the format do to bytes. */
import { few, pick, span } from './pick.mjs';

const TRICKY_BYTES = [0, 1, 9, 10, 13, 32, 34, 44, 45, 46, 48, 57, 91, 93, 101, 123, 125, 127, 128, 254, 255];
const WORDS = [
  0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffff0, 0x10000, 0x7fc00000, 0x7f800000, 0xff800000,
];

export const BYTE_MUTATORS = {
  'bits flipped': (bytes, random) => {
    const out = Buffer.from(bytes);
    for (let n = few(random, 16); n > 0 && out.length > 0; n--)
      out[random.below(out.length)] ^= 1 << random.below(8);
    return out;
  },
  'bytes set': (bytes, random) => {
    const out = Buffer.from(bytes);
    for (let n = few(random, 16); n > 0 && out.length > 0; n--)
      out[random.below(out.length)] = pick(random, TRICKY_BYTES);
    return out;
  },
  'word set': (bytes, random) => {
    const out = Buffer.from(bytes);
    if (out.length >= 4) out.writeUInt32LE(pick(random, WORDS), random.below(out.length - 3));
    return out;
  },
  'cut off': (bytes, random) => Buffer.from(bytes.subarray(0, random.below(bytes.length + 1))),
  'part left out': (bytes, random) => {
    const [from, to] = span(random, bytes.length);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  'part doubled': (bytes, random) => {
    const [from, to] = span(random, bytes.length);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  'part moved': (bytes, random) => {
    const [from, to] = span(random, bytes.length);
    const rest = Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
    const at = random.below(rest.length + 1);
    return Buffer.concat([rest.subarray(0, at), bytes.subarray(from, to), rest.subarray(at)]);
  },
  'noise put in': (bytes, random) => {
    const at = random.below(bytes.length + 1);
    const noise = Buffer.from(Array.from({ length: few(random, 64) }, () => random.below(256)));
    return Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)]);
  },
  'zeros written over': (bytes, random) => {
    const out = Buffer.from(bytes);
    const [from, to] = span(random, out.length);
    return out.fill(0, from, to);
  },
};
