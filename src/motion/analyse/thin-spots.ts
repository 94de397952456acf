import { SPEED_EDGES, TURN_EDGES_DEG } from './coverage.js';
import type { Gait } from './frame-motion.js';

type Bounds = readonly [from: number | null, to: number | null];

/** Something to record next: neighbouring cells of one speed. */
export interface ThinSpot {
  readonly gait: Gait;
  /** Metres per second; null where there is no end. */
  readonly speed: Bounds;
  /** Degrees per second, left turns above 0; null where there is no end. */
  readonly turnDeg: Bounds;
  /** Seconds that are there. */
  readonly seconds: number;
  /** Seconds that are wanted on top. */
  readonly wanted: number;
  /** Such as `run, turning left 60–90 °/s, 3–4.5 m/s`. */
  readonly what: string;
}

/** A cell is well filled from these seconds on. */
const FULL = 5;
/** Less is not worth a take. */
const LEAST_WANTED = 0.75;

/**
 * Cells of speed and turn that hold less than what lies around them promises, most wanted first: a body that
 * runs straight on and turns at a walk will be asked to turn at a run, and one that turns left to turn right.
 *
 * A cell is expected to hold what its mirror image holds, or the mean of its four neighbours where that is
 * more, as far as five seconds; what it lacks of that is wanted. Cells side by side that lack something are one
 * spot.
 *
 * @param seconds [speed][turn]
 * @param gaitOf The gait of a body at a speed.
 */
export function thinSpots(
  seconds: readonly (readonly number[])[],
  gaitOf: (speed: number) => Gait,
): ThinSpot[] {
  const spots = seconds.flatMap((own, s) => {
    const wanted = own.map((value, t) => Math.max(0, expected(seconds, s, t) - value));
    return runsAbove(wanted, LEAST_WANTED).map(([from, to]) => spotOf(own, wanted, s, from, to, gaitOf));
  });
  return spots.sort((a, b) => b.wanted - a.wanted);
}

function expected(seconds: readonly (readonly number[])[], s: number, t: number): number {
  const at = (speed: number, turn: number): number => Math.min(seconds[speed]?.[turn] ?? 0, FULL);
  const around = at(s - 1, t) + at(s + 1, t) + at(s, t - 1) + at(s, t + 1);
  return Math.max(at(s, seconds[s].length - 1 - t), around / 4);
}

/** Runs of places at which a value is at least `least`: first and last. */
function runsAbove(values: readonly number[], least: number): [from: number, to: number][] {
  const runs: [number, number][] = [];
  values.forEach((value, t) => {
    if (value < least) return;
    const open = runs.at(-1);
    if (open && open[1] === t - 1) open[1] = t;
    else runs.push([t, t]);
  });
  return runs;
}

function spotOf(
  own: readonly number[],
  wanted: readonly number[],
  s: number,
  from: number,
  to: number,
  gaitOf: (speed: number) => Gait,
): ThinSpot {
  const speed: Bounds = [SPEED_EDGES[s - 1] ?? 0, SPEED_EDGES[s] ?? null];
  const turnDeg: Bounds = [TURN_EDGES_DEG[from - 1] ?? null, TURN_EDGES_DEG[to] ?? null];
  const sum = (values: readonly number[]): number =>
    values.slice(from, to + 1).reduce((total, value) => total + value, 0);
  const gait = gaitOf(((speed[0] ?? 0) + (speed[1] ?? speed[0] ?? 0)) / 2);
  const pace =
    gait === 'idle'
      ? 'on the spot'
      : speed[1] === null
        ? `above ${speed[0]} m/s`
        : `${speed[0]}–${speed[1]} m/s`;
  const turning = gait === 'idle' && isStraight(turnDeg) ? 'standing at ease' : turnText(turnDeg);
  return {
    gait,
    speed,
    turnDeg,
    seconds: sum(own),
    wanted: sum(wanted),
    what: `${gait}, ${turning}, ${pace}`,
  };
}

function turnText([from, to]: Bounds): string {
  if (from !== null && from >= 0)
    return to === null ? `turning left faster than ${from} °/s` : `turning left ${from}–${to} °/s`;
  if (to !== null && to <= 0)
    return from === null ? `turning right faster than ${-to} °/s` : `turning right ${-to}–${-from} °/s`;
  if (from === null && to === null) return 'at every turn';
  return isStraight([from, to])
    ? 'straight on'
    : `from ${from === null ? 'sharp' : `${-from} °/s`} right to ${to === null ? 'sharp' : `${to} °/s`} left`;
}

const isStraight = ([from, to]: Bounds): boolean => from === -STRAIGHT && to === STRAIGHT;

/** The cell around no turn reaches so far to both sides. */
const STRAIGHT = Math.min(...TURN_EDGES_DEG.filter((edge) => edge > 0));
