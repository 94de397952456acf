import { GaitwayError } from '../../errors.js';
import { savitzkyGolay } from '../../math/savitzky-golay.js';

/**
 * A clip as motion matching sees it: joint places in the world and the root frame that each pose is measured in.
 *
 * The root stands on the ground under the upper spine (the pelvis where there is none), facing square to the line
 * between the thighs;
 * its place is smoothed over 0.5 s and its facing over 1 s. In its frame x is left, y up, z forward.
 *
 * | array                | shape              | unit                          |
 * | -------------------- | ------------------ | ----------------------------- |
 * | `positions`          | [frames, joints, 3] | metres, world, Y up          |
 * | `rootX`, `rootZ`     | [frames]           | metres, world                 |
 * | `facingX`, `facingZ` | [frames]           | unit vector on the ground     |
 *
 * @see D. Holden, "Learned Motion Matching" (2020) and its published code, for the simulation bone.
 */
export interface MotionTrack {
  readonly name: string;
  readonly frameCount: number;
  readonly rateHz: number;
  /** Roles in the order of the joints in `positions`. */
  readonly roles: readonly string[];
  readonly positions: Float64Array;
  readonly rootX: Float64Array;
  readonly rootZ: Float64Array;
  readonly facingX: Float64Array;
  readonly facingZ: Float64Array;
  /** [frames, joints, 4], world from joint, unit quaternions; only where they were asked for. */
  readonly rotations?: Float64Array;
  /** [joints, 4], the same of the skeleton at rest, with `rotations`. */
  readonly restRotations?: Float64Array;
  /** Joint that the root is; nothing where it was found from the body. */
  readonly rootJoint?: string;
  /** The clip goes on with its first frame after its last, moved so. */
  readonly loop?: GroundMove;
}

/** A turn about the vertical, then a step on the ground: x′ = cos · x + sin · z + x, z′ = cos · z − sin · x + z. */
export interface GroundMove {
  readonly cos: number;
  readonly sin: number;
  readonly x: number;
  readonly z: number;
}

const PLACE_WINDOW_SECONDS = 0.5;
const FACING_WINDOW_SECONDS = 1;

/**
 * Places the root under world joint positions [frames, roles, 3].
 *
 * @throws GaitwayError `motion/missing-role` where pelvis, a thigh or a foot is missing.
 */
export function makeMotionTrack(
  name: string,
  roles: readonly string[],
  positions: Float64Array,
  rateHz: number,
): MotionTrack {
  const at = (role: string): number => roles.indexOf(role);
  const trunk = ['spine3', 'spine2', 'spine1', 'pelvis'].map(at).find((index) => index >= 0) ?? -1;
  const missing = ['pelvis', 'thighL', 'thighR', 'footL', 'footR'].filter((role) => at(role) < 0);
  if (missing.length > 0) {
    throw new GaitwayError(
      'motion/missing-role',
      `${name}: motion features need the ${missing.join(', ')}, which this skeleton's bone map lacks; add them with a map file.`,
      { clip: name, missing },
    );
  }
  const count = roles.length;
  const frameCount = positions.length / (3 * count);
  const [x, z, u, v] = [0, 1, 2, 3].map(() => new Float64Array(frameCount)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const [left, right] = [at('thighL'), at('thighR')];
  for (let f = 0; f < frameCount; f++) {
    const row = 3 * count * f;
    x[f] = positions[row + 3 * trunk];
    z[f] = positions[row + 3 * trunk + 2];
    const leftX = positions[row + 3 * left] - positions[row + 3 * right];
    const leftZ = positions[row + 3 * left + 2] - positions[row + 3 * right + 2];
    const size = Math.hypot(leftX, leftZ) || 1;
    u[f] = -leftZ / size;
    v[f] = leftX / size;
  }
  const half = (seconds: number): number => Math.floor((seconds * rateHz) / 2);
  const facingX = savitzkyGolay(u, half(FACING_WINDOW_SECONDS));
  const facingZ = savitzkyGolay(v, half(FACING_WINDOW_SECONDS));
  for (let f = 0; f < frameCount; f++) {
    const size = Math.hypot(facingX[f], facingZ[f]) || 1;
    facingX[f] /= size;
    facingZ[f] /= size;
  }
  return {
    name,
    frameCount,
    rateHz,
    roles,
    positions,
    rootX: savitzkyGolay(x, half(PLACE_WINDOW_SECONDS)),
    rootZ: savitzkyGolay(z, half(PLACE_WINDOW_SECONDS)),
    facingX,
    facingZ,
  };
}
