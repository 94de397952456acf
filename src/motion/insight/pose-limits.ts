import { multiplyRows, rotationVectorOfRow, rowOfRotationVector } from '../../math/quat-rows.js';

/** How far joints turn in clips: for each a middle turn, and around it a box of rotation vectors. */
export interface PoseLimits {
  /** [joints, 4] */
  readonly middle: Float64Array;
  /** [joints, 3], radians about the middle's own axes. */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Of all poses, so many go beyond a limit on either side. */
const BEYOND = 0.005;

/** Limits that all but the rarest of the poses keep; `rotations` [poses, joints, 4], parent from joint. */
export function poseLimits(rotations: Float64Array, joints: number): PoseLimits {
  const poses = rotations.length / (4 * joints);
  const middle = new Float64Array(4 * joints);
  const [low, high] = [new Float64Array(3 * joints), new Float64Array(3 * joints)];
  const values = [0, 1, 2].map(() => new Float64Array(poses));
  const scratch = new Float64Array(4);
  for (let j = 0; j < joints; j++) {
    middleTurn(rotations, poses, joints, j, middle);
    for (let p = 0; p < poses; p++) {
      offMiddle(middle, j, rotations, 4 * (p * joints + j), scratch);
      for (let axis = 0; axis < 3; axis++) values[axis][p] = scratch[axis];
    }
    values.forEach((column, axis) => {
      column.sort();
      low[3 * j + axis] = column[Math.floor(BEYOND * (poses - 1))];
      high[3 * j + axis] = column[Math.ceil((1 - BEYOND) * (poses - 1))];
    });
  }
  return { middle, low, high };
}

/** Turns joint `j`, whose rotation is at `rotations[at …]`, back to where limits begin; within them nothing changes. */
export function keepWithin(
  { middle, low, high }: PoseLimits,
  j: number,
  rotations: Float64Array,
  at: number,
): void {
  const vector = new Float64Array(3);
  offMiddle(middle, j, rotations, at, vector);
  let isBeyond = false;
  for (let axis = 0; axis < 3; axis++) {
    const kept = Math.min(Math.max(vector[axis], low[3 * j + axis]), high[3 * j + axis]);
    isBeyond ||= kept !== vector[axis];
    vector[axis] = kept;
  }
  if (!isBeyond) return;
  const turn = new Float64Array(4);
  rowOfRotationVector(vector, 0, turn, 0);
  multiplyRows(middle, 4 * j, turn, 0, rotations, at);
}

/** The normalised sum of a joint's rotations, each with the sign that is nearer to the first. */
function middleTurn(
  rotations: Float64Array,
  poses: number,
  joints: number,
  j: number,
  out: Float64Array,
): void {
  for (let p = 0; p < poses; p++) {
    const at = 4 * (p * joints + j);
    let dot = 0;
    for (let k = 0; k < 4; k++) dot += rotations[at + k] * rotations[4 * j + k];
    for (let k = 0; k < 4; k++) out[4 * j + k] += dot < 0 ? -rotations[at + k] : rotations[at + k];
  }
  let size = 0;
  for (let k = 0; k < 4; k++) size += out[4 * j + k] ** 2;
  for (let k = 0; k < 4; k++) out[4 * j + k] /= Math.sqrt(size) || 1;
}

/** out [3] = the turn from the middle to a rotation, as a rotation vector. */
function offMiddle(
  middle: Float64Array,
  j: number,
  rotations: Float64Array,
  at: number,
  out: Float64Array,
): void {
  const turn = new Float64Array(4);
  const back = Float64Array.of(-middle[4 * j], -middle[4 * j + 1], -middle[4 * j + 2], middle[4 * j + 3]);
  multiplyRows(back, 0, rotations, at, turn, 0);
  rotationVectorOfRow(turn, 0, out, 0);
}
