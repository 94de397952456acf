/**
 * Least-squares polynomial smoothing over a sliding window of `2 · half + 1` samples.
 *
 * At both ends the first or last full window is used, evaluated off its middle, so no sample from outside
 * is invented. A series shorter than the window narrows it; below `degree + 2` samples the copy is returned
 * unsmoothed.
 *
 * @see A. Savitzky, M. Golay, "Smoothing and Differentiation of Data by Simplified Least Squares
 *   Procedures" (1964).
 */
export function savitzkyGolay(values: ArrayLike<number>, half: number, degree = 3): Float64Array {
  const count = values.length;
  const reach = Math.min(half, Math.floor((count - 1) / 2));
  const width = 2 * reach + 1;
  if (width < degree + 2) return Float64Array.from(values);

  // Polynomials orthonormal over the window: smoothing is a projection on their span.
  const basis: Float64Array[] = [];
  for (let d = 0; d <= degree; d++) {
    const column = Float64Array.from({ length: width }, (_, k) => ((k - reach) / reach) ** d);
    for (const other of basis) {
      let inner = 0;
      for (let k = 0; k < width; k++) inner += column[k] * other[k];
      for (let k = 0; k < width; k++) column[k] = column[k] - inner * other[k];
    }
    const size = Math.hypot(...column);
    for (let k = 0; k < width; k++) column[k] = column[k] / size;
    basis.push(column);
  }

  const weights = new Float64Array(width);
  /** What each sample of the window counts at one of its places. */
  const weighAt = (place: number): void => {
    weights.fill(0);
    for (const column of basis) for (let k = 0; k < width; k++) weights[k] += column[place] * column[k];
  };
  const smoothed = (first: number): number => {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += weights[k] * values[first + k];
    return sum;
  };
  const out = new Float64Array(count);
  for (let i = 0; i < reach; i++) {
    weighAt(i);
    out[i] = smoothed(0);
    weighAt(width - 1 - i);
    out[count - 1 - i] = smoothed(count - width);
  }
  weighAt(reach);
  for (let i = reach; i < count - reach; i++) out[i] = smoothed(i - reach);
  return out;
}
