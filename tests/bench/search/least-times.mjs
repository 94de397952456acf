/** A pass over quick runs is repeated for so long. */
const PASS_MS = 200;

/** The least microseconds that each of many runs ever took, kept over several passes: what disturbs only adds. */
export function leastTimes(count) {
  const least = new Float64Array(count).fill(Infinity);
  return {
    add: (micros) =>
      micros.forEach((value, i) => {
        least[i] = Math.min(least[i], value);
      }),
    /** Runs `run(i)` for each i and keeps its time, again and again for a while: code must be compiled to be fast. */
    pass(run) {
      const end = performance.now() + PASS_MS;
      do {
        for (let i = 0; i < count; i++) {
          const begun = performance.now();
          run(i);
          least[i] = Math.min(least[i], 1000 * (performance.now() - begun));
        }
      } while (performance.now() < end);
    },
    summary() {
      const sorted = [...least].sort((a, b) => a - b);
      const at = (share) => sorted[Math.min(count - 1, Math.floor(share * count))];
      return { mean: sorted.reduce((a, b) => a + b, 0) / count, p50: at(0.5), p99: at(0.99) };
    },
  };
}
