import type { Rows } from './rows.js';

/** Sum over rows of the outer products x yᵀ: [x.size, y.size], row major, in float64. */
export function crossProduct(x: Rows, y: Rows, stride = 1): Float64Array {
  const out = new Float64Array(x.size * y.size);
  const a = new Float64Array(x.size);
  const b = new Float64Array(y.size);
  for (let i = 0; i < x.count; i += stride) {
    x.read(i, a);
    y.read(i, b);
    for (let j = 0; j < x.size; j++) {
      const value = a[j];
      if (value === 0) continue;
      const at = j * y.size;
      for (let k = 0; k < y.size; k++) out[at + k] += value * b[k];
    }
  }
  return out;
}

/** Sum over every `stride`-th row of x xᵀ: [size, size], symmetric. */
export function gramMatrix(x: Rows, stride = 1): Float64Array {
  const { size } = x;
  const out = new Float64Array(size * size);
  const a = new Float64Array(size);
  for (let i = 0; i < x.count; i += stride) {
    x.read(i, a);
    for (let j = 0; j < size; j++) {
      const value = a[j];
      if (value === 0) continue;
      const at = j * size;
      for (let k = 0; k <= j; k++) out[at + k] += value * a[k];
    }
  }
  for (let j = 0; j < size; j++) for (let k = 0; k < j; k++) out[k * size + j] = out[j * size + k];
  return out;
}

/** The product of [p, q] and [q, r], row major. */
export function multiply(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  p: number,
  q: number,
  r: number,
): Float64Array {
  const out = new Float64Array(p * r);
  for (let i = 0; i < p; i++) {
    for (let k = 0; k < q; k++) {
      const value = a[i * q + k];
      if (value === 0) continue;
      for (let j = 0; j < r; j++) out[i * r + j] += value * b[k * r + j];
    }
  }
  return out;
}

/** [q, p] from [p, q]. */
export function transpose(a: ArrayLike<number>, p: number, q: number): Float64Array {
  const out = new Float64Array(p * q);
  for (let i = 0; i < p; i++) for (let j = 0; j < q; j++) out[j * p + i] = a[i * q + j];
  return out;
}
