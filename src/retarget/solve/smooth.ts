/**
 * Moving average with a bell-shaped window of `sigma` samples, over [frames, width] in place.
 *
 * The ends repeat the first and last sample. Nothing changes for `sigma` below 0.2.
 */
export function smoothBell(values: Float64Array, width: number, sigma: number): void {
  if (sigma < 0.2) return;
  const count = values.length / width;
  const reach = Math.min(count, Math.ceil(3 * sigma));
  const weights = Float64Array.from({ length: reach + 1 }, (_, k) =>
    Math.exp((-k * k) / (2 * sigma * sigma)),
  );
  const total = weights.reduce((sum, w, k) => sum + (k === 0 ? w : 2 * w), 0);
  const before = Float64Array.from(values);
  const atEnd = (i: number): void => {
    for (let c = 0; c < width; c++) {
      let sum = weights[0] * before[i * width + c];
      for (let k = 1; k <= reach; k++) {
        sum +=
          weights[k] *
          (before[Math.max(0, i - k) * width + c] + before[Math.min(count - 1, i + k) * width + c]);
      }
      values[i * width + c] = sum / total;
    }
  };
  for (let i = 0; i < Math.min(reach, count); i++) atEnd(i);
  for (let i = Math.max(reach, count - reach); i < count; i++) atEnd(i);
  for (let n = reach * width; n < (count - reach) * width; n++) {
    let sum = weights[0] * before[n];
    for (let k = 1; k <= reach; k++) sum += weights[k] * (before[n - k * width] + before[n + k * width]);
    values[n] = sum / total;
  }
}

/** 0 below 0, 1 above 1, with level ends between. */
export function smoothStep(t: number): number {
  const x = Math.min(1, Math.max(0, t));
  return x * x * (3 - 2 * x);
}
