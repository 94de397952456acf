import { GaitwayError } from '../errors.js';

export interface SymmetricEigen {
  /** [n], largest first. */
  readonly values: Float64Array;
  /** [n, n], row i is the unit vector that belongs to `values[i]`; its largest entry is positive. */
  readonly vectors: Float64Array;
}

const MOST_ROUNDS = 60;
/** Square of what is lost beside 1, the largest entry after scaling. */
const ROUNDING = 1e-36;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix [n, n], row major; only its lower half is read.
 *
 * The matrix is brought to three diagonals by Householder reflections and those are diagonalised by QL steps
 * with implicit shifts, about 4 n³ multiplications in all. Equal input gives equal bytes.
 *
 * @throws GaitwayError `math/not-finite` where an entry is none, `math/no-convergence` where QL does not end.
 * @see G. Golub, C. Van Loan, "Matrix Computations", 4th ed., §8.3 (tridiagonal QR with implicit shift).
 */
export function symmetricEigen(matrix: ArrayLike<number>, n: number): SymmetricEigen {
  const q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = matrix[i * n + j];
      if (!Number.isFinite(value)) {
        throw new GaitwayError(
          'math/not-finite',
          `Entry (${i}, ${j}) of the matrix is ${value}; eigenvalues need finite numbers.`,
          { row: i, column: j },
        );
      }
      q[i * n + j] = value;
      q[j * n + i] = value;
    }
  }
  let scale = 0;
  for (const value of q) scale = Math.max(scale, Math.abs(value));
  if (scale > 0) for (let i = 0; i < q.length; i++) q[i] /= scale;
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  tridiagonalise(q, n, diagonal, beside);
  diagonalise(q, n, diagonal, beside);
  for (let i = 0; i < n; i++) diagonal[i] *= scale;
  return sorted(q, n, diagonal);
}

/**
 * Turns `a` into T = Qᵀ a Q and leaves Q's columns as the rows of `a`.
 *
 * Column k is folded onto its first entry below the diagonal by the reflection H = 1 − τ v vᵀ.
 */
function tridiagonalise(a: Float64Array, n: number, diagonal: Float64Array, beside: Float64Array): void {
  const reflections: { readonly v: Float64Array; readonly tau: number; readonly from: number }[] = [];
  const p = new Float64Array(n);
  for (let k = 0; k + 2 < n; k++) {
    const from = k + 1;
    const v = new Float64Array(n);
    let below = 0;
    for (let i = from; i < n; i++) {
      v[i] = a[i * n + k];
      if (i > from) below += v[i] * v[i];
    }
    if (below < ROUNDING) {
      for (let i = from + 1; i < n; i++) {
        a[i * n + k] = 0;
        a[k * n + i] = 0;
      }
      continue; // nothing to fold
    }
    const size = Math.sqrt(v[from] * v[from] + below);
    const target = v[from] > 0 ? -size : size;
    v[from] -= target;
    const tau = 1 / (target * target - target * a[from * n + k]);
    // a ← H a H, by the rank-two update a − v wᵀ − w vᵀ with w = τ a v − ½ τ² (vᵀ a v) v.
    let inner = 0;
    for (let i = from; i < n; i++) {
      let sum = 0;
      const row = i * n;
      for (let j = from; j < n; j++) sum += a[row + j] * v[j];
      p[i] = tau * sum;
      inner += p[i] * v[i];
    }
    const half = 0.5 * tau * inner;
    for (let i = from; i < n; i++) p[i] -= half * v[i];
    for (let i = from; i < n; i++) {
      const row = i * n;
      for (let j = from; j < n; j++) a[row + j] -= v[i] * p[j] + p[i] * v[j];
    }
    a[from * n + k] = target;
    a[k * n + from] = target;
    for (let i = from + 1; i < n; i++) {
      a[i * n + k] = 0;
      a[k * n + i] = 0;
    }
    reflections.push({ v, tau, from });
  }
  // Upside down: what is large comes out at the top, and QL wants it at the bottom.
  for (let i = 0; i < n; i++) {
    diagonal[n - 1 - i] = a[i * n + i];
    if (i + 1 < n) beside[n - 2 - i] = a[(i + 1) * n + i];
  }

  // Qᵀ = … H₂ H₁, gathered from the last reflection back so that it stays narrow.
  a.fill(0);
  for (let i = 0; i < n; i++) a[i * n + i] = 1;
  for (let r = reflections.length - 1; r >= 0; r--) {
    const { v, tau, from } = reflections[r];
    for (let i = from; i < n; i++) {
      const row = i * n;
      let sum = 0;
      for (let j = from; j < n; j++) sum += a[row + j] * v[j];
      sum *= tau;
      for (let j = from; j < n; j++) a[row + j] -= sum * v[j];
    }
  }
  reverseRows(a, n);
}

function reverseRows(a: Float64Array, n: number): void {
  const row = new Float64Array(n);
  for (let top = 0, low = n - 1; top < low; top++, low--) {
    row.set(a.subarray(top * n, (top + 1) * n));
    a.copyWithin(top * n, low * n, (low + 1) * n);
    a.set(row, low * n);
  }
}

/** QL with implicit shifts; every turn is applied to two neighbouring rows of `vectors`. */
function diagonalise(vectors: Float64Array, n: number, d: Float64Array, e: Float64Array): void {
  // Measured by the whole matrix: where its rank is low, neighbouring values are rounding themselves.
  let norm = 0;
  for (let i = 0; i < n; i++) norm = Math.max(norm, Math.abs(d[i]) + Math.abs(e[i]));
  const negligible = Number.EPSILON * norm;
  for (let low = 0; low < n; low++) {
    for (let round = 0; ; round++) {
      let high = low;
      while (high + 1 < n) {
        if (Math.abs(e[high]) <= negligible) break;
        high++;
      }
      if (high === low) break;
      if (round === MOST_ROUNDS) {
        throw new GaitwayError(
          'math/no-convergence',
          `Eigenvalue ${low} of ${n} was not found in ${MOST_ROUNDS} rounds; the matrix may hold numbers of very different size.`,
          { index: low, size: n },
        );
      }
      const ratio = (d[low + 1] - d[low]) / (2 * e[low]);
      const root = Math.hypot(ratio, 1);
      let g = d[high] - d[low] + e[low] / (ratio + (ratio < 0 ? -root : root));
      let sin = 1;
      let cos = 1;
      let carried = 0;
      let ended = false;
      for (let i = high - 1; i >= low; i--) {
        const f = sin * e[i];
        const b = cos * e[i];
        const size = Math.hypot(f, g);
        e[i + 1] = size;
        if (size === 0) {
          d[i + 1] -= carried;
          e[high] = 0;
          ended = true;
          break;
        }
        sin = f / size;
        cos = g / size;
        g = d[i + 1] - carried;
        const t = (d[i] - g) * sin + 2 * cos * b;
        carried = sin * t;
        d[i + 1] = g + carried;
        g = cos * t - b;
        turnRows(vectors, n, i, cos, sin);
      }
      if (ended) continue;
      d[low] -= carried;
      e[low] = g;
      e[high] = 0;
    }
  }
}

function turnRows(vectors: Float64Array, n: number, i: number, cos: number, sin: number): void {
  const a = i * n;
  const b = a + n;
  for (let k = 0; k < n; k++) {
    const x = vectors[a + k];
    const y = vectors[b + k];
    vectors[b + k] = sin * x + cos * y;
    vectors[a + k] = cos * x - sin * y;
  }
}

function sorted(rows: Float64Array, n: number, found: Float64Array): SymmetricEigen {
  const order = Array.from(found.keys()).sort((i, j) => found[j] - found[i] || i - j);
  const values = Float64Array.from(order, (i) => found[i]);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    let largest = 0;
    for (let k = 1; k < n; k++) {
      if (Math.abs(rows[from * n + k]) > Math.abs(rows[from * n + largest])) largest = k;
    }
    const sign = rows[from * n + largest] < 0 ? -1 : 1;
    for (let k = 0; k < n; k++) vectors[to * n + k] = sign * rows[from * n + k];
  });
  return { values, vectors };
}
