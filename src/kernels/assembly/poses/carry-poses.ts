import {
  givenPlaces,
  givenTurns,
  lanes,
  last,
  localPlaces,
  localTurns,
  numbers,
  places,
  sourceCount,
  sourceTurns,
  steps,
  targetCount,
  turns,
} from './block';
import {
  addPlaces,
  divide,
  halfCosine,
  multiplyBy,
  multiplyOn,
  PLACE_BYTES,
  readPlace,
  readTurn,
  rotate,
  rotateBack,
  sineShare,
  spread,
  subtractPlaces,
  sumOf,
  sumOfLanes,
  TURN_BYTES,
  writePlace,
  writeTurn,
} from './lanes';

// The values of TURN, ASKS, WORDS and NUMBERS in ../../pose-block.ts, places in bytes.
const FOLLOWS: i32 = 1;
const BLENDS: i32 = 2;
const GIVEN: i32 = 3;
const TWISTS_BEFORE: i32 = 4;
const PLACE: i32 = 1;
const GIVEN_PLACE: i32 = 2;
const MOVED_PLACE: i32 = 4;
const LOCAL_TURN: i32 = 8;
const LOCAL_PLACE: i32 = 16;
const WORLD: i32 = 32;
const STEP_BYTES: usize = 32;
const STEP_NUMBERS: usize = 128;
const OTHER: usize = 32;
const AFTER: usize = 64;
const OFFSET: usize = 96;
const SHARE: usize = 120;
const SURE: f64 = 0.15;

/** Bytes of rows: of turns and places of a frame, of the source and of the target. */
let sourceRow: usize = 0;
let turnRow: usize = 0;
let placeRow: usize = 0;
/** World turns lie at `lanes`; then come world places, local turns, and room for two turns. */
let placeLanes: usize = 0;
let localLanes: usize = 0;
let a: usize = 0;
let b: usize = 0;

/** Carries the first `count` frames over by the first `stepCount` steps. Tells whether all local turns and places are finite. */
export function carryPoses(stepCount: i32, count: i32): bool {
  sourceRow = (<usize>sourceCount) << 5;
  turnRow = (<usize>targetCount) << 5;
  placeRow = <usize>targetCount * 24;
  placeLanes = lanes + <usize>targetCount * TURN_BYTES;
  localLanes = placeLanes + <usize>targetCount * PLACE_BYTES;
  a = localLanes + <usize>targetCount * TURN_BYTES;
  b = a + TURN_BYTES;
  let sum: f64 = 0;
  for (let f = 0; f < count; f += 2)
    for (let s = 0; s < stepCount; s++) sum += carryStep(f, s, f + 1 < count);
  return sum - sum === 0;
}

/** One step of frames `f` and `f + 1`, of which the second may be none; gives a finite number where all that it wrote is. */
function carryStep(f: i32, s: i32, hasSecond: bool): f64 {
  const step = steps + <usize>s * STEP_BYTES;
  const n = numbers + <usize>s * STEP_NUMBERS;
  const joint = <usize>load<i32>(step);
  const kind = load<i32>(step, 4);
  const asks = load<i32>(step, 8);
  const parent = load<i32>(step, 16);
  const local = localLanes + joint * TURN_BYTES;
  const turnAt = <usize>f * turnRow + (joint << 5);
  if (kind >= TWISTS_BEFORE) {
    twist(kind, n, localLanes + <usize>load<i32>(step, 20) * TURN_BYTES, local);
    return writeLocalTurn(local, joint, turnAt, hasSecond);
  }
  const turn = lanes + joint * TURN_BYTES;
  const place = placeLanes + joint * PLACE_BYTES;
  const placeAt = <usize>f * placeRow + joint * 24;
  const base = load<i32>(step, 12);
  const sourceAt = sourceTurns + <usize>f * sourceRow;
  if (kind === FOLLOWS) {
    const from = sourceAt + ((<usize>load<i32>(step, 20)) << 5);
    readTurn(from, from + sourceRow, a);
    multiplyBy(a, n + AFTER, turn);
  } else if (kind === BLENDS) {
    const from = sourceAt + ((<usize>load<i32>(step, 20)) << 5);
    const towards = sourceAt + ((<usize>load<i32>(step, 24)) << 5);
    readTurn(from, from + sourceRow, turn);
    multiplyBy(turn, n, a);
    readTurn(towards, towards + sourceRow, turn);
    multiplyBy(turn, n + OTHER, b);
    blend(v128.load64_splat(n + SHARE));
    multiplyBy(a, n + AFTER, turn);
  } else if (kind === GIVEN) readTurn(givenTurns + turnAt, givenTurns + turnAt + turnRow, turn);
  else if (base < 0) spread(n + AFTER, 4, turn);
  else multiplyBy(lanes + <usize>base * TURN_BYTES, n + AFTER, turn);

  if (asks & GIVEN_PLACE) readPlace(givenPlaces + placeAt, givenPlaces + placeAt + placeRow, place);
  else if (asks & PLACE) {
    spread(n + OFFSET, 3, place);
    if (base >= 0) {
      rotate(lanes + <usize>base * TURN_BYTES, place, place);
      addPlaces(place, placeLanes + <usize>base * PLACE_BYTES, place);
    }
    if (asks & MOVED_PLACE) {
      readPlace(givenPlaces + placeAt, givenPlaces + placeAt + placeRow, a);
      addPlaces(place, a, place);
    }
  }

  let sum: f64 = 0;
  if (asks & LOCAL_TURN) {
    if (parent < 0) memory.copy(local, turn, TURN_BYTES);
    else divide(lanes + <usize>parent * TURN_BYTES, turn, local);
    sum = writeLocalTurn(local, joint, turnAt, hasSecond);
  }
  if (asks & LOCAL_PLACE) {
    if (parent < 0) memory.copy(a, place, PLACE_BYTES);
    else {
      subtractPlaces(place, placeLanes + <usize>parent * PLACE_BYTES, a);
      rotateBack(lanes + <usize>parent * TURN_BYTES, a, a);
    }
    writePlace(a, localPlaces + placeAt, localPlaces + placeAt + placeRow);
    const part = sumOf(a, 3);
    sum += f64x2.extract_lane(part, 0) + (hasSecond ? f64x2.extract_lane(part, 1) : 0);
  }
  if (asks & WORLD) {
    writeTurn(turn, turns + turnAt, turns + turnAt + turnRow);
    writePlace(place, places + placeAt, places + placeAt + placeRow);
  }
  return sum;
}

/** Writes a local turn on the side of the one before; gives the sum of their inner products. */
function writeLocalTurn(local: usize, joint: usize, at: usize, hasSecond: bool): f64 {
  const x = v128.load(local);
  const y = v128.load(local, 16);
  const z = v128.load(local, 32);
  const w = v128.load(local, 48);
  const before = last + (joint << 5);
  let first = v128.shuffle<f64>(x, y, 0, 2);
  let firstEnd = v128.shuffle<f64>(z, w, 0, 2);
  const inner = sumOfLanes(
    f64x2.add(f64x2.mul(first, v128.load(before)), f64x2.mul(firstEnd, v128.load(before, 16))),
  );
  if (inner < 0) {
    first = f64x2.neg(first);
    firstEnd = f64x2.neg(firstEnd);
  }
  v128.store(localTurns + at, first);
  v128.store(localTurns + at, firstEnd, 16);
  if (!hasSecond) {
    v128.store(before, first);
    v128.store(before, firstEnd, 16);
    return inner;
  }
  let second = v128.shuffle<f64>(x, y, 1, 3);
  let secondEnd = v128.shuffle<f64>(z, w, 1, 3);
  const next = sumOfLanes(f64x2.add(f64x2.mul(second, first), f64x2.mul(secondEnd, firstEnd)));
  if (next < 0) {
    second = f64x2.neg(second);
    secondEnd = f64x2.neg(secondEnd);
  }
  v128.store(localTurns + at + turnRow, second);
  v128.store(localTurns + at + turnRow, secondEnd, 16);
  v128.store(before, second);
  v128.store(before, secondEnd, 16);
  return inner + next;
}

/** a = the blend from a (t = 0) to b (t = 1) at constant speed, the shorter way round. */
function blend(t: v128): void {
  const one = f64x2.splat(1);
  const inner = f64x2.add(
    f64x2.add(
      f64x2.add(f64x2.mul(v128.load(a), v128.load(b)), f64x2.mul(v128.load(a, 16), v128.load(b, 16))),
      f64x2.mul(v128.load(a, 32), v128.load(b, 32)),
    ),
    f64x2.mul(v128.load(a, 48), v128.load(b, 48)),
  );
  const quarter = halfCosine(halfCosine(f64x2.min(one, f64x2.abs(inner))));
  const rest = f64x2.sub(one, t);
  const u = f64x2.mul(rest, sineShare(quarter, rest));
  const away = f64x2.mul(t, sineShare(quarter, t));
  const v = v128.bitselect(f64x2.neg(away), away, f64x2.lt(inner, f64x2.splat(0)));
  const x = f64x2.add(f64x2.mul(v128.load(a), u), f64x2.mul(v128.load(b), v));
  const y = f64x2.add(f64x2.mul(v128.load(a, 16), u), f64x2.mul(v128.load(b, 16), v));
  const z = f64x2.add(f64x2.mul(v128.load(a, 32), u), f64x2.mul(v128.load(b, 32), v));
  const w = f64x2.add(f64x2.mul(v128.load(a, 48), u), f64x2.mul(v128.load(b, 48), v));
  const size = f64x2.sqrt(
    f64x2.add(f64x2.add(f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y)), f64x2.mul(z, z)), f64x2.mul(w, w)),
  );
  const scale = f64x2.div(one, size);
  v128.store(a, f64x2.mul(x, scale));
  v128.store(a, f64x2.mul(y, scale), 16);
  v128.store(a, f64x2.mul(z, scale), 32);
  v128.store(a, f64x2.mul(w, scale), 48);
}

/** out = the share of a joint's local turn that is a twist about an axis. */
function twist(kind: i32, n: usize, local: usize, out: usize): void {
  const one = f64x2.splat(1);
  const none = f64x2.splat(0);
  if (kind === TWISTS_BEFORE) multiplyOn(n, local, a);
  else multiplyBy(local, n, a);
  const axisX = v128.load64_splat(n, OFFSET);
  const axisY = v128.load64_splat(n, OFFSET + 8);
  const axisZ = v128.load64_splat(n, OFFSET + 16);
  const w = v128.load(a, 48);
  const along = f64x2.add(
    f64x2.add(f64x2.mul(v128.load(a), axisX), f64x2.mul(v128.load(a, 16), axisY)),
    f64x2.mul(v128.load(a, 32), axisZ),
  );
  const squared = f64x2.add(f64x2.mul(along, along), f64x2.mul(w, w));
  const sure = f64x2.add(f64x2.sqrt(squared), f64x2.splat(1e-150));
  const share = f64x2.mul(v128.load64_splat(n, SHARE), f64x2.min(one, f64x2.div(squared, f64x2.splat(SURE))));
  const towards = v128.bitselect(f64x2.neg(along), along, f64x2.lt(w, none));
  const half = halfCosine(f64x2.div(f64x2.abs(w), sure));
  const quarter = halfCosine(half);
  const sine = f64x2.mul(
    f64x2.div(towards, f64x2.mul(sure, f64x2.mul(half, quarter))),
    f64x2.mul(share, sineShare(quarter, share)),
  );
  v128.store(b, f64x2.mul(axisX, sine));
  v128.store(b, f64x2.mul(axisY, sine), 16);
  v128.store(b, f64x2.mul(axisZ, sine), 32);
  v128.store(b, f64x2.sqrt(f64x2.max(none, f64x2.sub(one, f64x2.mul(sine, sine)))), 48);
  multiplyBy(b, n + AFTER, out);
}
