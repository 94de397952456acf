import { restWorldPose } from '../../clip/index.js';
import { conjugate, fromAxisAngle, multiply, type Quat, quatAt, rotate, setQuat } from '../../math/quat.js';
import { angleBetweenVectors, cross, length, normalise, type Vec3 } from '../../math/vec3.js';
import { SIDES, type Side } from '../body/body.js';
import { directionOf } from '../body/standing.js';
import type { Figure } from './figure.js';

const DEGREE = Math.PI / 180;
/** Collar bones that lie nearer to each other than this are left as each body has them. */
const NEAR = 24.5 * DEGREE;
/** No collar bone is turned by more for the other's sake: shoulders would be drawn up to the ears. */
const MOST = 8 * DEGREE;

/**
 * The target with its collar bones turned a little towards the source's, where the two rigs place them apart.
 *
 * Rigs begin the collar bone anywhere between breast bone and neck, so its direction says more of the rig than
 * of the body, and shoulders keep their own rest pose; only what lies beyond `NEAR` is taken off, up to `MOST`.
 */
export function withNearClavicles(source: Figure, target: Figure): Figure {
  const jointFromAnatomy = Float64Array.from(target.anatomy.jointFromAnatomy);
  for (const side of SIDES) {
    const joint = target.body.roles[`clavicle${side}`];
    const [from, to] = [directionInBody(target, side), directionInBody(source, side)];
    if (joint === undefined || !from || !to) continue;
    const turn = partOfTurn(from, to, Math.min(MOST, angleBetweenVectors(from, to) - NEAR));
    if (turn) setQuat(jointFromAnatomy, joint, multiply(quatAt(jointFromAnatomy, joint), conjugate(turn)));
  }
  return { ...target, anatomy: { ...target.anatomy, jointFromAnatomy } };
}

/** Where a collar bone points in the frame of its own anatomy. */
function directionInBody({ skeleton, body, anatomy }: Figure, side: Side): Vec3 | undefined {
  const joint = body.roles[`clavicle${side}`];
  if (joint === undefined || !anatomy.known[joint]) return undefined;
  const rest = restWorldPose(skeleton);
  const along = directionOf(rest, body, `clavicle${side}`, `upperArm${side}`);
  if (!along) return undefined;
  const frame = multiply(quatAt(rest.rotations, joint), quatAt(anatomy.jointFromAnatomy, joint));
  return rotate(conjugate(frame), along);
}

/** The turn by `angle` on the way from one direction to another; none for 0 or less. */
function partOfTurn(from: Vec3, to: Vec3, angle: number): Quat | undefined {
  const axis = cross(from, to);
  return angle > 0 && length(axis) > 1e-9 ? fromAxisAngle(normalise(axis), angle) : undefined;
}
