import { fromAxisAngle, multiply, type Quat, rotate } from '#math/quat.js';
import { add, mix, subtract, type Vec3 } from '#math/vec3.js';
import type { Figure, Leg, Side } from './figure.js';
import { ease, GRID_HZ, hump, mixNumber, type Series } from './series.js';
import type { Footprint, Step, Steps } from './steps.js';

/** A foot at one time. */
export interface FootPose {
  readonly ankle: Vec3;
  /** Of the foot and of the toes. */
  readonly foot: Quat;
  readonly toe: Quat;
}

/** How one foot moves over the path's clock. */
export interface FootMotion {
  readonly poses: readonly FootPose[];
  /** 1 while the ball of the foot stands on the ground and does not move, else 0. */
  readonly contact: Series;
  /** 0 on the ground, 1 wherever the foot is well off it, smooth: how freely it may be moved. */
  readonly free: Series;
  /** 0 until `free` is 1, 1 in the middle of a swing, smooth: how little the foot holds the body back. */
  readonly air: Series;
}

const UP: Vec3 = [0, 1, 0];

/** Rotation of a foot that points to `yaw` with its toes up by `pitch`, radians. */
const footTurn = (yaw: number, pitch: number): Quat =>
  multiply(fromAxisAngle(UP, yaw), fromAxisAngle([1, 0, 0], -pitch));

/** The ball of a flat foot at a footprint. */
function ballAt(leg: Leg, { x, z, yaw }: Footprint): Vec3 {
  const [bx, , bz] = rotate(fromAxisAngle(UP, yaw), leg.ankleFromBall);
  return [x - bx, leg.ballHeight, z - bz];
}

/** From the ball to the lowest point of the heel, foot flat at yaw 0. */
const heelFromBall = (leg: Leg): Vec3 => [
  leg.ankleFromBall[0],
  -leg.ballHeight,
  leg.ankleFromBall[2] - leg.heelBack,
];

/** The ball while the foot turns about its heel, which stays where it is when the foot is flat. */
function ballOverHeel(leg: Leg, print: Footprint, pitch: number): Vec3 {
  const heel = heelFromBall(leg);
  const flat = add(ballAt(leg, print), rotate(footTurn(print.yaw, 0), heel));
  return subtract(flat, rotate(footTurn(print.yaw, pitch), heel));
}

/** How deep the lowest of heel and toe tip would be under the ground. */
function depthUnderGround(leg: Leg, ballHeight: number, pitch: number, toePitch: number): number {
  const heel = rotate(footTurn(0, pitch), heelFromBall(leg));
  const tip = rotate(footTurn(0, toePitch), [0, -leg.ballHeight, leg.toeLength]);
  return -Math.min(ballHeight + heel[1], ballHeight + tip[1], ballHeight - leg.ballHeight);
}

interface Swing {
  readonly ball: Vec3;
  readonly yaw: number;
  readonly pitch: number;
  readonly toePitch: number;
}

/** The foot of a step at a time from the rise of its heel until it stands flat again. */
function swingAt(leg: Leg, step: Step, time: number, clearance: number): Swing {
  const { gait, lift, land, from, to } = step;
  const strike = land - gait.rollSeconds;
  const peak = lift + 0.12 * (strike - lift);
  const rise = lift - gait.heelRiseSeconds;
  const pitch =
    time < peak
      ? -gait.pushAngle * ease((time - rise) / (peak - rise))
      : time < strike
        ? mixNumber(-gait.pushAngle, gait.strikeAngle, ease((time - peak) / (strike - peak)))
        : gait.strikeAngle * (1 - ease((time - strike) / (land - strike)));
  const way = (time - lift) / (strike - lift);
  // Toes lie on the ground until they leave it, and come down before the foot where the ball lands first.
  const straight = gait.strikeAngle < 0 ? ease(way / 0.6) * (1 - ease((way - 0.6) / 0.4)) : ease(way / 0.6);
  const toePitch = pitch * straight;
  const yaw = mixNumber(from.yaw, to.yaw, ease(way));
  if (way <= 0) return { ball: ballAt(leg, from), yaw, pitch, toePitch };
  const landing = (at: number): Vec3 => (gait.strikeAngle > 0 ? ballOverHeel(leg, to, at) : ballAt(leg, to));
  if (way >= 1) return { ball: landing(pitch), yaw, pitch, toePitch };
  const [x, y, z] = mix(ballAt(leg, from), landing(gait.strikeAngle), ease(way ** 0.82));
  return { ball: [x, y + clearance * hump(way ** 0.85), z], yaw, pitch, toePitch };
}

/** The least clearance from the wanted one upwards at which nothing of the foot goes into the ground. */
function safeClearance(leg: Leg, step: Step): number {
  let clearance = step.gait.clearance;
  for (let round = 0; round < 40; round++) {
    let deepest = 0;
    for (let k = 0; k <= 40; k++) {
      const time = mixNumber(step.lift, step.land, k / 40);
      const { ball, pitch, toePitch } = swingAt(leg, step, time, clearance);
      deepest = Math.max(deepest, depthUnderGround(leg, ball[1], pitch, toePitch));
    }
    if (deepest < 5e-4) break;
    clearance += 0.006;
  }
  return clearance;
}

/** Moves one foot through its steps. */
export function moveFoot(figure: Figure, side: Side, { first, steps }: Steps, count: number): FootMotion {
  const leg = figure.legs[side];
  const own = steps.filter((step) => step.side === side);
  const clearances = own.map((step) => safeClearance(leg, step));
  const contact = new Float64Array(count);
  const air = new Float64Array(count);
  const free = new Float64Array(count);
  const poses: FootPose[] = [];
  let k = 0;
  let print: Footprint = first[side];
  for (let i = 0; i < count; i++) {
    const time = i / GRID_HZ;
    while (k < own.length && time >= own[k].land) print = own[k++].to;
    const step = own[k];
    const rising = step && time > step.lift - step.gait.heelRiseSeconds;
    const { ball, yaw, pitch, toePitch } = rising
      ? swingAt(leg, step, time, clearances[k])
      : { ball: ballAt(leg, print), yaw: print.yaw, pitch: 0, toePitch: 0 };
    const foot = footTurn(yaw, pitch);
    poses.push({ ankle: add(ball, rotate(foot, leg.ankleFromBall)), foot, toe: footTurn(yaw, toePitch) });
    const strike = step ? step.land - step.gait.rollSeconds : 0;
    const ballDown = step && step.gait.strikeAngle < 0 ? strike : (step?.land ?? 0);
    contact[i] = !step || time <= step.lift || time >= ballDown ? 1 : 0;
    if (step && time > step.lift) {
      const way = (time - step.lift) / (strike - step.lift);
      air[i] = ease((way - 0.12) / 0.3) * (1 - ease((way - 0.58) / 0.3));
      free[i] = ease(way / 0.12) * (1 - ease((way - 0.88) / 0.12));
    }
  }
  return { poses, contact, air, free };
}
