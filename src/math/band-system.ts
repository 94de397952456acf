import { GaitwayError } from '../errors.js';

/** A least-squares problem whose rows each touch unknowns that lie close together. */
export interface BandSystem {
  /** Forgets all rows. */
  clear(): void;
  /**
   * Adds the wish that Σ coefficients[i] · x[unknowns[i]] be `right`, as strongly as its square counts.
   *
   * `unknowns` ascend and lie within the bandwidth; the first `count` of both arrays are read.
   */
  add(unknowns: Int32Array, coefficients: Float64Array, count: number, right: number): void;
  /**
   * The unknowns that leave the least sum of squares, written to `out` [unknowns].
   *
   * @throws GaitwayError `math/not-positive-definite` naming the unknown that no row determines.
   */
  solve(out: Float64Array): void;
}

/**
 * Normal equations in band form, solved by Cholesky's method: time and memory grow with unknowns · bandwidth.
 *
 * `bandwidth` is 1 + the largest distance between two unknowns of a row.
 *
 * @see G. Golub, C. Van Loan, "Matrix Computations" (4th edition), section 4.3.5.
 */
export function makeBandSystem(unknownCount: number, bandwidth: number): BandSystem {
  const w = bandwidth;
  // Row i holds A[i, i - w + 1 .. i], its diagonal last.
  const band = new Float64Array(unknownCount * w);
  const right = new Float64Array(unknownCount);
  return {
    clear() {
      band.fill(0);
      right.fill(0);
    },
    add(unknowns, coefficients, count, value) {
      for (let a = 0; a < count; a++) {
        const i = unknowns[a];
        const c = coefficients[a];
        right[i] += c * value;
        const row = i * w + w - 1 - i;
        for (let b = 0; b <= a; b++) band[row + unknowns[b]] += c * coefficients[b];
      }
    },
    solve(out) {
      for (let i = 0; i < unknownCount; i++) {
        const first = Math.max(0, i - w + 1);
        const rowI = i * w + w - 1 - i;
        for (let j = first; j <= i; j++) {
          const rowJ = j * w + w - 1 - j;
          let sum = band[rowI + j];
          for (let k = Math.max(first, j - w + 1); k < j; k++) sum -= band[rowI + k] * band[rowJ + k];
          if (j < i) band[rowI + j] = sum / band[rowJ + j];
          else if (sum > 0) band[rowI + i] = Math.sqrt(sum);
          else {
            throw new GaitwayError(
              'math/not-positive-definite',
              `Nothing determines unknown ${i} of ${unknownCount} (pivot ${sum}); add a row that holds it.`,
              { row: i, pivot: sum },
            );
          }
        }
        let sum = right[i];
        for (let k = first; k < i; k++) sum -= band[rowI + k] * right[k];
        right[i] = sum / band[rowI + i];
      }
      for (let i = unknownCount - 1; i >= 0; i--) {
        const rowI = i * w + w - 1 - i;
        const x = right[i] / band[rowI + i];
        out[i] = x;
        for (let k = Math.max(0, i - w + 1); k < i; k++) right[k] -= band[rowI + k] * x;
      }
    },
  };
}
