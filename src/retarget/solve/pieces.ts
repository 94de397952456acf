import { smoothStep } from './smooth.js';

/** A clip is solved in pieces of at most so many frames, so that memory stays small. */
const LONGEST = 8192;
/** Neighbouring pieces share so many frames, over which one passes into the other. */
const SHARED = 1024;

/**
 * Solves a long clip in pieces: `solve` writes frames `first` to `last` of its answer, [frames, width], to the
 * beginning of an array.
 *
 * @returns the whole answer, [frames, width].
 */
export function inPieces(
  frameCount: number,
  width: number,
  solve: (first: number, last: number, out: Float64Array) => void,
): Float64Array {
  const whole = new Float64Array(width * frameCount);
  const piece = new Float64Array(width * Math.min(frameCount, LONGEST));
  for (let first = 0; first < frameCount; first += LONGEST - SHARED) {
    const last = Math.min(frameCount, first + LONGEST) - 1;
    solve(first, last, piece);
    for (let f = first; f <= last; f++) {
      const share = first === 0 ? 1 : smoothStep((f - first) / SHARED);
      for (let k = 0; k < width; k++) {
        const i = width * f + k;
        whole[i] += share * (piece[width * (f - first) + k] - whole[i]);
      }
    }
    if (last === frameCount - 1) break;
  }
  return whole;
}
