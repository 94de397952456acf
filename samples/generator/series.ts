/** Samples a second at which motion is planned; whole multiples of it are the rates that clips may have. */
export const GRID_HZ = 120;

/** A quantity over time, [samples], one every 1 / GRID_HZ seconds. */
export type Series = Float64Array;

/** A series from a function of time, seconds. */
export const makeSeries = (count: number, valueAt: (time: number, index: number) => number): Series =>
  Float64Array.from({ length: count }, (_, i) => valueAt(i / GRID_HZ, i));

/** The value at any time, in a straight line between samples; the first or last one outside. */
export function valueAt(series: Series, time: number): number {
  const place = Math.min(Math.max(time * GRID_HZ, 0), series.length - 1);
  const low = Math.min(Math.floor(place), series.length - 2);
  return series[low] + (series[low + 1] - series[low]) * (place - low);
}

/** The series smoothed by a Gaussian of deviation `sigma` seconds; beyond both ends it stands still. */
export function smooth(series: Series, sigma: number): Series {
  const reach = Math.ceil(3 * sigma * GRID_HZ);
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, k) =>
    Math.exp(-0.5 * ((k - reach) / (sigma * GRID_HZ)) ** 2),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const { length } = series;
  const padded = new Float64Array(length + 2 * reach);
  padded.fill(series[0], 0, reach);
  padded.set(series, reach);
  padded.fill(series[length - 1], length + reach);
  const out = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    let value = 0;
    for (let k = 0; k < weights.length; k++) value += weights[k] * padded[i + k];
    out[i] = value / sum;
  }
  return out;
}

/** Change per second, by central differences. */
export const rateOfChange = (series: Series): Series =>
  series.map((_, i) => {
    const before = Math.max(i - 1, 0);
    const after = Math.min(i + 1, series.length - 1);
    return ((series[after] - series[before]) * GRID_HZ) / (after - before);
  });

export const clamp01 = (x: number): number => Math.min(Math.max(x, 0), 1);

export const mixNumber = (a: number, b: number, t: number): number => a + (b - a) * t;

/**
 * From 0 to 1 while `x` goes from 0 to 1, with no speed and no acceleration at both ends.
 *
 * @see T. Flash, N. Hogan, "The Coordination of Arm Movements" (1985): the path of least jerk.
 */
export function ease(x: number): number {
  const t = clamp01(x);
  return t * t * t * (10 + t * (6 * t - 15));
}

/** From 0 up to 1 at the middle and back to 0, with no speed and no acceleration at both ends. */
export function hump(x: number): number {
  const t = clamp01(x);
  return (4 * t * (1 - t)) ** 3;
}
