import { restWorldPose, type Skeleton, type WorldPose } from '../../../clip/index.js';
import { conjugate, quatAt, rotate } from '../../../math/quat.js';
import { normalise, subtract, type Vec3, vec3At } from '../../../math/vec3.js';

/** A bone to draw: from joint `from` to its child `to`. */
export interface Bone {
  readonly from: number;
  readonly to: number;
  /** The direction in the frame of `from` that the bone's own x axis keeps to, so that twist shows. */
  readonly side: Vec3;
  /** Share of the usual width; helper joints are drawn thin. */
  readonly width: number;
}

const AXES: readonly Vec3[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** Half the waist of a bone, in parts of its length and at most of the body's height. */
const WIDTH_OF_LENGTH = 0.12;
const WIDTH_OF_HEIGHT = 0.021;

const HELPER_WIDTH = 0.3;

/** A bone for every joint that has a parent. */
export function bonesOf(
  skeleton: Skeleton,
  isHelper: (bone: { from: number; to: number }) => boolean,
): Bone[] {
  const rest = restWorldPose(skeleton);
  return skeleton.joints.flatMap(({ parent }, to) => {
    if (parent < 0) return [];
    const world = subtract(vec3At(rest.positions, to), vec3At(rest.positions, parent));
    const along = normalise(rotate(conjugate(quatAt(rest.rotations, parent)), world));
    const least = [0, 1, 2].reduce((best, k) => (Math.abs(along[k]) < Math.abs(along[best]) ? k : best), 0);
    const width = isHelper({ from: parent, to }) ? HELPER_WIDTH : 1;
    return [{ from: parent, to, side: AXES[least], width }];
  });
}

/**
 * Writes the matrices [bones, 16] (column after column) that carry a bone of length 1 along +Y to its place.
 *
 * A bone whose ends meet is given no size. Nothing is allocated.
 */
export function writeBoneMatrices(
  bones: readonly Bone[],
  pose: WorldPose,
  height: number,
  out: Float32Array,
): void {
  const { positions: p, rotations: r } = pose;
  const widest = height * WIDTH_OF_HEIGHT;
  for (let b = 0; b < bones.length; b++) {
    const { from, to, side, width: share } = bones[b];
    const i = 3 * from;
    const j = 3 * to;
    const o = 16 * b;
    const dx = p[j] - p[i];
    const dy = p[j + 1] - p[i + 1];
    const dz = p[j + 2] - p[i + 2];
    const size = Math.sqrt(dx * dx + dy * dy + dz * dz);
    out[o + 12] = p[i];
    out[o + 13] = p[i + 1];
    out[o + 14] = p[i + 2];
    out[o + 15] = 1;
    if (size < 1e-6) {
      out.fill(0, o, o + 12);
      continue;
    }
    const yx = dx / size;
    const yy = dy / size;
    const yz = dz / size;
    const qx = r[4 * from];
    const qy = r[4 * from + 1];
    const qz = r[4 * from + 2];
    const qw = r[4 * from + 3];
    const tx = 2 * (qy * side[2] - qz * side[1]);
    const ty = 2 * (qz * side[0] - qx * side[2]);
    const tz = 2 * (qx * side[1] - qy * side[0]);
    let xx = side[0] + qw * tx + qy * tz - qz * ty;
    let xy = side[1] + qw * ty + qz * tx - qx * tz;
    let xz = side[2] + qw * tz + qx * ty - qy * tx;
    const inner = xx * yx + xy * yy + xz * yz;
    xx -= inner * yx;
    xy -= inner * yy;
    xz -= inner * yz;
    const width = share * Math.min(widest, size * WIDTH_OF_LENGTH);
    const toWidth = width / (Math.sqrt(xx * xx + xy * xy + xz * xz) || 1);
    xx *= toWidth;
    xy *= toWidth;
    xz *= toWidth;
    out[o] = xx;
    out[o + 1] = xy;
    out[o + 2] = xz;
    out[o + 3] = 0;
    out[o + 4] = dx;
    out[o + 5] = dy;
    out[o + 6] = dz;
    out[o + 7] = 0;
    out[o + 8] = xy * yz - xz * yy;
    out[o + 9] = xz * yx - xx * yz;
    out[o + 10] = xx * yy - xy * yx;
    out[o + 11] = 0;
  }
}
