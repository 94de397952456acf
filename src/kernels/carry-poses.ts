import { divideRows, multiplyRows, rotateRow } from '../math/quat-rows.js';
import { ASKS, NUMBERS, type PoseBlock, SERIES_TERMS, TURN, WORDS } from './pose-block.js';

type Row = Float64Array;

/** A swing beyond this, as the squared cosine of half of it, leaves a twist that is not sure of itself. */
export const SURE = 0.15;

/**
 * Carries the first `count` frames of a block over to the target by its first `stepCount` steps. Tells whether all
 * local turns and places that it wrote are finite.
 */
export function makeCarryPoses(block: PoseBlock): (stepCount: number, count: number) => boolean {
  const carryStep = makeStep(block);
  return (stepCount, count) => {
    let sum = 0;
    for (let f = 0; f < count; f++) for (let s = 0; s < stepCount; s++) sum += carryStep(f, s);
    return Number.isFinite(sum);
  };
}

/** Does one step of one frame; gives a finite number where all that it wrote is. */
function makeStep(block: PoseBlock): (frame: number, step: number) => number {
  const { sourceCount, targetCount, steps, numbers, lanes, series } = block;
  const { sourceLocalTurns, sourceTurns, givenTurns, givenPlaces, localTurns, localPlaces, last } = block;
  // World turns, world places and local turns of the frame at hand, for all joints whether they are asked for or not.
  const turns = lanes.subarray(0, 4 * targetCount);
  const places = lanes.subarray(4 * targetCount, 7 * targetCount);
  const locals = lanes.subarray(7 * targetCount, 11 * targetCount);
  const a = new Float64Array(4);
  const b = new Float64Array(4);

  const setTurn = (step: number, frame: number): void => {
    const at = WORDS.size * step;
    const n = NUMBERS.size * step;
    const o = 4 * steps[at + WORDS.joint];
    const base = steps[at + WORDS.base];
    const from = 4 * (frame * sourceCount + steps[at + WORDS.from]);
    switch (steps[at + WORDS.turn]) {
      case TURN.given:
        copy(givenTurns, 4 * frame * targetCount + o, turns, o);
        break;
      case TURN.follows:
        multiplyRows(sourceTurns, from, numbers, n + NUMBERS.after, turns, o);
        break;
      case TURN.blends: {
        const towards = 4 * (frame * sourceCount + steps[at + WORDS.towards]);
        multiplyRows(sourceTurns, from, numbers, n + NUMBERS.before, a, 0);
        multiplyRows(sourceTurns, towards, numbers, n + NUMBERS.other, b, 0);
        blend(numbers, n, a, b);
        multiplyRows(a, 0, numbers, n + NUMBERS.after, turns, o);
        break;
      }
      default:
        if (base < 0) copy(numbers, n + NUMBERS.after, turns, o);
        else multiplyRows(turns, 4 * base, numbers, n + NUMBERS.after, turns, o);
    }
  };

  const setPlace = (step: number, frame: number): void => {
    const at = WORDS.size * step;
    const n = NUMBERS.size * step + NUMBERS.offset;
    const o = 3 * steps[at + WORDS.joint];
    const given = 3 * frame * targetCount + o;
    const base = steps[at + WORDS.base];
    const asks = steps[at + WORDS.asks];
    if (asks & ASKS.givenPlace) {
      for (let k = 0; k < 3; k++) places[o + k] = givenPlaces[given + k];
      return;
    }
    if (base < 0) for (let k = 0; k < 3; k++) places[o + k] = numbers[n + k];
    else {
      rotateRow(turns, 4 * base, numbers, n, places, o);
      for (let k = 0; k < 3; k++) places[o + k] += places[3 * base + k];
    }
    if (asks & ASKS.movedPlace) for (let k = 0; k < 3; k++) places[o + k] += givenPlaces[given + k];
  };

  const writeTurn = (joint: number, frame: number): number => {
    const at = 4 * joint;
    const to = 4 * frame * targetCount + at;
    const inner =
      locals[at] * last[at] +
      locals[at + 2] * last[at + 2] +
      (locals[at + 1] * last[at + 1] + locals[at + 3] * last[at + 3]);
    for (let k = 0; k < 4; k++) {
      last[at + k] = inner < 0 ? -locals[at + k] : locals[at + k];
      localTurns[to + k] = last[at + k];
    }
    return inner;
  };

  const writePlace = (joint: number, parent: number, frame: number): number => {
    const to = 3 * (frame * targetCount + joint);
    for (let k = 0; k < 3; k++) a[k] = places[3 * joint + k];
    if (parent >= 0) {
      for (let k = 0; k < 3; k++) {
        a[k] -= places[3 * parent + k];
        b[k] = -turns[4 * parent + k];
      }
      b[3] = turns[4 * parent + 3];
      rotateRow(b, 0, a, 0, localPlaces, to);
    } else for (let k = 0; k < 3; k++) localPlaces[to + k] = a[k];
    return localPlaces[to] + localPlaces[to + 1] + localPlaces[to + 2];
  };

  const twist = (step: number): void => {
    const at = WORDS.size * step;
    const n = NUMBERS.size * step;
    const from = 4 * steps[at + WORDS.from];
    if (steps[at + WORDS.turn] === TURN.twistsBefore)
      multiplyRows(numbers, n + NUMBERS.before, locals, from, a, 0);
    else multiplyRows(locals, from, numbers, n + NUMBERS.before, a, 0);
    const axis = n + NUMBERS.axis;
    const along = a[0] * numbers[axis] + a[1] * numbers[axis + 1] + a[2] * numbers[axis + 2];
    const squared = along * along + a[3] * a[3];
    const sure = Math.sqrt(squared) + 1e-150;
    // Where the swing nears a half turn, twist loses its meaning and eases to none.
    const share = numbers[n + NUMBERS.share] * Math.min(1, squared / SURE);
    const half = halfCosine(Math.abs(a[3]) / sure);
    const quarter = halfCosine(half);
    const towards = a[3] < 0 ? -along : along;
    const sine = (towards / (sure * (half * quarter))) * (share * sineShare(series, quarter, share));
    for (let k = 0; k < 3; k++) b[k] = numbers[axis + k] * sine;
    b[3] = Math.sqrt(Math.max(0, 1 - sine * sine));
    multiplyRows(b, 0, numbers, n + NUMBERS.after, locals, 4 * steps[at + WORDS.joint]);
  };

  return (frame, step) => {
    const at = WORDS.size * step;
    const joint = steps[at + WORDS.joint];
    const parent = steps[at + WORDS.parent];
    const asks = steps[at + WORDS.asks];
    const turn = steps[at + WORDS.turn];
    if (turn === TURN.twistsBefore || turn === TURN.twistsBehind) {
      twist(step);
      return writeTurn(joint, frame);
    }
    if (turn === TURN.within) {
      const n = NUMBERS.size * step;
      const from = 4 * (frame * sourceCount + steps[at + WORDS.from]);
      multiplyRows(sourceLocalTurns, from, numbers, n + NUMBERS.after, a, 0);
      multiplyRows(numbers, n + NUMBERS.before, a, 0, locals, 4 * joint);
      return writeTurn(joint, frame);
    }
    let sum = 0;
    setTurn(step, frame);
    if (asks & ASKS.place) setPlace(step, frame);
    if (asks & ASKS.localTurn) {
      if (parent < 0) copy(turns, 4 * joint, locals, 4 * joint);
      else divideRows(turns, 4 * parent, turns, 4 * joint, locals, 4 * joint);
      sum += writeTurn(joint, frame);
    }
    if (asks & ASKS.localPlace) sum += writePlace(joint, parent, frame);
    if (asks & ASKS.world) {
      copy(turns, 4 * joint, block.turns, 4 * (frame * targetCount + joint));
      for (let k = 0; k < 3; k++) block.places[3 * (frame * targetCount + joint) + k] = places[3 * joint + k];
    }
    return sum;
  };
}

/** √((1 + cosine) / 2): the cosine of half an angle. */
const halfCosine = (cosine: number): number => Math.sqrt((1 + cosine) * 0.5);

/**
 * sin(share · θ) / share, but for a factor that depends on θ alone, for |share · θ| ≤ 90°; `quarter` is the cosine of θ / 4.
 *
 * sin(m φ) / sin φ is m times a series in cos φ − 1 whose terms grow by (m² − n²) / (n (2n + 1)); here φ = θ / 4 and m = 4 · share.
 */
function sineShare(series: Row, quarter: number, share: number): number {
  const squared = 16 * share * share;
  const less = quarter - 1;
  let sum = 1;
  for (let i = 0; i < 2 * SERIES_TERMS; i += 2)
    sum = 1 + sum * (less * ((squared - series[i]) * series[i + 1]));
  return sum;
}

/** a = the blend from a to b at constant speed, the shorter way round; see `writeBlend`. */
function blend(numbers: Row, n: number, a: Row, b: Row): void {
  const inner = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
  const less = halfCosine(halfCosine(Math.min(1, Math.abs(inner)))) - 1;
  const u = shareOf(numbers, n + NUMBERS.near, less);
  const away = shareOf(numbers, n + NUMBERS.far, less);
  const v = inner < 0 ? -away : away;
  for (let k = 0; k < 4; k++) a[k] = a[k] * u + b[k] * v;
  const scale = 1 / Math.sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2] + a[3] * a[3]);
  for (let k = 0; k < 4; k++) a[k] *= scale;
}

/** The value of a polynomial, whose coefficient of the highest power comes first. */
function shareOf(coefficients: Row, first: number, at: number): number {
  let sum = coefficients[first];
  for (let k = 1; k <= SERIES_TERMS; k++) sum = sum * at + coefficients[first + k];
  return sum;
}

function copy(from: Row, at: number, to: Row, o: number): void {
  for (let k = 0; k < 4; k++) to[o + k] = from[at + k];
}
