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
  sourceLocalTurns,
  sourceTurns,
  steps,
  targetCount,
  turns,
} from './block';
import {
  addPlaces,
  divide,
  flip,
  halfCosine,
  innerProduct,
  multiplyBy,
  multiplyOn,
  numberLane,
  PLACE_BYTES,
  PLACE_LANES,
  placeLane,
  readPlace,
  readThenMultiplyBy,
  readTurn,
  rotate,
  rotateBack,
  shareOf,
  sineShare,
  spread,
  subtractPlaces,
  sumOf,
  sumOfLanes,
  TURN_BYTES,
  TURN_LANES,
  turnLane,
  weighTurns,
  writeBeside,
  writePlace,
  writeTurn,
} from './lanes';

// The values of TURN, ASKS, WORDS and NUMBERS in ../../pose-block.ts, places in bytes.
const FOLLOWS: i32 = 1;
const BLENDS: i32 = 2;
const GIVEN: i32 = 3;
const TWISTS_BEFORE: i32 = 4;
const WITHIN: i32 = 6;
const PLACE: i32 = 1;
const GIVEN_PLACE: i32 = 2;
const MOVED_PLACE: i32 = 4;
const LOCAL_TURN: i32 = 8;
const LOCAL_PLACE: i32 = 16;
const WORLD: i32 = 32;
const STEP_BYTES: usize = 32;
const STEP_NUMBERS: usize = 272;
const OTHER: usize = 32;
const AFTER: usize = 64;
const OFFSET: usize = 96;
const SHARE: usize = 120;
const NEAR: usize = 128;
const FAR: usize = 200;
const SURE: f64 = 0.15;

/** Bytes of rows: of turns and places of a frame, of the source and of the target. */
let sourceRow: usize = 0;
let turnRow: usize = 0;
let placeRow: usize = 0;
/** World turns lie at `lanes`; then come world places, local turns, and room for two turns and the ends of blends. */
let placeLanes: usize = 0;
let localLanes: usize = 0;
let a: usize = 0;
let b: usize = 0;
/** The turns between which blends lie, and the cosines of a quarter of the angles between them, less 1. */
let fromEnds: usize = 0;
let towardsEnds: usize = 0;
let quarters: usize = 0;

/** Carries the first `count` frames over by the first `stepCount` steps. Tells whether all local turns and places are finite. */
export function carryPoses(stepCount: i32, count: i32): bool {
  sourceRow = (<usize>sourceCount) << 5;
  turnRow = (<usize>targetCount) << 5;
  placeRow = <usize>targetCount * 24;
  placeLanes = lanes + <usize>targetCount * TURN_LANES;
  localLanes = placeLanes + <usize>targetCount * PLACE_LANES;
  a = localLanes + <usize>targetCount * TURN_LANES;
  b = a + TURN_BYTES;
  fromEnds = b + TURN_BYTES;
  towardsEnds = fromEnds + TURN_LANES;
  quarters = towardsEnds + TURN_LANES;
  let sum: f64 = 0;
  for (let s = 0; s < stepCount; s++) sum += carryStep(s, count);
  return sum - sum === 0;
}

/** One step of all frames, two at a time, of which the last may be none; gives a finite number where all that it wrote is. */
function carryStep(s: i32, count: i32): f64 {
  const step = steps + <usize>s * STEP_BYTES;
  const n = numbers + <usize>s * STEP_NUMBERS;
  const joint = <usize>load<i32>(step);
  const kind = load<i32>(step, 4);
  const asks = load<i32>(step, 8);
  const parent = load<i32>(step, 16);
  const locals = localLanes + joint * TURN_LANES;
  if (kind === WITHIN) {
    let at = sourceLocalTurns + ((<usize>load<i32>(step, 20)) << 5);
    for (let f = 0; f < count; f += 2, at += 2 * sourceRow) {
      readThenMultiplyBy(at, at + sourceRow, n + AFTER, a);
      multiplyOn(n, a, locals + turnLane(f));
    }
    return writeLocalTurns(locals, joint, count);
  }
  if (kind >= TWISTS_BEFORE) {
    const from = localLanes + <usize>load<i32>(step, 20) * TURN_LANES;
    for (let f = 0; f < count; f += 2) twist(kind, n, from + turnLane(f), locals + turnLane(f));
    return writeLocalTurns(locals, joint, count);
  }
  const base = load<i32>(step, 12);
  const turned = lanes + joint * TURN_LANES;
  const placed = placeLanes + joint * PLACE_LANES;
  if (kind === FOLLOWS) follow(n, <usize>load<i32>(step, 20), turned, count);
  else if (kind === BLENDS) {
    if (load<i32>(step, 28) === 0) readEnds(n, <usize>load<i32>(step, 20), <usize>load<i32>(step, 24), count);
    blend(n, turned, count);
  } else if (kind === GIVEN) {
    let from = givenTurns + (joint << 5);
    for (let f = 0; f < count; f += 2, from += 2 * turnRow)
      readTurn(from, from + turnRow, turned + turnLane(f));
  } else if (base < 0) for (let f = 0; f < count; f += 2) spread(n + AFTER, 4, turned + turnLane(f));
  else hang(n, lanes + <usize>base * TURN_LANES, turned, count);

  if (asks & PLACE) setPlaces(n, asks, joint, base, placed, count);
  let sum: f64 = 0;
  if (asks & LOCAL_TURN) {
    if (parent < 0) memory.copy(locals, turned, TURN_LANES);
    else {
      const above = lanes + <usize>parent * TURN_LANES;
      for (let f = 0; f < count; f += 2)
        divide(above + turnLane(f), turned + turnLane(f), locals + turnLane(f));
    }
    sum = writeLocalTurns(locals, joint, count);
  }
  if (asks & LOCAL_PLACE) sum += writeLocalPlaces(joint, parent, placed, count);
  if (asks & WORLD) {
    let turnAt = turns + (joint << 5);
    let placeAt = places + joint * 24;
    for (let f = 0; f < count; f += 2, turnAt += 2 * turnRow, placeAt += 2 * placeRow) {
      writeTurn(turned + turnLane(f), turnAt, turnAt + turnRow);
      writePlace(placed + placeLane(f), placeAt, placeAt + placeRow);
    }
  }
  return sum;
}

/** World turns of a joint that follows one of the source. */
function follow(n: usize, from: usize, turned: usize, count: i32): void {
  let at = sourceTurns + (from << 5);
  for (let f = 0; f < count; f += 2, at += 2 * sourceRow)
    readThenMultiplyBy(at, at + sourceRow, n + AFTER, turned + turnLane(f));
}

/** World turns of a joint that keeps its turn to another. */
function hang(n: usize, base: usize, turned: usize, count: i32): void {
  for (let f = 0; f < count; f += 2) multiplyBy(base + turnLane(f), n + AFTER, turned + turnLane(f));
}

function setPlaces(n: usize, asks: i32, joint: usize, base: i32, placed: usize, count: i32): void {
  let given = givenPlaces + joint * 24;
  for (let f = 0; f < count; f += 2, given += 2 * placeRow) {
    const place = placed + placeLane(f);
    if (asks & GIVEN_PLACE) {
      readPlace(given, given + placeRow, place);
      continue;
    }
    spread(n + OFFSET, 3, place);
    if (base >= 0) {
      rotate(lanes + <usize>base * TURN_LANES + turnLane(f), place, place);
      addPlaces(place, placeLanes + <usize>base * PLACE_LANES + placeLane(f), place);
    }
    if (asks & MOVED_PLACE) {
      readPlace(given, given + placeRow, a);
      addPlaces(place, a, place);
    }
  }
}

/** Writes places as the parent sees them; gives the sum of their numbers. */
function writeLocalPlaces(joint: usize, parent: i32, placed: usize, count: i32): f64 {
  let sum = f64x2.splat(0);
  let at = localPlaces + joint * 24;
  for (let f = 0; f < count; f += 2, at += 2 * placeRow) {
    const place = placed + placeLane(f);
    if (parent < 0) memory.copy(a, place, PLACE_BYTES);
    else {
      subtractPlaces(place, placeLanes + <usize>parent * PLACE_LANES + placeLane(f), a);
      rotateBack(lanes + <usize>parent * TURN_LANES + turnLane(f), a, a);
    }
    writePlace(a, at, at + placeRow);
    const part = sumOf(a, 3);
    sum = f64x2.add(sum, f + 1 < count ? part : f64x2.replace_lane(part, 1, 0));
  }
  return sumOfLanes(sum);
}

/** Writes local turns, each on the side of the one before; gives the sum of their inner products. */
function writeLocalTurns(locals: usize, joint: usize, count: i32): f64 {
  const before = last + (joint << 5);
  let at = localTurns + (joint << 5);
  let sum: f64 = 0;
  for (let f = 0; f < count; f += 2, at += 2 * turnRow) {
    const local = locals + turnLane(f);
    const x = v128.load(local);
    const y = v128.load(local, 16);
    const z = v128.load(local, 32);
    const w = v128.load(local, 48);
    sum += writeBeside(before, v128.shuffle<f64>(x, y, 0, 2), v128.shuffle<f64>(z, w, 0, 2), at);
    if (f + 1 < count)
      sum += writeBeside(before, v128.shuffle<f64>(x, y, 1, 3), v128.shuffle<f64>(z, w, 1, 3), at + turnRow);
  }
  return sum;
}

/** Puts the turns between which a joint lies where `blend` looks for them, the second on the side of the first. */
function readEnds(n: usize, from: usize, towards: usize, count: i32): void {
  let fromAt = sourceTurns + (from << 5);
  let towardsAt = sourceTurns + (towards << 5);
  for (let f = 0; f < count; f += 2, fromAt += 2 * sourceRow, towardsAt += 2 * sourceRow) {
    const start = fromEnds + turnLane(f);
    const end = towardsEnds + turnLane(f);
    readThenMultiplyBy(fromAt, fromAt + sourceRow, n, start);
    readThenMultiplyBy(towardsAt, towardsAt + sourceRow, n + OTHER, end);
    const inner = innerProduct(start, end);
    flip(end, f64x2.lt(inner, f64x2.splat(0)));
    const quarter = halfCosine(halfCosine(f64x2.min(f64x2.splat(1), f64x2.abs(inner))));
    v128.store(quarters + numberLane(f), f64x2.sub(quarter, f64x2.splat(1)));
  }
}

/** World turns of a joint that lies between two of the source: blends at constant speed, the shorter way round. */
function blend(n: usize, turned: usize, count: i32): void {
  for (let f = 0; f < count; f += 2) {
    const less = v128.load(quarters + numberLane(f));
    weighTurns(
      fromEnds + turnLane(f),
      shareOf(n + NEAR, less),
      towardsEnds + turnLane(f),
      shareOf(n + FAR, less),
      a,
    );
    multiplyBy(a, n + AFTER, turned + turnLane(f));
  }
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
