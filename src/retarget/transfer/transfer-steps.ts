import { ASKS, NUMBERS, type PoseBlock, TURN, WORDS, writeBlend } from '../../kernels/pose-block.js';
import { multiplyRows } from '../../math/quat-rows.js';
import { type Given, rootOf } from './given.js';
import type { HelperJoint } from './helper-joints.js';
import type { TransferPlan } from './transfer-plan.js';
import type { TwistJoint } from './twist-joints.js';

/** What is wanted of a transfer. */
export interface Wanted {
  /** Joints whose world turns and places are looked at. */
  readonly world: readonly number[];
  /** Local turns and places of all joints are written, with these joints set once the rest of the pose stands. */
  readonly finished?: { readonly twists: readonly TwistJoint[]; readonly helpers: readonly HelperJoint[] };
  /** The block will hold the local turns of the source, whose world poses need not be made for joints that hang alike. */
  readonly fromLocal?: boolean;
}

/**
 * Writes to a block how the target's poses come about, and gives the number of steps; joints that nothing hangs on have
 * none. Local turns and places of the block are those of the rest pose.
 */
export function writeSteps(
  block: PoseBlock,
  plan: TransferPlan,
  given: Omit<Given, 'pelvis'>,
  wanted: Wanted,
): number {
  const { joints } = plan.skeleton;
  const root = rootOf(plan, given);
  const turnOf = (j: number): number => {
    if (given.turns?.has(j) || j === root) return TURN.given;
    if (plan.from[j] < 0) return TURN.hangs;
    return plan.towards[j] === plan.from[j] ? TURN.follows : TURN.blends;
  };
  const placeAsks = (j: number): number => {
    if (j === plan.pelvis || j === root) return ASKS.givenPlace;
    return plan.stretches?.has(j) ? ASKS.movedPlace : 0;
  };
  const { finished } = wanted;
  /** The joint and its parent follow a joint of the source and its parent, so it turns within the one as that in the other. */
  const isWithin = (j: number): boolean => {
    const { parent } = joints[j];
    return (
      wanted.fromLocal === true &&
      parent >= 0 &&
      turnOf(j) === TURN.follows &&
      turnOf(parent) === TURN.follows &&
      block.parents[plan.from[j]] === plan.from[parent]
    );
  };
  const asks = new Int32Array(joints.length);
  const ask = (j: number, what: number): void => {
    for (let k = j; k >= 0 && (asks[k] & what) !== what; k = joints[k].parent) asks[k] |= what;
  };
  // A joint that is looked at hangs from all that are above it; `NEEDED` alone stands for its turn.
  for (const j of wanted.world) ask(j, NEEDED | ASKS.place);
  const shown = new Set(wanted.world);
  const helpers = finished?.helpers.filter(({ joint }) => joints[joint].parent >= 0) ?? [];
  const later = new Set(helpers.map(({ joint }) => joint));
  if (finished) {
    joints.forEach((_, j) => {
      if (isWithin(j)) asks[j] |= WITHIN;
      else if (turnOf(j) !== TURN.hangs) ask(j, NEEDED);
      if (placeAsks(j) !== 0) ask(j, NEEDED | ASKS.place);
    });
    for (const { joint, leader } of helpers) {
      ask(leader, NEEDED | ASKS.place);
      ask(joints[joint].parent, NEEDED | ASKS.place);
    }
  }

  let count = 0;
  const step = (joint: number, turn: number, what: number, base: number, from = 0, towards = 0): number => {
    const { parent } = joints[joint];
    const at = WORDS.size * count;
    const isAgain =
      turn === TURN.blends &&
      count > 0 &&
      block.steps[at - WORDS.size + WORDS.turn] === TURN.blends &&
      block.steps[at - WORDS.size + WORDS.from] === from &&
      block.steps[at - WORDS.size + WORDS.towards] === towards;
    block.steps.set([joint, turn, what, base, parent, from, towards, isAgain ? 1 : 0], at);
    return NUMBERS.size * count++;
  };
  block.localTurns.set(repeated(plan.restRotations, block.localTurns.length));
  block.localPlaces.set(repeated(plan.restTranslations, block.localPlaces.length));
  for (let j = 0; j < joints.length; j++) {
    if ((asks[j] & (NEEDED | WITHIN)) === WITHIN && !later.has(j)) {
      writeWithin(block.numbers, step(j, TURN.within, ASKS.localTurn, -1, plan.from[j]), plan, j);
      continue;
    }
    if ((asks[j] & NEEDED) === 0) continue;
    const turn = turnOf(j);
    const places = placeAsks(j);
    const isFinished = finished && !later.has(j);
    const what =
      (asks[j] & ASKS.place) |
      places |
      (shown.has(j) ? ASKS.world : 0) |
      (isFinished && turn !== TURN.hangs ? ASKS.localTurn : 0) |
      (isFinished && places !== 0 ? ASKS.localPlace : 0);
    const at = step(j, turn, what, joints[j].parent, Math.max(0, plan.from[j]), Math.max(0, plan.towards[j]));
    writeNumbers(block.numbers, at, plan, j, turn);
  }
  for (const { joint, driver, isNear, share, axis, before } of finished?.twists ?? []) {
    if (turnOf(driver) === TURN.hangs) continue;
    const at = step(joint, isNear ? TURN.twistsBefore : TURN.twistsBehind, 0, -1, driver);
    block.numbers.set(before, at + NUMBERS.before);
    block.numbers.set(plan.restRotations.subarray(4 * joint, 4 * joint + 4), at + NUMBERS.after);
    block.numbers.set(axis, at + NUMBERS.axis);
    block.numbers[at + NUMBERS.share] = share;
  }
  for (const { joint, leader, turn, place } of helpers) {
    const at = step(joint, TURN.hangs, ASKS.place | ASKS.localTurn | ASKS.localPlace, leader);
    block.numbers.set(turn, at + NUMBERS.after);
    block.numbers.set(place, at + NUMBERS.offset);
  }
  return count;
}

/** A step is made for the joint. No kernel knows it. */
const NEEDED = 1 << 16;
/** A joint turns within its parent; where nothing looks at its world turn, none is made. */
const WITHIN = 1 << 17;

function writeNumbers(numbers: Float64Array, at: number, plan: TransferPlan, j: number, turn: number): void {
  const { from, towards, sourceAnatomy, anatomyFromJoint, restRotations, restTranslations } = plan;
  const copy = (values: Float64Array, row: number, width: number, to: number): void =>
    numbers.set(values.subarray(width * row, width * (row + 1)), at + to);
  copy(restTranslations, j, 3, NUMBERS.offset);
  if (turn === TURN.follows)
    multiplyRows(sourceAnatomy, 4 * from[j], anatomyFromJoint, 4 * j, numbers, at + NUMBERS.after);
  else if (turn === TURN.blends) {
    copy(sourceAnatomy, from[j], 4, NUMBERS.before);
    copy(sourceAnatomy, towards[j], 4, NUMBERS.other);
    copy(anatomyFromJoint, j, 4, NUMBERS.after);
    writeBlend(numbers, at / NUMBERS.size, plan.share[j]);
  } else copy(restRotations, j, 4, NUMBERS.after);
}

function writeWithin(numbers: Float64Array, at: number, plan: TransferPlan, j: number): void {
  const { from, sourceAnatomy, anatomyFromJoint } = plan;
  const { parent } = plan.skeleton.joints[j];
  const before = at + NUMBERS.before;
  const after = at + NUMBERS.after;
  multiplyRows(sourceAnatomy, 4 * from[parent], anatomyFromJoint, 4 * parent, numbers, before);
  for (let k = 0; k < 3; k++) numbers[before + k] = -numbers[before + k];
  multiplyRows(sourceAnatomy, 4 * from[j], anatomyFromJoint, 4 * j, numbers, after);
}

function repeated(row: Float64Array, length: number): Float64Array {
  const out = new Float64Array(length);
  for (let i = 0; i < length; i += row.length) out.set(row, i);
  return out;
}
