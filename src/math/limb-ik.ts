import { multiplyRows, rotateRow } from './quat-rows.js';
import { size2, size3 } from './size.js';

/**
 * One arm or leg over a clip, world space; the solver reads places and turns and rewrites what it moves.
 *
 * | array                   | shape       | meaning                                                          |
 * | ----------------------- | ----------- | ---------------------------------------------------------------- |
 * | `base`, `middle`, `tip` | [frames, 3] | hip, knee, ankle or shoulder, elbow, wrist; metres               |
 * | `upper`, `lower`        | [frames, 4] | turns of the joints at `base` and `middle`                       |
 * | `hinge`                 | [frames, 3] | unit axis about which the knee or elbow bends                    |
 */
export interface LimbTrack {
  readonly base: Float64Array;
  readonly middle: Float64Array;
  readonly tip: Float64Array;
  readonly upper: Float64Array;
  readonly lower: Float64Array;
  readonly hinge: Float64Array;
}

/** Two-joint inverse kinematics of one limb. */
export interface LimbSolver {
  /**
   * How much further the limb has to bend, radians, for its tip to come `reach` metres from its base.
   *
   * Knee and elbow stay in their plane. Straightening is limited softly: a bent limb never loses more than a
   * part of its bend, because the last millimetres of reach cost the most visible degrees.
   */
  bendChange(frame: number, reach: number): number;
  /** Bends the limb by `change` and swings it as a whole so that its tip lies towards `goal` ([frames, 3]) from its base. */
  pose(frame: number, change: number, goal: Float64Array): void;
}

/** The part of a limb's bend that may be given up to reach further. */
const STRAIGHTEN_MOST = 0.65;
const SHARPEST_BEND = 2.6;
const TINY = 1e-9;

export function makeLimbSolver(limb: LimbTrack): LimbSolver {
  const { base, middle, tip, hinge } = limb;
  const turn = new Float64Array(4);
  const upper = new Float64Array(3);
  const lower = new Float64Array(3);
  const towards = new Float64Array(3);

  /** Turns the vector in `v` in place. */
  const turned = (v: Float64Array): void => rotateRow(turn, 0, v, 0, v, 0);
  const difference = (a: Float64Array, b: Float64Array, at: number, out: Float64Array): void => {
    for (let k = 0; k < 3; k++) out[k] = a[at + k] - b[at + k];
  };

  return {
    bendChange(frame, reach) {
      const at = 3 * frame;
      difference(middle, base, at, upper);
      difference(tip, middle, at, lower);
      const [hx, hy, hz] = [hinge[at], hinge[at + 1], hinge[at + 2]];
      const off = lower[0] * hx + lower[1] * hy + lower[2] * hz;
      const px = lower[0] - off * hx;
      const py = lower[1] - off * hy;
      const pz = lower[2] - off * hz;
      // Turning the lower part by δ about the hinge gives upper · lower = side + along cos δ + across sin δ.
      const along = upper[0] * px + upper[1] * py + upper[2] * pz;
      const across =
        upper[0] * (hy * pz - hz * py) + upper[1] * (hz * px - hx * pz) + upper[2] * (hx * py - hy * px);
      const side = off * (upper[0] * hx + upper[1] * hy + upper[2] * hz);
      const radius = size2(along, across);
      if (radius < TINY) return 0;
      const now = Math.abs(Math.atan2(-across, along));
      const squares = dot3(upper, upper) + dot3(lower, lower);
      const cosine = ((reach * reach - squares) / 2 - side) / radius;
      const wanted = Math.min(SHARPEST_BEND, Math.acos(Math.max(-1, Math.min(1, cosine))));
      if (wanted >= now) return wanted - now;
      const most = now * STRAIGHTEN_MOST;
      return most < TINY ? 0 : -most * (1 - Math.exp(-(now - wanted) / most));
    },

    pose(frame, change, goal) {
      const at = 3 * frame;
      difference(middle, base, at, upper);
      difference(tip, middle, at, lower);
      const s = Math.sin(change / 2);
      for (let k = 0; k < 3; k++) turn[k] = hinge[at + k] * s;
      turn[3] = Math.cos(change / 2);
      turned(lower);
      multiplyRows(turn, 0, limb.lower, 4 * frame, limb.lower, 4 * frame);

      for (let k = 0; k < 3; k++) lower[k] += upper[k];
      difference(goal, base, at, towards);
      shortestTurn(lower, towards, turn);
      turned(upper);
      turned(lower);
      multiplyRows(turn, 0, limb.upper, 4 * frame, limb.upper, 4 * frame);
      multiplyRows(turn, 0, limb.lower, 4 * frame, limb.lower, 4 * frame);
      for (let k = 0; k < 3; k++) {
        middle[at + k] = base[at + k] + upper[k];
        tip[at + k] = base[at + k] + lower[k];
      }
    },
  };
}

/** Brings the tip of a limb to `goal` ([frames, 3]) in every frame, as near as it reaches. */
export function poseLimb(limb: LimbTrack, goal: Float64Array): void {
  const solver = makeLimbSolver(limb);
  for (let f = 0; f < goal.length / 3; f++) {
    const [x, y, z] = [3 * f, 3 * f + 1, 3 * f + 2];
    const reach = size3(goal[x] - limb.base[x], goal[y] - limb.base[y], goal[z] - limb.base[z]);
    solver.pose(f, solver.bendChange(f, reach), goal);
  }
}

const dot3 = (a: Float64Array, b: Float64Array): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** The shortest turn from one direction to another; none where either has no length or they are opposite. */
function shortestTurn(from: Float64Array, to: Float64Array, out: Float64Array): void {
  const sizes = Math.sqrt(dot3(from, from) * dot3(to, to));
  const w = sizes + dot3(from, to);
  out[0] = from[1] * to[2] - from[2] * to[1];
  out[1] = from[2] * to[0] - from[0] * to[2];
  out[2] = from[0] * to[1] - from[1] * to[0];
  out[3] = w;
  const size = Math.sqrt(dot3(out, out) + w * w);
  if (size < TINY * Math.max(sizes, TINY) || w < 1e-6 * sizes) {
    out.fill(0);
    out[3] = 1;
    return;
  }
  for (let k = 0; k < 4; k++) out[k] /= size;
}
