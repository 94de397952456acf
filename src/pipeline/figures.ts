import { jointIndex, type Skeleton } from '../clip/index.js';
import type { MotionTrack } from '../motion/index.js';
import type { RoleNames } from './motion-track-of-file.js';

/** A body at one time, seen from the root of a moment: x left, y up, z forward, metres. */
export interface FigurePose {
  /** From the moment. */
  readonly seconds: number;
  readonly joints: readonly (readonly [number, number, number])[];
}

/** A motion in a few poses, before and after it was changed. */
export interface Figures {
  /** Pairs of joints between which a line is drawn. */
  readonly bones: readonly (readonly [number, number])[];
  readonly from: readonly FigurePose[];
  readonly to: readonly FigurePose[];
}

/** Lines from every joint of a bone map to the nearest one above it; indices are those of the map. */
export function figureBones({ joints }: Skeleton, boneMap: RoleNames): [number, number][] {
  const own = Object.values(boneMap).map((name) => jointIndex({ joints }, name));
  return own.flatMap((joint, r): [number, number][] => {
    let above = joints[joint].parent;
    while (above >= 0 && !own.includes(above)) above = joints[above].parent;
    return above < 0 ? [] : [[own.indexOf(above), r]];
  });
}

/** The pose of the frame nearest to `seconds` after `frame`, held at the track's ends. */
export function figurePose(track: MotionTrack, frame: number, seconds: number): FigurePose {
  const { positions, roles, rootX, rootZ, facingX, facingZ, rateHz, frameCount } = track;
  const at = Math.min(Math.max(frame + Math.round(seconds * rateHz), 0), frameCount - 1);
  const [fx, fz] = [facingX[frame], facingZ[frame]];
  return {
    seconds,
    joints: roles.map((_, r) => {
      const row = 3 * (at * roles.length + r);
      const [dx, dz] = [positions[row] - rootX[frame], positions[row + 2] - rootZ[frame]];
      return [dx * fz - dz * fx, positions[row + 1], dx * fx + dz * fz] as const;
    }),
  };
}
