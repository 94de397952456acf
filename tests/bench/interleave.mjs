/**
 * The least time of each contestant in milliseconds, by name, over `rounds` rounds in which they take turns: a
 * machine that slows down slows all of them.
 *
 * The least and not the mean, because everything that disturbs a run only adds to it. Results are given to
 * `used`, so that no run can be optimised away.
 */
export async function interleave(rounds, contestants, used = () => {}) {
  const best = Object.fromEntries(Object.keys(contestants).map((name) => [name, Number.POSITIVE_INFINITY]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(contestants)) {
      const begun = performance.now();
      used(await run());
      best[name] = Math.min(best[name], performance.now() - begun);
    }
  }
  return best;
}
