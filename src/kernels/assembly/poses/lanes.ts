// Turns and places of two frames at once: a vector holds one number of both, so a turn takes four and a place three.
//
// All of it is compiled into its callers. Decorators of functions are AssemblyScript's alone, so Biome does not read this file.

import { series } from './block';

/** Bytes of a turn and of a place. */
export const TURN_BYTES: usize = 64;
export const PLACE_BYTES: usize = 48;
/** Bytes of a joint's turns and places in all frames of a block. */
export const TURN_LANES: usize = 8 * TURN_BYTES;
export const PLACE_LANES: usize = 8 * PLACE_BYTES;

/** Where the turn of frame `f` and the next lies among those of a joint; `f` is even. */
@inline
export function turnLane(f: i32): usize {
  return (<usize>f) << 5;
}

@inline
export function placeLane(f: i32): usize {
  return <usize>f * 24;
}

/** The same for one number. */
@inline
export function numberLane(f: i32): usize {
  return (<usize>f) << 3;
}

/** Reads a turn from rows of two frames. */
@inline
export function readTurn(first: usize, second: usize, out: usize): void {
  const a = v128.load(first);
  const b = v128.load(second);
  const c = v128.load(first, 16);
  const d = v128.load(second, 16);
  v128.store(out, v128.shuffle<f64>(a, b, 0, 2));
  v128.store(out, v128.shuffle<f64>(a, b, 1, 3), 16);
  v128.store(out, v128.shuffle<f64>(c, d, 0, 2), 32);
  v128.store(out, v128.shuffle<f64>(c, d, 1, 3), 48);
}

/** Writes a turn to rows of two frames. */
@inline
export function writeTurn(turn: usize, first: usize, second: usize): void {
  const x = v128.load(turn);
  const y = v128.load(turn, 16);
  const z = v128.load(turn, 32);
  const w = v128.load(turn, 48);
  v128.store(first, v128.shuffle<f64>(x, y, 0, 2));
  v128.store(first, v128.shuffle<f64>(z, w, 0, 2), 16);
  v128.store(second, v128.shuffle<f64>(x, y, 1, 3));
  v128.store(second, v128.shuffle<f64>(z, w, 1, 3), 16);
}

@inline
export function readNumber(first: usize, second: usize): v128 {
  return v128.load64_lane(second, v128.load64_zero(first), 1);
}

@inline
export function readPlace(first: usize, second: usize, out: usize): void {
  v128.store(out, readNumber(first, second));
  v128.store(out, readNumber(first + 8, second + 8), 16);
  v128.store(out, readNumber(first + 16, second + 16), 32);
}

@inline
export function writePlace(place: usize, first: usize, second: usize): void {
  for (let k: usize = 0; k < 3; k++) {
    const number = v128.load(place + (k << 4));
    v128.store64_lane(first + (k << 3), number, 0);
    v128.store64_lane(second + (k << 3), number, 1);
  }
}

/** Writes a turn of one frame, xy and zw, on the side of the one before, whose place it takes; gives the inner product of both. */
@inline
export function writeBeside(before: usize, xy: v128, zw: v128, out: usize): f64 {
  const inner = sumOfLanes(
    f64x2.add(f64x2.mul(xy, v128.load(before)), f64x2.mul(zw, v128.load(before, 16))),
  );
  const start = inner < 0 ? f64x2.neg(xy) : xy;
  const end = inner < 0 ? f64x2.neg(zw) : zw;
  v128.store(out, start);
  v128.store(out, end, 16);
  v128.store(before, start);
  v128.store(before, end, 16);
  return inner;
}

/** The same turn or place, of `vectors` numbers, for both frames. */
@inline
export function spread(numbers: usize, vectors: usize, out: usize): void {
  for (let k: usize = 0; k < vectors; k++) v128.store(out + (k << 4), v128.load64_splat(numbers + (k << 3)));
}

@inline
function product(
  ax: v128,
  ay: v128,
  az: v128,
  aw: v128,
  bx: v128,
  by: v128,
  bz: v128,
  bw: v128,
  out: usize,
): void {
  v128.store(
    out,
    f64x2.sub(
      f64x2.add(f64x2.add(f64x2.mul(aw, bx), f64x2.mul(ax, bw)), f64x2.mul(ay, bz)),
      f64x2.mul(az, by),
    ),
  );
  v128.store(
    out,
    f64x2.add(
      f64x2.add(f64x2.sub(f64x2.mul(aw, by), f64x2.mul(ax, bz)), f64x2.mul(ay, bw)),
      f64x2.mul(az, bx),
    ),
    16,
  );
  v128.store(
    out,
    f64x2.add(
      f64x2.sub(f64x2.add(f64x2.mul(aw, bz), f64x2.mul(ax, by)), f64x2.mul(ay, bx)),
      f64x2.mul(az, bw),
    ),
    32,
  );
  v128.store(
    out,
    f64x2.sub(
      f64x2.sub(f64x2.sub(f64x2.mul(aw, bw), f64x2.mul(ax, bx)), f64x2.mul(ay, by)),
      f64x2.mul(az, bz),
    ),
    48,
  );
}

/** out = a · b */
@inline
export function multiply(a: usize, b: usize, out: usize): void {
  product(
    v128.load(a),
    v128.load(a, 16),
    v128.load(a, 32),
    v128.load(a, 48),
    v128.load(b),
    v128.load(b, 16),
    v128.load(b, 32),
    v128.load(b, 48),
    out,
  );
}

/** out = a · b, where b is the same in both frames: four numbers. */
@inline
export function multiplyBy(a: usize, b: usize, out: usize): void {
  product(
    v128.load(a),
    v128.load(a, 16),
    v128.load(a, 32),
    v128.load(a, 48),
    v128.load64_splat(b),
    v128.load64_splat(b, 8),
    v128.load64_splat(b, 16),
    v128.load64_splat(b, 24),
    out,
  );
}

/** out = a · b, where a is read from rows of two frames, and b is the same in both. */
@inline
export function readThenMultiplyBy(first: usize, second: usize, b: usize, out: usize): void {
  const start = v128.load(first);
  const other = v128.load(second);
  const end = v128.load(first, 16);
  const otherEnd = v128.load(second, 16);
  product(
    v128.shuffle<f64>(start, other, 0, 2),
    v128.shuffle<f64>(start, other, 1, 3),
    v128.shuffle<f64>(end, otherEnd, 0, 2),
    v128.shuffle<f64>(end, otherEnd, 1, 3),
    v128.load64_splat(b),
    v128.load64_splat(b, 8),
    v128.load64_splat(b, 16),
    v128.load64_splat(b, 24),
    out,
  );
}

/** out = a · b, where a is the same in both frames. */
@inline
export function multiplyOn(a: usize, b: usize, out: usize): void {
  product(
    v128.load64_splat(a),
    v128.load64_splat(a, 8),
    v128.load64_splat(a, 16),
    v128.load64_splat(a, 24),
    v128.load(b),
    v128.load(b, 16),
    v128.load(b, 32),
    v128.load(b, 48),
    out,
  );
}

/** out = a⁻¹ · b */
@inline
export function divide(a: usize, b: usize, out: usize): void {
  product(
    f64x2.neg(v128.load(a)),
    f64x2.neg(v128.load(a, 16)),
    f64x2.neg(v128.load(a, 32)),
    v128.load(a, 48),
    v128.load(b),
    v128.load(b, 16),
    v128.load(b, 32),
    v128.load(b, 48),
    out,
  );
}

@inline
export function innerProduct(a: usize, b: usize): v128 {
  const start = f64x2.add(f64x2.mul(v128.load(a), v128.load(b)), f64x2.mul(v128.load(a, 16), v128.load(b, 16)));
  return f64x2.add(
    f64x2.add(start, f64x2.mul(v128.load(a, 32), v128.load(b, 32))),
    f64x2.mul(v128.load(a, 48), v128.load(b, 48)),
  );
}

/** Changes the signs of a turn in the frames that `mask` marks. */
@inline
export function flip(turn: usize, mask: v128): void {
  const sign = v128.and(mask, f64x2.splat(-0.0));
  for (let k: usize = 0; k < TURN_BYTES; k += 16) v128.store(turn + k, v128.xor(v128.load(turn + k), sign));
}

/** out = a · u + b · v, of length 1. */
@inline
export function weighTurns(a: usize, u: v128, b: usize, v: v128, out: usize): void {
  const x = f64x2.add(f64x2.mul(v128.load(a), u), f64x2.mul(v128.load(b), v));
  const y = f64x2.add(f64x2.mul(v128.load(a, 16), u), f64x2.mul(v128.load(b, 16), v));
  const z = f64x2.add(f64x2.mul(v128.load(a, 32), u), f64x2.mul(v128.load(b, 32), v));
  const w = f64x2.add(f64x2.mul(v128.load(a, 48), u), f64x2.mul(v128.load(b, 48), v));
  const squares = f64x2.add(
    f64x2.add(f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y)), f64x2.mul(z, z)),
    f64x2.mul(w, w),
  );
  const scale = f64x2.div(f64x2.splat(1), f64x2.sqrt(squares));
  v128.store(out, f64x2.mul(x, scale));
  v128.store(out, f64x2.mul(y, scale), 16);
  v128.store(out, f64x2.mul(z, scale), 32);
  v128.store(out, f64x2.mul(w, scale), 48);
}

/** Twice the cross product's part a · b − c · d. */
@inline
function twice(a: v128, b: v128, c: v128, d: v128): v128 {
  return f64x2.mul(f64x2.splat(2), f64x2.sub(f64x2.mul(a, b), f64x2.mul(c, d)));
}

/** out = start + the place x y z turned by q, its numbers added up from left to right. */
@inline
function turned(
  qx: v128,
  qy: v128,
  qz: v128,
  qw: v128,
  x: v128,
  y: v128,
  z: v128,
  startX: v128,
  startY: v128,
  startZ: v128,
  out: usize,
): void {
  const tx = twice(qy, z, qz, y);
  const ty = twice(qz, x, qx, z);
  const tz = twice(qx, y, qy, x);
  v128.store(
    out,
    f64x2.sub(f64x2.add(f64x2.add(startX, f64x2.mul(qw, tx)), f64x2.mul(qy, tz)), f64x2.mul(qz, ty)),
  );
  v128.store(
    out,
    f64x2.sub(f64x2.add(f64x2.add(startY, f64x2.mul(qw, ty)), f64x2.mul(qz, tx)), f64x2.mul(qx, tz)),
    16,
  );
  v128.store(
    out,
    f64x2.sub(f64x2.add(f64x2.add(startZ, f64x2.mul(qw, tz)), f64x2.mul(qx, ty)), f64x2.mul(qy, tx)),
    32,
  );
}

/** out = origin + place turned by q. */
@inline
export function placeBeyond(q: usize, place: usize, origin: usize, out: usize): void {
  const x = v128.load(place);
  const y = v128.load(place, 16);
  const z = v128.load(place, 32);
  turned(
    v128.load(q),
    v128.load(q, 16),
    v128.load(q, 32),
    v128.load(q, 48),
    x,
    y,
    z,
    f64x2.add(v128.load(origin), x),
    f64x2.add(v128.load(origin, 16), y),
    f64x2.add(v128.load(origin, 32), z),
    out,
  );
}

/** out = place turned by q. */
@inline
export function rotate(q: usize, place: usize, out: usize): void {
  const x = v128.load(place);
  const y = v128.load(place, 16);
  const z = v128.load(place, 32);
  turned(v128.load(q), v128.load(q, 16), v128.load(q, 32), v128.load(q, 48), x, y, z, x, y, z, out);
}

/** out = place turned by q⁻¹. */
@inline
export function rotateBack(q: usize, place: usize, out: usize): void {
  const x = v128.load(place);
  const y = v128.load(place, 16);
  const z = v128.load(place, 32);
  turned(
    f64x2.neg(v128.load(q)),
    f64x2.neg(v128.load(q, 16)),
    f64x2.neg(v128.load(q, 32)),
    v128.load(q, 48),
    x,
    y,
    z,
    x,
    y,
    z,
    out,
  );
}

@inline
export function addPlaces(a: usize, b: usize, out: usize): void {
  for (let k: usize = 0; k < 48; k += 16) v128.store(out + k, f64x2.add(v128.load(a + k), v128.load(b + k)));
}

@inline
export function subtractPlaces(a: usize, b: usize, out: usize): void {
  for (let k: usize = 0; k < 48; k += 16) v128.store(out + k, f64x2.sub(v128.load(a + k), v128.load(b + k)));
}

/** The sum of the vectors of a turn or place, in no order that matters. */
@inline
export function sumOf(at: usize, vectors: usize): v128 {
  let sum = v128.load(at);
  for (let k: usize = 1; k < vectors; k++) sum = f64x2.add(sum, v128.load(at + (k << 4)));
  return sum;
}

@inline
export function sumOfLanes(sum: v128): f64 {
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

const TERM_BYTES: usize = 16;
const SERIES_BYTES: usize = 8 * TERM_BYTES;

/** √((1 + cosine) / 2): the cosine of half an angle. */
@inline
export function halfCosine(cosine: v128): v128 {
  return f64x2.sqrt(f64x2.mul(f64x2.add(f64x2.splat(1), cosine), f64x2.splat(0.5)));
}

/** The value of a polynomial for both frames; its coefficients are the same, that of the highest power first. */
@inline
export function shareOf(coefficients: usize, at: v128): v128 {
  let sum = v128.load64_splat(coefficients);
  for (let k: usize = 8; k <= SERIES_BYTES / 2; k += 8)
    sum = f64x2.add(f64x2.mul(sum, at), v128.load64_splat(coefficients + k));
  return sum;
}

/** sin(share · θ) / share, but for a factor that depends on θ alone; `quarter` is the cosine of θ / 4. */
@inline
export function sineShare(quarter: v128, share: v128): v128 {
  const one = f64x2.splat(1);
  const squared = f64x2.mul(f64x2.mul(f64x2.splat(16), share), share);
  const less = f64x2.sub(quarter, one);
  let sum = one;
  for (let at: usize = 0; at < SERIES_BYTES; at += TERM_BYTES) {
    const term = f64x2.mul(
      f64x2.sub(squared, v128.load64_splat(series + at)),
      v128.load64_splat(series + at, 8),
    );
    sum = f64x2.add(one, f64x2.mul(sum, f64x2.mul(less, term)));
  }
  return sum;
}
