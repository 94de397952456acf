import type { BodyRole, WorldPose } from '../../clip/index.js';
import { fromAxes, type Quat } from '../../math/quat.js';
import {
  angleBetweenVectors,
  cross,
  distance,
  dot,
  length,
  mix,
  normalise,
  scale,
  subtract,
  UP,
  type Vec3,
  vec3At,
} from '../../math/vec3.js';
import { type Body, SIDES, type Side } from './body.js';

/** Left, up and forward of a body in a pose, square to each other; up is the world's. */
export interface BodyAxes {
  readonly left: Vec3;
  readonly up: Vec3;
  readonly forward: Vec3;
  /** The same as the rotation that carries +X to left, +Y to up and +Z to forward. */
  readonly rotation: Quat;
}

/** How far each part of a pose is from standing straight, radians; a part that is missing counts 0. */
export interface StandingMisfit {
  readonly trunk: number;
  readonly legs: number;
  readonly arms: number;
  readonly feet: number;
}

/** Shorter than this share of a body's leg, a segment has no direction worth trusting. */
const SHORTEST_SEGMENT = 0.005;

/** The place of a role's joint in a pose, or nothing where the body lacks the role. */
export function placeOf(pose: WorldPose, body: Body, role: BodyRole): Vec3 | undefined {
  const joint = body.roles[role];
  return joint === undefined ? undefined : vec3At(pose.positions, joint);
}

/** Unit direction from one role to another, or nothing where either is missing or both are in one place. */
export function directionOf(pose: WorldPose, body: Body, from: BodyRole, to: BodyRole): Vec3 | undefined {
  const [a, b] = [placeOf(pose, body, from), placeOf(pose, body, to)];
  if (!a || !b || distance(a, b) < SHORTEST_SEGMENT * legLength(pose, body)) return undefined;
  return normalise(subtract(b, a));
}

/** Hip to knee to ankle, mean of both sides, metres; what all sizes of a body are measured by. */
export function legLength(pose: WorldPose, body: Body): number {
  let sum = 0;
  let sides = 0;
  for (const side of SIDES) {
    const thigh = placeOf(pose, body, `thigh${side}`);
    const calf = placeOf(pose, body, `calf${side}`);
    const foot = placeOf(pose, body, `foot${side}`);
    if (!thigh || !(calf ?? foot)) continue;
    // Without feet the shin counts as long as the thigh; without knees the leg is one straight piece.
    const knee = calf ?? foot ?? thigh;
    sum += distance(thigh, knee) + (calf ? (foot ? distance(calf, foot) : distance(thigh, calf)) : 0);
    sides++;
  }
  return sides > 0 ? sum / sides : 0;
}

/** Axes of the body from the line between the hips (or the shoulders); nothing where neither lies level. */
export function bodyAxes(pose: WorldPose, body: Body): BodyAxes | undefined {
  for (const role of ['thigh', 'upperArm', 'clavicle'] as const) {
    const [l, r] = [placeOf(pose, body, `${role}L`), placeOf(pose, body, `${role}R`)];
    if (!l || !r) continue;
    const across = subtract(l, r);
    const level: Vec3 = [across[0], 0, across[2]];
    if (length(level) < 1e-6 || length(level) < 0.5 * length(across)) continue;
    const left = normalise(level);
    const forward = cross(left, UP);
    return { left, up: UP, forward, rotation: fromAxes(left, UP, forward) };
  }
  return undefined;
}

/** The direction from the pelvis to the top of the trunk, whichever of its joints there are. */
export const trunkDirection = (pose: WorldPose, body: Body): Vec3 | undefined =>
  directionOf(pose, body, 'pelvis', 'neck') ??
  directionOf(pose, body, 'pelvis', 'head') ??
  directionOf(pose, body, 'pelvis', 'spine3');

/** How far a pose is from a person who stands straight with arms anywhere between hanging and level. */
export function standingMisfit(pose: WorldPose, body: Body, axes: BodyAxes): StandingMisfit {
  const trunk = trunkDirection(pose, body);
  const down = scale(axes.up, -1);
  let legs = 0;
  let arms = 0;
  let feet = 0;
  for (const side of SIDES) {
    const lateral = outward(axes, side);
    for (const [from, to] of [
      [`thigh${side}`, `calf${side}`],
      [`calf${side}`, `foot${side}`],
    ] as const) {
      const d = directionOf(pose, body, from, to);
      if (d) legs = Math.max(legs, angleBetweenVectors(d, down));
    }
    for (const [from, to] of [
      [`upperArm${side}`, `forearm${side}`],
      [`forearm${side}`, `hand${side}`],
    ] as const) {
      const d = directionOf(pose, body, from, to);
      if (d) arms = Math.max(arms, fanMisfit(d, lateral, axes));
    }
    const foot = directionOf(pose, body, `foot${side}`, `toe${side}`);
    if (foot) feet = Math.max(feet, angleBetweenVectors([foot[0], 0, foot[2]], axes.forward));
  }
  return { trunk: trunk ? angleBetweenVectors(trunk, axes.up) : 0, legs, arms, feet };
}

/** Towards the side that a limb is on. */
export const outward = (axes: BodyAxes, side: Side): Vec3 =>
  side === 'L' ? axes.left : scale(axes.left, -1);

/** Angle from a direction to the quarter circle between the lateral and down. */
function fanMisfit(d: Vec3, lateral: Vec3, axes: BodyAxes): number {
  const [out, up] = [dot(d, lateral), dot(d, axes.up)];
  if (out <= 0 && up >= 0) return Math.PI / 2 + Math.min(angleBetweenVectors(d, axes.up), Math.PI / 2);
  if (up > 0) return angleBetweenVectors(d, lateral);
  if (out < 0) return angleBetweenVectors(d, scale(axes.up, -1));
  return Math.asin(Math.min(1, Math.abs(dot(d, axes.forward))));
}

/** The middle between the hips; the pelvis where a hip is missing. */
export function hipCentre(pose: WorldPose, body: Body): Vec3 | undefined {
  const [l, r] = [placeOf(pose, body, 'thighL'), placeOf(pose, body, 'thighR')];
  return l && r ? mix(l, r, 0.5) : placeOf(pose, body, 'pelvis');
}
