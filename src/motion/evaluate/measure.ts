import type { MotionTrack } from '../features/motion-track.js';
import { rootAt } from '../features/sample-track.js';
import type { Samples } from './samples.js';

/** Seconds ahead at which what follows is compared. */
export const HORIZONS = [1 / 3, 2 / 3, 1] as const;

/**
 * How far what follows each answer lies from what followed the query.
 *
 * | array | shape       | meaning                                                                          |
 * | ----- | ----------- | -------------------------------------------------------------------------------- |
 * | `fpe` | [queries, 3] | cm, future pose: mean over the joints, each future seen from its own present root |
 * | `fte` | [queries, 3] | cm, future root                                                                   |
 * | `ffe` | [queries, 3] | cm, future ankles                                                                 |
 * | `jp`  | [queries]   | cm, jump of the pose at the match: mean over the joints                            |
 * | `jv`  | [queries]   | m/s, jump of the joints' world velocities, each turned into its own root           |
 */
export interface Measured {
  readonly fpe: Float64Array;
  readonly fte: Float64Array;
  readonly ffe: Float64Array;
  readonly jp: Float64Array;
  readonly jv: Float64Array;
}

/** A set of samples and the tracks that they lie in; all tracks have the same roles. */
export interface Scored {
  readonly tracks: readonly MotionTrack[];
  readonly samples: Samples;
}

/** Measures every query against the database sample that it was answered with. */
export function measure(queries: Scored, database: Scored, answers: Int32Array): Measured {
  const count = answers.length;
  const H = HORIZONS.length;
  const out = {
    fpe: new Float64Array(count * H),
    fte: new Float64Array(count * H),
    ffe: new Float64Array(count * H),
    jp: new Float64Array(count),
    jv: new Float64Array(count),
  };
  const roles = queries.tracks[0]?.roles ?? [];
  const a = new Float64Array(3 * roles.length);
  const b = new Float64Array(3 * roles.length);
  const p = new Float64Array(2);
  const q = new Float64Array(2);
  const root = new Float64Array(4);
  const [left, right] = [3 * roles.indexOf('footL'), 3 * roles.indexOf('footR')];
  for (let i = 0; i < count; i++) {
    const x = queries.tracks[queries.samples.clip[i]];
    const f = queries.samples.frame[i];
    const y = database.tracks[database.samples.clip[answers[i]]];
    const g = database.samples.frame[answers[i]];
    poseSeen(x, f, f, a);
    poseSeen(y, g, g, b);
    out.jp[i] = 100 * meanGap(a, b);
    velocitySeen(x, f, a);
    velocitySeen(y, g, b);
    out.jv[i] = meanGap(a, b);
    for (let h = 0; h < H; h++) {
      const step = Math.round(HORIZONS[h] * x.rateHz);
      poseSeen(x, f, f + step, a);
      poseSeen(y, g, g + step, b);
      out.fpe[i * H + h] = 100 * meanGap(a, b);
      out.ffe[i * H + h] = 50 * (gap(a, b, left) + gap(a, b, right));
      rootSeen(x, f, HORIZONS[h], root, p);
      rootSeen(y, g, HORIZONS[h], root, q);
      out.fte[i * H + h] = 100 * Math.hypot(p[0] - q[0], p[1] - q[1]);
    }
  }
  return out;
}

/** The joints of frame `of`, seen from the root of frame `from`. */
function poseSeen(track: MotionTrack, from: number, of: number, out: Float64Array): void {
  const { positions, rootX, rootZ, facingX, facingZ } = track;
  const [x, z, u, v] = [rootX[from], rootZ[from], facingX[from], facingZ[from]];
  const row = of * out.length;
  for (let k = 0; k < out.length; k += 3) {
    const dx = positions[row + k] - x;
    const dz = positions[row + k + 2] - z;
    out[k] = dx * v - dz * u;
    out[k + 1] = positions[row + k + 1];
    out[k + 2] = dx * u + dz * v;
  }
}

/** World velocities of the joints by central difference, turned into the root's frame. */
function velocitySeen(track: MotionTrack, frame: number, out: Float64Array): void {
  const { positions, facingX, facingZ, rateHz } = track;
  const [u, v] = [facingX[frame], facingZ[frame]];
  const before = (frame - 1) * out.length;
  const after = (frame + 1) * out.length;
  for (let k = 0; k < out.length; k += 3) {
    const dx = (positions[after + k] - positions[before + k]) * (rateHz / 2);
    const dz = (positions[after + k + 2] - positions[before + k + 2]) * (rateHz / 2);
    out[k] = dx * v - dz * u;
    out[k + 1] = (positions[after + k + 1] - positions[before + k + 1]) * (rateHz / 2);
    out[k + 2] = dx * u + dz * v;
  }
}

function rootSeen(
  track: MotionTrack,
  frame: number,
  seconds: number,
  root: Float64Array,
  out: Float64Array,
): void {
  rootAt(track, frame + seconds * track.rateHz, 'clamp', root);
  const dx = root[0] - track.rootX[frame];
  const dz = root[1] - track.rootZ[frame];
  out[0] = dx * track.facingZ[frame] - dz * track.facingX[frame];
  out[1] = dx * track.facingX[frame] + dz * track.facingZ[frame];
}

function gap(a: Float64Array, b: Float64Array, k: number): number {
  const x = a[k] - b[k];
  const y = a[k + 1] - b[k + 1];
  const z = a[k + 2] - b[k + 2];
  return Math.sqrt(x * x + y * y + z * z);
}

function meanGap(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k += 3) sum += gap(a, b, k);
  return (3 * sum) / a.length;
}
