import type { MotionTrack } from '../features/motion-track.js';
import type { BendPath } from './bent-path.js';
import type { Block } from './rows.js';
import { type PathPoint, pathPoint, writePose, writeVelocity } from './seen-from-root.js';

/** What an encoder is asked with. Times are seconds; those ahead and behind are both positive. */
export interface InputPlan {
  readonly roles: readonly string[];
  readonly rateHz: number;
  /** Moments ahead at which the root's path is known: at most 1 s, which is what a game's controller predicts. */
  readonly pathAhead: readonly number[];
  readonly pathBehind: readonly number[];
  readonly poseBehind: readonly number[];
}

/** A query stands this far inside its clip: seconds behind and ahead. */
export const SECONDS_BEHIND = 0.4;
export const SECONDS_AHEAD = 1;

/** Pose, velocity, and the path at 1/3, 2/3 and 1 s: 138 numbers for 21 joints. */
export function plainInputs(roles: readonly string[], rateHz: number): InputPlan {
  return { roles, rateHz, pathAhead: [1 / 3, 2 / 3, 1], pathBehind: [], poseBehind: [] };
}

/** Every 1/6 s: where a path kinks shows only between samples that lie close. */
const PATH_AHEAD = [1, 2, 3, 4, 5, 6].map((sixth) => sixth / 6);

/** Pose and velocity, the path every 1/6 s up to 1 s ahead, and pose and path of 1/6 and 1/3 s before. */
export function inputsWithPast(roles: readonly string[], rateHz: number): InputPlan {
  return { roles, rateHz, pathAhead: PATH_AHEAD, pathBehind: [1 / 6, 1 / 3], poseBehind: [1 / 6, 1 / 3] };
}

/** Moments of the window that convolutions run over: eight at 20 Hz, the present and 0.05 … 0.35 s before. */
const WINDOW = [1, 2, 3, 4, 5, 6, 7].map((twentieth) => twentieth / 20);

/** `inputsWithPast` with the poses of the whole window in time. */
export function inputsInTime(roles: readonly string[], rateHz: number): InputPlan {
  return { ...inputsWithPast(roles, rateHz), poseBehind: WINDOW };
}

/** The columns of an input row, in order. */
export function inputBlocks({ roles, pathAhead, pathBehind, poseBehind }: InputPlan): Block[] {
  const pose = 3 * roles.length;
  const path = (name: string, count: number): Block[] =>
    count === 0
      ? []
      : [
          { name: `${name} place`, size: 2 * count, weight: 1 },
          { name: `${name} facing`, size: 2 * count, weight: 1 },
        ];
  return [
    { name: 'pose', size: pose, weight: 1 },
    { name: 'velocity', size: pose, weight: 1 },
    ...path('path ahead', pathAhead.length),
    ...path('path behind', pathBehind.length),
    ...poseBehind.map((seconds) => ({ name: `pose ${seconds.toFixed(3)} s before`, size: pose, weight: 1 })),
  ];
}

/** What each number of an input row is, in the order of `inputBlocks`: `pose footL x`, `path 0.333 s ahead facing z`. */
export function inputColumns({ roles, pathAhead, pathBehind, poseBehind }: InputPlan): string[] {
  const path = (times: readonly number[], way: string): string[] =>
    ['place', 'facing'].flatMap((what) =>
      times.flatMap((seconds) =>
        ['x', 'z'].map((axis) => `path ${seconds.toFixed(3)} s ${way} ${what} ${axis}`),
      ),
    );
  return [
    ...jointColumns('pose', roles),
    ...jointColumns('velocity', roles),
    ...path(pathAhead, 'ahead'),
    ...path(pathBehind, 'before'),
    ...poseBehind.flatMap((seconds) => jointColumns(`pose ${seconds.toFixed(3)} s before`, roles)),
  ];
}

/** A place or velocity of each joint, in words. */
export const jointColumns = (what: string, roles: readonly string[]): string[] =>
  roles.flatMap((role) => ['x', 'y', 'z'].map((axis) => `${what} ${role} ${axis}`));

/**
 * Writes what a query at `frame` may know, seen from its root, to `out[0 …]` in the order of `inputBlocks`.
 *
 * Of the future it reads one frame of the joints (velocity) and the root's path up to the last `pathAhead`.
 * Near the clip's ends the path walks on straight and past poses are held at the first; `insideFrames` tells which are free of it.
 *
 * @param bend Alters the path ahead, as a stick does.
 */
export function writeInput(
  track: MotionTrack,
  frame: number,
  plan: InputPlan,
  out: Float64Array,
  bend?: BendPath,
): void {
  const width = 3 * plan.roles.length;
  writePose(track, frame, 0, out, 0);
  writeVelocity(track, frame, out, width);
  let at = 2 * width;
  const point: PathPoint = { x: 0, z: 0, facingX: 0, facingZ: 1 };
  for (const [times, sign] of [
    [plan.pathAhead, 1],
    [plan.pathBehind, -1],
  ] as const) {
    for (let k = 0; k < times.length; k++) {
      pathPoint(track, frame, sign * times[k], point);
      if (sign > 0) bend?.(frame, times[k], point);
      out[at + 2 * k] = point.x;
      out[at + 2 * k + 1] = point.z;
      out[at + 2 * (times.length + k)] = point.facingX;
      out[at + 2 * (times.length + k) + 1] = point.facingZ;
    }
    at += 4 * times.length;
  }
  for (const seconds of plan.poseBehind) {
    writePose(track, frame, -seconds, out, at);
    at += width;
  }
}

/** The frames [first, end) of a clip that have 0.4 s behind and 1 s ahead of themselves; empty in short clips. */
export function insideFrames(frameCount: number, rateHz: number): { first: number; end: number } {
  const first = Math.ceil(SECONDS_BEHIND * rateHz - 1e-9);
  return { first, end: Math.max(first, frameCount - Math.ceil(SECONDS_AHEAD * rateHz - 1e-9)) };
}
