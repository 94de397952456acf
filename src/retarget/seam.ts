import { type Clip, frameTime, worldPoseOfFrame } from '../clip/index.js';
import { angleBetween, fromAxisAngle, multiply, type Quat, quatAt, rotate, setQuat } from '../math/quat.js';
import { setVec3, type Vec3, vec3At } from '../math/vec3.js';
import type { Body } from './body/body.js';

/** How a clip that ends as it begins goes on: every round is turned and moved along the floor by this. */
export interface Seam {
  /** Radians about the vertical. */
  readonly yaw: number;
  /** Metres; applied after the turn. */
  readonly shift: Vec3;
}

/** A loop's last pose differs from its first by no more; what does is not meant to be one. */
const SAME_TURN = (3 * Math.PI) / 180;
const SAME_HEIGHT = 0.02;
const SHORTEST_SECONDS = 0.25;
const UP: Vec3 = [0, 1, 0];

/** How a clip goes on where it is a loop: where it moves and its last pose is its first one, wherever on the floor. */
export function seamOf(clip: Clip, body: Body): Seam | undefined {
  const last = clip.frameCount - 1;
  const { pelvis } = body.roles;
  if (pelvis === undefined || last * frameTime(clip.rate) < SHORTEST_SECONDS) return undefined;
  const { joints } = clip.skeleton;
  const above = new Set<number>();
  for (let j = pelvis; j >= 0; j = joints[j].parent) above.add(j);
  const isAsAtFirst = (frame: number): boolean =>
    joints.every((_, j) => {
      const [a, b] = [quatAt(clip.rotations, j), quatAt(clip.rotations, frame * joints.length + j)];
      return above.has(j) || angleBetween(a, b) <= SAME_TURN;
    });
  // Who stands still has no rounds.
  if (!isAsAtFirst(last) || [0.25, 0.5, 0.75].every((share) => isAsAtFirst(Math.round(share * last))))
    return undefined;
  // What is no number is told by its frame in the clip itself.
  const isWhole = (values: Float64Array): boolean => values.every((value) => Number.isFinite(value));
  if (!isWhole(clip.rotations) || !isWhole(clip.translations)) return undefined;
  const [begin, end] = [worldPoseOfFrame(clip, 0), worldPoseOfFrame(clip, last)];
  const [from, to] = [vec3At(begin.positions, pelvis), vec3At(end.positions, pelvis)];
  const [a, b] = [quatAt(begin.rotations, pelvis), quatAt(end.rotations, pelvis)];
  const yaw = turnAbout(a, b);
  const turn = fromAxisAngle(UP, yaw);
  if (Math.abs(to[1] - from[1]) > SAME_HEIGHT || angleBetween(multiply(turn, a), b) > SAME_TURN)
    return undefined;
  const moved = rotate(turn, from);
  return { yaw, shift: [to[0] - moved[0], 0, to[2] - moved[2]] };
}

/** The turn about the vertical that brings one rotation nearest to another. */
function turnAbout(a: Quat, b: Quat): number {
  const change = multiply(b, [-a[0], -a[1], -a[2], a[3]]);
  return 2 * Math.atan2(change[1], change[3]);
}

/** A loop with `frames` more poses before it and behind it, from its neighbouring rounds. */
export function withRounds(clip: Clip, seam: Seam, frames: number): Clip {
  const { joints } = clip.skeleton;
  const count = joints.length;
  const length = clip.frameCount - 1;
  const total = clip.frameCount + 2 * frames;
  const rotations = new Float64Array(4 * count * total);
  const translations = new Float64Array(3 * count * total);
  for (let f = 0; f < total; f++) {
    const round = Math.floor((f - frames) / length);
    const inside = f - frames === length ? length : f - frames - round * length;
    rotations.set(clip.rotations.subarray(4 * count * inside, 4 * count * (inside + 1)), 4 * count * f);
    translations.set(clip.translations.subarray(3 * count * inside, 3 * count * (inside + 1)), 3 * count * f);
    if (f - frames === length) continue;
    const { turn, shift } = repeated(seam, round);
    joints.forEach(({ parent }, j) => {
      if (parent >= 0) return;
      const at = f * count + j;
      const [x, y, z] = rotate(turn, vec3At(translations, at));
      setVec3(translations, at, [x + shift[0], y + shift[1], z + shift[2]]);
      setQuat(rotations, at, multiply(turn, quatAt(rotations, at)));
    });
  }
  return { ...clip, frameCount: total, rotations, translations, curves: [], events: [] };
}

/** The seam passed `rounds` times, backwards where that is negative. */
function repeated({ yaw, shift }: Seam, rounds: number): { turn: Quat; shift: Vec3 } {
  const once = fromAxisAngle(UP, yaw);
  const back = fromAxisAngle(UP, -yaw);
  let sum: Vec3 = [0, 0, 0];
  for (let n = 0; n < Math.abs(rounds); n++) {
    const [x, y, z] = rounds > 0 ? rotate(once, sum) : sum;
    sum =
      rounds > 0
        ? [x + shift[0], y + shift[1], z + shift[2]]
        : rotate(back, [x - shift[0], y - shift[1], z - shift[2]]);
  }
  return { turn: fromAxisAngle(UP, rounds * yaw), shift: sum };
}
