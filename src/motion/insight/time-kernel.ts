/** Columns of `values` [frames, width] smoothed over time by a bell of `spread` frames, held at both ends. */
export function smoothOverTime(values: Float64Array, width: number, spread: number): Float64Array {
  const frames = values.length / width;
  const reach = Math.ceil(3 * spread);
  const bell = Array.from({ length: 2 * reach + 1 }, (_, k) => Math.exp(-0.5 * ((k - reach) / spread) ** 2));
  const whole = bell.reduce((sum, share) => sum + share, 0);
  const out = new Float64Array(values.length);
  for (let f = 0; f < frames; f++) {
    for (let k = -reach; k <= reach; k++) {
      const from = Math.min(Math.max(f + k, 0), frames - 1) * width;
      const share = bell[k + reach] / whole;
      for (let c = 0; c < width; c++) out[f * width + c] += share * values[from + c];
    }
  }
  return out;
}
