import { GaitwayError } from '../../errors.js';
import { mirroredKey } from './joint-key.js';
import type { MotionTrack } from './motion-track.js';

/**
 * The track seen in a mirror that stands across the X axis: left limbs become right limbs.
 *
 * Bodies are nearly alike on both sides, so this doubles what there is to learn from and to choose from. Where the
 * track says how joints are turned, a mirrored joint stands to its mirrored rest as its counterpart stands to its
 * own, whichever way the axes of both were laid.
 *
 * @throws GaitwayError `motion/one-sided` where a limb has no counterpart.
 */
export function mirrorTrack(track: MotionTrack): MotionTrack {
  const { roles, positions, name, frameCount, rootX, facingX, rotations, restRotations, loop } = track;
  const from = roles.map((role) => {
    const other = roles.indexOf(mirroredKey(role));
    if (other >= 0) return other;
    throw new GaitwayError(
      'motion/one-sided',
      `${name} has the ${role} without its counterpart on the other side; a mirror image needs both. Complete the bone map.`,
      { clip: name, role },
    );
  });
  const mirrored = new Float64Array(positions.length);
  for (let f = 0, at = 0; f < frameCount; f++) {
    for (const joint of from) {
      const source = 3 * (f * roles.length + joint);
      mirrored[at++] = -positions[source];
      mirrored[at++] = positions[source + 1];
      mirrored[at++] = positions[source + 2];
    }
  }
  return {
    ...track,
    positions: mirrored,
    rootX: rootX.map((x) => -x),
    facingX: facingX.map((x) => -x),
    ...(rotations && restRotations && { rotations: mirroredRotations(rotations, restRotations, from) }),
    ...(loop && { loop: { ...loop, sin: -loop.sin, x: -loop.x } }),
  };
}

/** Rotations [frames, joints, 4] of which joint j mirrors `from[j]`. */
function mirroredRotations(
  rotations: Float64Array,
  rest: Float64Array,
  from: readonly number[],
): Float64Array {
  const out = new Float64Array(rotations.length);
  const stride = 4 * from.length;
  from.forEach((other, joint) => {
    const a = 4 * other;
    const b = 4 * joint;
    // From the mirrored rest of the one to the rest of the other: conj(mirror(rest)) · rest.
    const [cx, cy, cz, cw] = times(-rest[a], rest[a + 1], rest[a + 2], rest[a + 3], rest, b);
    for (let row = 0; row < rotations.length; row += stride) {
      const [x, y, z, w] = [
        rotations[row + a],
        -rotations[row + a + 1],
        -rotations[row + a + 2],
        rotations[row + a + 3],
      ];
      const at = row + b;
      out[at] = w * cx + x * cw + y * cz - z * cy;
      out[at + 1] = w * cy - x * cz + y * cw + z * cx;
      out[at + 2] = w * cz + x * cy - y * cx + z * cw;
      out[at + 3] = w * cw - x * cx - y * cy - z * cz;
    }
  });
  return out;
}

function times(x: number, y: number, z: number, w: number, q: Float64Array, at: number): number[] {
  const [bx, by, bz, bw] = [q[at], q[at + 1], q[at + 2], q[at + 3]];
  return [
    w * bx + x * bw + y * bz - z * by,
    w * by - x * bz + y * bw + z * bx,
    w * bz + x * by - y * bx + z * bw,
    w * bw - x * bx - y * by - z * bz,
  ];
}
