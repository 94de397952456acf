/** Damage that knows nothing of a format: flipped bits, cut and doubled blocks, lying lengths, odd floats. */

const TRICKY = [0, 1, 9, 10, 13, 32, 34, 44, 45, 46, 48, 57, 58, 59, 91, 93, 101, 123, 125, 127, 128, 255];
const LENGTHS = [0, 1, 0x7f, 0xff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff];
const FLOATS = [Number.NaN, Number.POSITIVE_INFINITY, -1e38, 1e-40, 0, -0];

const pick = (random, list) => list[random.below(list.length)];

/** One of the ways below, done to a copy. */
export function mutateBytes(bytes, random) {
  return pick(random, WAYS)(Uint8Array.from(bytes), random);
}

const WAYS = [flipBits, setBytes, cut, remove, double, lieAboutLength, oddFloat, zero, insertNoise];

function flipBits(bytes, random) {
  for (let n = 1 + random.below(8); n > 0; n--) bytes[random.below(bytes.length)] ^= 1 << random.below(8);
  return bytes;
}

function setBytes(bytes, random) {
  for (let n = 1 + random.below(6); n > 0; n--) bytes[random.below(bytes.length)] = pick(random, TRICKY);
  return bytes;
}

function cut(bytes, random) {
  return bytes.slice(0, random.below(bytes.length));
}

/** A place and a length inside of the bytes, mostly short. */
function block(bytes, random) {
  const from = random.below(bytes.length);
  const most = random.below(4) === 0 ? bytes.length - from : Math.min(64, bytes.length - from);
  return [from, from + 1 + random.below(most)];
}

function remove(bytes, random) {
  const [from, to] = block(bytes, random);
  return join(bytes.subarray(0, from), bytes.subarray(to));
}

function double(bytes, random) {
  const [from, to] = block(bytes, random);
  const at = random.below(2) === 0 ? to : random.below(bytes.length);
  return join(bytes.subarray(0, at), bytes.subarray(from, to), bytes.subarray(at));
}

function zero(bytes, random) {
  const [from, to] = block(bytes, random);
  return bytes.fill(pick(random, [0, 255]), from, to);
}

function lieAboutLength(bytes, random) {
  if (bytes.length < 8) return bytes;
  const view = new DataView(bytes.buffer);
  const value = random.below(3) === 0 ? bytes.length + random.below(9) - 4 : pick(random, LENGTHS);
  view.setUint32(random.below(bytes.length - 4), value >>> 0, random.below(8) !== 0);
  return bytes;
}

function oddFloat(bytes, random) {
  if (bytes.length < 16) return bytes;
  const view = new DataView(bytes.buffer);
  // Aligned, as the floats of most formats are.
  const at = 4 * random.below(Math.floor(bytes.length / 4) - 2);
  if (random.below(2) === 0) view.setFloat32(at, pick(random, FLOATS), true);
  else view.setFloat64(at, pick(random, FLOATS), true);
  return bytes;
}

function insertNoise(bytes, random) {
  const at = random.below(bytes.length);
  const noise = Uint8Array.from({ length: 1 + random.below(64) }, () => random.below(256));
  return join(bytes.subarray(0, at), noise, bytes.subarray(at));
}

export function join(...parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
