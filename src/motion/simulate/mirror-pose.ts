import type { LocalPose } from '../../clip/index.js';
import { conjugate, fromAxes, multiply, normaliseQuat, type Quat, quatAt, quatDot } from '../../math/quat.js';
import { divideRows, multiplyRows, rotateRowBack } from '../../math/quat-rows.js';
import { add, distance, dot, normalise, scale, subtract, type Vec3, vec3At } from '../../math/vec3.js';
import { jointKey, mirroredKey } from '../features/joint-key.js';
import type { PlayBody } from './play-body.js';

/** Writes the mirror image of a pose, seen from the root, to `out`: what the left hand did, the right hand does. */
export type MirrorPose = (pose: LocalPose, out: LocalPose) => void;

/** Share of a thigh's distance from the other by which a skeleton may be lopsided at rest. */
const LOPSIDED = 0.2;
/** Joint axes are laid square to each other's image, but for what motion cannot tell. */
const NEARLY_SQUARE = (25 * Math.PI) / 180;
const ACROSS: Quat = [1, 0, 0, 0];

/**
 * Prepares mirroring on a body whose joints keep their names, sides and lengths.
 *
 * A reflection is a half turn with all signs turned round. So a joint's image turns as its partner's turn G does, as
 * halfTurn · G · C, where C says how the joint's axes lie to the image of its partner's. C is read from the rest pose
 * where that is symmetric; else from `means`, the mean local turn of each joint [joints, 4], because over many
 * poses both sides do the same, and taken for square where it nearly is. A joint without a partner rests.
 */
export function makeMirrorPose(body: PlayBody, means: Float64Array): MirrorPose {
  const { joints, kept, skeleton } = body;
  const partner = partnersOf(body);
  const constants = constantsAtRest(body, partner) ?? constantsOfMotion(body, partner, means);
  const across = Float64Array.from(ACROSS);
  const turn = new Float64Array(4);
  const move = new Float64Array(3);
  return (pose, out) => {
    for (let j = 0; j < joints.length; j++) {
      const o = partner[j];
      const { parent } = joints[j];
      const { restTranslation, restRotation } = skeleton.joints[kept[j]];
      if (o < 0) {
        for (let k = 0; k < 4; k++) out.rotations[4 * j + k] = restRotation[k];
        for (let k = 0; k < 3; k++) out.translations[3 * j + k] = restTranslation[k];
        continue;
      }
      multiplyRows(pose.rotations, 4 * o, constants, 4 * j, turn, 0);
      if (parent < 0) {
        multiplyRows(across, 0, turn, 0, out.rotations, 4 * j);
        out.translations[3 * j] = -pose.translations[3 * o];
        out.translations[3 * j + 1] = pose.translations[3 * o + 1];
        out.translations[3 * j + 2] = pose.translations[3 * o + 2];
        continue;
      }
      divideRows(constants, 4 * parent, turn, 0, out.rotations, 4 * j);
      const partnersRest = skeleton.joints[kept[o]].restTranslation;
      for (let k = 0; k < 3; k++) move[k] = partnersRest[k] - pose.translations[3 * o + k];
      rotateRowBack(constants, 4 * parent, move, 0, move, 0);
      for (let k = 0; k < 3; k++) out.translations[3 * j + k] = restTranslation[k] + move[k];
    }
  };
}

/** The joint on the other side of each, by role or name; itself in the middle, −1 where parents are no partners. */
function partnersOf({ joints, kept, skeleton, roles }: PlayBody): Int32Array {
  const roleOf = new Map(Object.entries(roles).map(([role, joint]) => [joint, role]));
  const keys = Array.from(
    kept,
    (joint, j) => roleOf.get(j) ?? jointKey(undefined, skeleton.joints[joint].name),
  );
  const partner = new Int32Array(joints.length);
  joints.forEach(({ parent }, j) => {
    const o = keys.indexOf(mirroredKey(keys[j] ?? ''));
    const isPair = o >= 0 && (parent < 0 ? joints[o].parent < 0 : joints[o].parent === partner[parent]);
    partner[j] = isPair ? o : -1;
  });
  return partner;
}

function constantsAtRest(body: PlayBody, partner: Int32Array): Float64Array | undefined {
  const { kept, rest, roles } = body;
  const place = (j: number): Vec3 => vec3At(rest.positions, kept[j]);
  const [a, b] = [place(roles.thighL ?? 0), place(roles.thighR ?? 0)];
  const normal = normalise(subtract(a, b), [1, 0, 0]);
  const level = dot(add(a, b), normal) / 2;
  const image = (p: Vec3): Vec3 => subtract(p, scale(normal, 2 * (dot(p, normal) - level)));
  for (const j of Object.values(roles)) {
    if (j === undefined || partner[j] < 0) continue;
    if (distance(image(place(j)), place(partner[j])) > LOPSIDED * distance(a, b)) return undefined;
  }
  const turnAt = (j: number): Quat => quatAt(rest.rotations, kept[j]);
  const halfTurn: Quat = [normal[0], normal[1], normal[2], 0];
  return Float64Array.from(
    Array.from(partner, (o, j) =>
      o < 0 ? ACROSS : multiply(conjugate(turnAt(o)), multiply(halfTurn, turnAt(j))),
    ).flat(),
  );
}

function constantsOfMotion({ joints }: PlayBody, partner: Int32Array, means: Float64Array): Float64Array {
  const squares = squareTurns();
  const constants: Quat[] = [];
  joints.forEach(({ parent }, j) => {
    const o = partner[j] < 0 ? j : partner[j];
    const above = parent < 0 ? ACROSS : constants[parent];
    const found = normaliseQuat(multiply(conjugate(quatAt(means, o)), multiply(above, quatAt(means, j))));
    const nearest = squares.reduce((best, square) =>
      Math.abs(quatDot(square, found)) > Math.abs(quatDot(best, found)) ? square : best,
    );
    const isSquare = 2 * Math.acos(Math.min(1, Math.abs(quatDot(nearest, found)))) < NEARLY_SQUARE;
    constants.push(isSquare ? nearest : found);
  });
  return Float64Array.from(constants.flat());
}

/** The 24 turns that lay axes on axes. */
function squareTurns(): Quat[] {
  const axes: Vec3[] = [
    [1, 0, 0],
    [-1, 0, 0],
    [0, 1, 0],
    [0, -1, 0],
    [0, 0, 1],
    [0, 0, -1],
  ];
  return axes.flatMap((x) =>
    axes
      .filter((y) => dot(x, y) === 0)
      .map((y) => {
        const z: Vec3 = [x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]];
        return fromAxes(x, y, z);
      }),
  );
}
