import type { BandSystem } from '../../math/band-system.js';

/** Holds a place that is solved for to jerk as the source's does. */
export interface JerkRows {
  /**
   * Adds, for the frame and the three before it, what the third differences of `own` ([frames, 3]) with the
   * unknowns added are to be; the unknowns were last found to be `x`.
   *
   * The unknowns of frame g begin at `width` · (g − `start`) + `at`.
   */
  add(
    system: BandSystem,
    own: Float64Array,
    frame: number,
    start: number,
    width: number,
    at: number,
    x: Float64Array,
  ): void;
}

/**
 * `everywhere` asks for the source's jerk in every frame. `excess` asks for it where the place jerks more, and
 * that what is added be smooth elsewhere: what jerks no more than the source's stays where it is.
 */
export type JerkWish = 'everywhere' | 'excess';

export const THIRD_DIFFERENCE = Float64Array.of(-1, 3, -3, 1);
/** Where the source jumps, nothing can follow it exactly: so much of its jerk nearby is forgiven. */
const NEARBY = { frames: 1, share: 0.3 };
/** Quick is what the quickest hundredth of frames does, or so many times the usual, whichever is less. */
const QUICK = { share: 0.99, times: 8 };
/** Jerk of fewer legs a frame cubed nobody sees. */
const UNSEEN = 4.8e-4;
/** Jerk is too much above so many times the source's nearby, and wholly so by this share of what is quick. */
const LENIENT = 1.05;
const EXCESS = 0.1;

/**
 * Rows that compare with `source`, the source's way scaled to the target, [frames, 3].
 *
 * Jerk counts by `weight` in shares of what is quick for the source.
 */
export function makeJerkRows(
  source: Float64Array,
  legLength: number,
  weight: number,
  wish: JerkWish,
): JerkRows {
  const scales = scalesOf(source, legLength, Math.sqrt(weight));
  // How much of the source's jerk is asked for; what was asked for once stays so, that rounds come to rest.
  const shares = new Float64Array(scales.length).fill(wish === 'everywhere' ? 1 : 0);
  const allowed = nearbySquares(squaredJerks(source), NEARBY.frames).map(Math.sqrt);
  const excess = EXCESS * quickJerk(source, legLength);
  const unknowns = new Int32Array(4);
  const coefficients = new Float64Array(4);
  const wanted = new Float64Array(3);
  return {
    add(system, own, frame, start, width, at, x) {
      if (frame - start < 3) return;
      let squares = 0;
      for (let k = 0; k < 3; k++) {
        let now = 0;
        wanted[k] = 0;
        for (let n = 0; n < 4; n++) {
          const g = frame - 3 + n;
          wanted[k] += THIRD_DIFFERENCE[n] * (source[3 * g + k] - own[3 * g + k]);
          now += THIRD_DIFFERENCE[n] * (own[3 * g + k] + x[width * (g - start) + at + k]);
        }
        squares += now * now;
      }
      const over = (Math.sqrt(squares) - LENIENT * allowed[frame]) / excess;
      shares[frame] = Math.max(shares[frame], Math.min(1, over));
      for (let n = 0; n < 4; n++) coefficients[n] = scales[frame] * THIRD_DIFFERENCE[n];
      for (let k = 0; k < 3; k++) {
        for (let n = 0; n < 4; n++) unknowns[n] = width * (frame - 3 + n - start) + at + k;
        system.add(unknowns, coefficients, 4, scales[frame] * shares[frame] * wanted[k]);
      }
    },
  };
}

/** Jerk that is quick for a way of [frames, 3], metres a frame cubed, and never so little that nobody sees it. */
export function quickJerk(way: Float64Array, legLength: number): number {
  const squares = squaredJerks(way).sort();
  const at = (share: number): number => Math.sqrt(squares[Math.floor(share * (squares.length - 1))] ?? 0);
  return Math.max(Math.min(at(QUICK.share), QUICK.times * at(0.5)), UNSEEN * legLength);
}

/** By what third differences are multiplied in each frame, [frames]. */
function scalesOf(way: Float64Array, legLength: number, factor: number): Float64Array {
  const quick = quickJerk(way, legLength) ** 2;
  return nearbySquares(squaredJerks(way), NEARBY.frames).map(
    (near) => factor / Math.sqrt(quick + NEARBY.share * near),
  );
}

/** The largest of each value and those up to `reach` frames from it. */
function nearbySquares(squares: Float64Array, reach: number): Float64Array {
  return squares.map((_, f) => {
    let near = 0;
    const last = Math.min(squares.length - 1, f + reach);
    for (let g = Math.max(0, f - reach); g <= last; g++) near = Math.max(near, squares[g]);
    return near;
  });
}

/** Squared third differences, [frames]; 0 for the first three. */
function squaredJerks(way: Float64Array): Float64Array {
  const squares = new Float64Array(way.length / 3);
  for (let f = 3; f < squares.length; f++) {
    for (let k = 0; k < 3; k++) {
      let sum = 0;
      for (let n = 0; n < 4; n++) sum += THIRD_DIFFERENCE[n] * way[3 * (f - 3 + n) + k];
      squares[f] += sum * sum;
    }
  }
  return squares;
}
