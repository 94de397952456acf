/** Neighbouring numbers of a row. */
export interface NumberRange {
  readonly offset: number;
  readonly size: number;
}

export interface Moments {
  /** [size]. */
  readonly mean: Float64Array;
  /** [size, size], the lower half: second moments about the mean, not divided by the count. */
  readonly moments: Float64Array;
}

/** How some numbers of the rows [n, dimension] named in `candidates` vary; of about `enough` rows, evenly spaced. */
export function momentsOf(
  rows: Float32Array,
  dimension: number,
  { offset, size }: NumberRange,
  candidates: Uint32Array,
  enough: number,
): Moments {
  const stride = Math.max(1, Math.floor(candidates.length / enough));
  const count = Math.ceil(candidates.length / stride);
  const mean = new Float64Array(size);
  for (let i = 0; i < candidates.length; i += stride) {
    const at = candidates[i] * dimension + offset;
    for (let k = 0; k < size; k++) mean[k] += rows[at + k] / count;
  }
  const moments = new Float64Array(size * size);
  const away = new Float64Array(size);
  for (let i = 0; i < candidates.length; i += stride) {
    const at = candidates[i] * dimension + offset;
    for (let j = 0; j < size; j++) {
      const own = rows[at + j] - mean[j];
      away[j] = own;
      for (let k = 0; k <= j; k++) moments[j * size + k] += own * away[k];
    }
  }
  return { mean, moments };
}
