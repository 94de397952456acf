import { type Figure, type Side, signOf } from './figure.js';
import { type Gait, gaitAt } from './gait.js';
import { JUMP_STANCE_SECONDS, type Jump } from './jump.js';
import { LEAD_SECONDS, type Path } from './path.js';
import { clamp01, GRID_HZ, valueAt } from './series.js';
import type { Style } from './style.js';

/** Where a foot stands flat: the ground below its ankle and where its toes point (radians to the left). */
export interface Footprint {
  readonly x: number;
  readonly z: number;
  readonly yaw: number;
}

/** One foot's way from one footprint to the next; times in seconds on the path's clock. */
export interface Step {
  readonly side: Side;
  readonly lift: number;
  readonly land: number;
  readonly from: Footprint;
  readonly to: Footprint;
  readonly gait: Gait;
}

export interface Steps {
  readonly first: Readonly<Record<Side, Footprint>>;
  /** In order of lift-off. */
  readonly steps: readonly Step[];
}

/** Slower than this, metres and radians per second, the body is held to stand. */
export const STANDING_SPEED = 0.14;
const STANDING_TURN = 0.3;
/** A standing body lets its feet be so far from where they belong, metres and radians. */
const STANDING_ERROR = 0.035;
const STANDING_TWIST = 0.1;

/**
 * Footprints along a path: each foot is put down where it will be under the hip half way through its stance.
 *
 * Feet take turns while the body moves or turns; where it has come to rest, a foot out of place steps once
 * more. A standing jump lifts both at once.
 */
export function planSteps(path: Path, figure: Figure, style: Style, jump?: Jump): Steps {
  const end = (path.x.length - 1) / GRID_HZ;
  const home = (side: Side, time: number): Footprint => {
    const leg = figure.legs[side];
    const yaw = valueAt(path.yaw, time);
    const forward = valueAt(path.forward, time);
    const left = valueAt(path.left, time);
    const going = clamp01(Math.hypot(forward, left) / 1.2);
    const narrow = leg.standAside * style.width * (1 - going * (Math.abs(forward) > 2.1 ? 0.62 : 0.42));
    const aside = signOf(side) * (narrow + 0.1 * Math.min(Math.abs(left), 0.8));
    const ahead = leg.standAhead + 0.01;
    return {
      x: valueAt(path.x, time) + aside * Math.cos(yaw) + ahead * Math.sin(yaw),
      z: valueAt(path.z, time) - aside * Math.sin(yaw) + ahead * Math.cos(yaw),
      yaw: yaw + signOf(side) * ((style.toeOutDeg * Math.PI) / 180) * (1 - 0.4 * going),
    };
  };

  const first = { L: home('L', 0), R: home('R', 0) };
  const now: Record<Side, Footprint> = { ...first };
  const steps: Step[] = [];
  const take = (side: Side, lift: number, land: number, to: Footprint, gait: Gait): void => {
    steps.push({ side, lift, land, from: now[side], to, gait });
    now[side] = to;
  };
  const misplaced = (side: Side, time: number): number => {
    const wanted = home(side, time);
    const off = Math.hypot(wanted.x - now[side].x, wanted.z - now[side].z) / STANDING_ERROR;
    return Math.max(off, Math.abs(wanted.yaw - now[side].yaw) / STANDING_TWIST);
  };

  const takeOff = jump ? LEAD_SECONDS + jump.at : Number.POSITIVE_INFINITY;
  let jumped = false;
  let next: Side | undefined;
  let time = 0;
  while (time < end) {
    if (!jumped && jump && time > takeOff - jump.crouchSeconds - 0.1) {
      const gait = { ...gaitAt(0.9, 0, figure.legLength, 1), ...jump.gait };
      const land = takeOff + jump.flightSeconds + jump.gait.rollSeconds;
      for (const side of ['L', 'R'] as const) take(side, takeOff, land, home(side, land + 0.6), gait);
      jumped = true;
      time = land + JUMP_STANCE_SECONDS;
      continue;
    }
    const forward = valueAt(path.forward, time + 0.12);
    const left = valueAt(path.left, time + 0.12);
    const turn = valueAt(path.turn, time + 0.12);
    const moving = Math.hypot(forward, left) > STANDING_SPEED || Math.abs(turn) > STANDING_TURN;
    if (!moving) {
      const worse: Side = misplaced('L', time) > misplaced('R', time) ? 'L' : 'R';
      if (misplaced(worse, time) < 1) {
        next = undefined;
        time += 1 / GRID_HZ;
        continue;
      }
      next = worse;
    }
    next ??= left + 0.5 * turn > 0.1 ? 'L' : 'R';
    const [soon, later] = [0.25, 0.55].map((wait) =>
      gaitAt(
        valueAt(path.forward, time + wait),
        valueAt(path.left, time + wait),
        figure.legLength,
        style.stride,
      ),
    );
    // Who speeds up must take quick steps before the speed is there, or the standing leg gets too short.
    const gait = later.stepSeconds < soon.stepSeconds ? later : soon;
    const land = time + gait.swingSeconds;
    const stance = 2 * gait.stepSeconds - gait.swingSeconds;
    take(next, time, land, home(next, land + gait.underHipAt * stance), gait);
    next = next === 'L' ? 'R' : 'L';
    time += gait.stepSeconds;
  }
  return { first, steps };
}
