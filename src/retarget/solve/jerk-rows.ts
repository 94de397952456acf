import type { BandSystem } from '../../math/band-system.js';

/** Holds a place that is solved for to jerk as the source's does. */
export interface JerkRows {
  /**
   * Adds, for the frame and the three before it, that the third differences of `own` ([frames, 3]) with the
   * unknowns added be the source's.
   *
   * The unknowns of frame g begin at `width` · (g − `start`) + `at`.
   */
  add(system: BandSystem, own: Float64Array, frame: number, start: number, width: number, at: number): void;
}

export const THIRD_DIFFERENCE = Float64Array.of(-1, 3, -3, 1);
/** Where the source jumps, nothing can follow it exactly: so much of its jerk nearby is forgiven. */
const NEARBY = { frames: 1, share: 0.3 };
/** Quick is what the quickest hundredth of frames does, or so many times the usual, whichever is less. */
const QUICK = { share: 0.99, times: 8 };
/** Jerk of fewer legs a frame cubed nobody sees. */
const UNSEEN = 2.4e-4;

/**
 * Rows that compare with `source`, the source's way scaled to the target, [frames, 3].
 *
 * Jerk counts by `weight` in shares of what is quick for the source.
 */
export function makeJerkRows(source: Float64Array, legLength: number, weight: number): JerkRows {
  const scales = scalesOf(source, legLength, Math.sqrt(weight));
  const unknowns = new Int32Array(4);
  const coefficients = new Float64Array(4);
  return {
    add(system, own, frame, start, width, at) {
      if (frame - start < 3) return;
      for (let n = 0; n < 4; n++) coefficients[n] = scales[frame] * THIRD_DIFFERENCE[n];
      for (let k = 0; k < 3; k++) {
        let wanted = 0;
        for (let n = 0; n < 4; n++) {
          const g = frame - 3 + n;
          unknowns[n] = width * (g - start) + at + k;
          wanted += coefficients[n] * (source[3 * g + k] - own[3 * g + k]);
        }
        system.add(unknowns, coefficients, 4, wanted);
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
  const squares = squaredJerks(way);
  const quick = quickJerk(way, legLength) ** 2;
  return squares.map((_, f) => {
    let near = 0;
    const last = Math.min(squares.length - 1, f + NEARBY.frames);
    for (let g = Math.max(0, f - NEARBY.frames); g <= last; g++) near = Math.max(near, squares[g]);
    return factor / Math.sqrt(quick + NEARBY.share * near);
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
