import { conjugate, fromAxes, fromAxisAngle, multiply, type Quat, rotate } from '#math/quat.js';
import { add, cross, length, normalise, reject, scale, subtract, type Vec3 } from '#math/vec3.js';
import { type Arm, type Leg, type Side, signOf } from './figure.js';

/** The turn that carries one pair of square unit directions onto another. */
function turnOfPair(fromA: Vec3, fromB: Vec3, toA: Vec3, toB: Vec3): Quat {
  const to = fromAxes(toA, toB, cross(toA, toB));
  return multiply(to, conjugate(fromAxes(fromA, fromB, cross(fromA, fromB))));
}

/** Beyond this part of its length a leg in the air gives way; it never gets past the second one. */
const GIVE_FROM = 0.97;
const GIVE_TO = 0.997;

/** An ankle in the air brought within reach of the hip; `free` 0 leaves it where it is. */
export function withinReach(hip: Vec3, ankle: Vec3, leg: Leg, free: number): Vec3 {
  const way = subtract(ankle, hip);
  const far = length(way) / (leg.thighLength + leg.calfLength);
  if (free <= 0 || far <= GIVE_FROM) return ankle;
  const room = GIVE_TO - GIVE_FROM;
  const given = GIVE_FROM + room * (1 - Math.exp(-(far - GIVE_FROM) / room));
  return add(hip, scale(way, 1 + free * (given / far - 1)));
}

/**
 * World turns of thigh and calf that bring the ankle from the hip to where it must be, knee towards `forward`.
 *
 * @see the law of cosines; both segments keep their lengths.
 */
export function bendLeg(
  hip: Vec3,
  ankle: Vec3,
  forward: Vec3,
  leg: Leg,
  rest: { readonly thigh: Vec3; readonly calf: Vec3 },
): { readonly thigh: Quat; readonly calf: Quat } {
  const way = subtract(ankle, hip);
  const a = leg.thighLength;
  const b = leg.calfLength;
  const far = Math.min(length(way), (a + b) * 0.99999);
  const down = normalise(way);
  const cosine = (a * a + far * far - b * b) / (2 * a * far);
  const knee = normalise(reject(forward, down));
  const thighWay = add(scale(down, cosine), scale(knee, Math.sqrt(Math.max(1 - cosine * cosine, 0))));
  const calfWay = normalise(subtract(scale(down, far), scale(thighWay, a)));
  const hinge = cross(knee, down);
  const restTurn = (restWay: Vec3, posedWay: Vec3): Quat =>
    turnOfPair(restWay, normalise(reject([1, 0, 0], restWay)), posedWay, hinge);
  return { thigh: restTurn(rest.thigh, thighWay), calf: restTurn(rest.calf, calfWay) };
}

/** Angles of an arm, radians. */
export interface ArmAngles {
  /** Upper arm forwards and away from the body, and turned inwards about itself. */
  readonly swing: number;
  readonly spread: number;
  readonly inward: number;
  readonly elbow: number;
}

/** World turns of upper arm and forearm that hangs from a shoulder standing by `frame`. */
export function hangArm(arm: Arm, side: Side, frame: Quat, angles: ArmAngles): { upper: Quat; fore: Quat } {
  const sign = signOf(side);
  const hang = multiply(
    frame,
    multiply(fromAxisAngle([1, 0, 0], -angles.swing), fromAxisAngle([0, 0, 1], sign * angles.spread)),
  );
  const down = rotate(hang, [0, -1, 0]);
  // Palms face the body; the elbow's axis lies across it.
  const hinge = rotate(fromAxisAngle(down, sign * angles.inward), rotate(hang, [-1, 0, 0]));
  const fore = rotate(fromAxisAngle(hinge, angles.elbow), down);
  return {
    upper: turnOfPair(arm.upperDirection, arm.upperHinge, down, hinge),
    fore: turnOfPair(arm.foreDirection, arm.foreHinge, fore, hinge),
  };
}
