import type { LimbTrack } from '../../math/limb-ik.js';
import { size3 } from '../../math/size.js';

/**
 * What it costs a limb, in degrees of its two bones, to have its tip elsewhere.
 *
 * The limb swings as a whole and bends in its plane; both bones are to point as they did. In a frame three
 * rows say so: upper bone in the plane, lower bone in the plane, both out of it; radians, linear around where
 * the tip is.
 */
export interface LimbDirections {
  /** [3 rows, 3], by how much each row turns for a metre of the tip from the base. */
  readonly slopes: Float64Array;
  /** [3], what each row comes to for the limb to point as it did. */
  readonly rights: Float64Array;
  /** Sets `slopes` and `rights` for a frame whose tip has gone (x, y, z) from where it was to its base. */
  at(frame: number, x: number, y: number, z: number): void;
}

/** A limb bent less than this is taken to be as stiff as one that is bent so, radians. */
const STIFFEST_BEND = 0.1;
const TINY = 1e-9;
const ROOT_2 = Math.SQRT2;

export function makeLimbDirections({ base, middle, tip, hinge }: LimbTrack): LimbDirections {
  const slopes = new Float64Array(9);
  const rights = new Float64Array(3);
  const along = new Float64Array(3);
  const before = new Float64Array(3);
  const inPlane = new Float64Array(3);
  const across = new Float64Array(3);
  const upperTurn = { angle: 0, slope: 0 };
  const lowerTurn = { angle: 0, slope: 0 };
  return {
    slopes,
    rights,
    at(frame, x, y, z) {
      const f = 3 * frame;
      let upper = 0;
      let lower = 0;
      let reach = 0;
      for (let k = 0; k < 3; k++) {
        before[k] = tip[f + k] - base[f + k];
        upper += (middle[f + k] - base[f + k]) ** 2;
        lower += (tip[f + k] - middle[f + k]) ** 2;
        reach += before[k] ** 2;
      }
      slopes.fill(0);
      rights.fill(0);
      upper = Math.sqrt(upper);
      lower = Math.sqrt(lower);
      reach = Math.sqrt(reach);
      if (upper < TINY || lower < TINY || reach < TINY) return;
      for (let k = 0; k < 3; k++) before[k] /= reach;
      // In the plane of the limb and square to its line, towards knee or elbow.
      let off = 0;
      for (let k = 0; k < 3; k++) off += (middle[f + k] - base[f + k]) * before[k];
      cross(hinge, f, before, 0, inPlane);
      let side = 0;
      for (let k = 0; k < 3; k++) side += inPlane[k] * (middle[f + k] - base[f + k] - off * before[k]);
      normalise(inPlane, side < 0 ? -1 : 1);
      cross(before, 0, inPlane, 0, across);

      const [gx, gy, gz] = [before[0] * reach + x, before[1] * reach + y, before[2] * reach + z];
      const now = size3(gx, gy, gz);
      if (now < TINY) return;
      along[0] = gx / now;
      along[1] = gy / now;
      along[2] = gz / now;
      const moved = along[0] * x + along[1] * y + along[2] * z;
      angleAt(reach, upper, lower, upperTurn);
      angleAt(reach, lower, upper, lowerTurn);
      const [upperBefore, lowerBefore] = [upperTurn.angle, lowerTurn.angle];
      angleAt(now, upper, lower, upperTurn);
      angleAt(now, lower, upper, lowerTurn);
      for (let k = 0; k < 3; k++) {
        slopes[k] = inPlane[k] / reach + upperTurn.slope * along[k];
        slopes[3 + k] = inPlane[k] / reach - lowerTurn.slope * along[k];
        slopes[6 + k] = (ROOT_2 * across[k]) / reach;
      }
      rights[0] = upperBefore - upperTurn.angle + upperTurn.slope * moved;
      rights[1] = lowerTurn.angle - lowerBefore - lowerTurn.slope * moved;
    },
  };
}

/**
 * Angle at one end of the triangle of two bones and their reach, radians, and how it changes with reach.
 *
 * Near the straight limb it goes on along its tangent: there a millimetre costs any number of degrees, and
 * beyond it there is no triangle.
 */
function angleAt(reach: number, own: number, other: number, out: { angle: number; slope: number }): void {
  const longest = Math.sqrt(own * own + other * other + 2 * own * other * Math.cos(STIFFEST_BEND));
  const shortest = Math.abs(own - other) + 0.05 * (own + other);
  const r = Math.min(longest, Math.max(shortest, reach));
  const cosine = (own * own + r * r - other * other) / (2 * own * r);
  const sine = Math.sqrt(Math.max(1e-6, 1 - cosine * cosine));
  out.slope = -(r * r - own * own + other * other) / (2 * own * r * r) / sine;
  out.angle = Math.atan2(sine, cosine) + out.slope * (reach - r);
}

function cross(a: Float64Array, i: number, b: Float64Array, j: number, out: Float64Array): void {
  out[0] = a[i + 1] * b[j + 2] - a[i + 2] * b[j + 1];
  out[1] = a[i + 2] * b[j] - a[i] * b[j + 2];
  out[2] = a[i] * b[j + 1] - a[i + 1] * b[j];
}

function normalise(v: Float64Array, sign: number): void {
  const size = size3(v[0], v[1], v[2]);
  for (let k = 0; k < 3; k++) v[k] *= size < TINY ? 0 : sign / size;
}
