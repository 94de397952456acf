/** What each contestant runs for at least, in milliseconds. */
const WARM_MS = 500;

/**
 * The least time of each contestant in milliseconds, by name, over `rounds` rounds in which they take turns: a
 * machine that slows down slows all of them. Quick ones get more rounds, until all have run for a while: code
 * that has not been compiled yet says nothing.
 *
 * The least and not the mean, because everything that disturbs a run only adds to it. Results are given to
 * `used`, so that no run can be optimised away.
 */
export async function interleave(rounds, contestants, used = () => {}) {
  const best = Object.fromEntries(Object.keys(contestants).map((name) => [name, Number.POSITIVE_INFINITY]));
  const spent = Object.fromEntries(Object.keys(contestants).map((name) => [name, 0]));
  const isWarm = () => Object.values(spent).every((ms) => ms >= WARM_MS);
  for (let round = 0; round < rounds || !isWarm(); round++) {
    for (const [name, run] of Object.entries(contestants)) {
      const begun = performance.now();
      used(await run());
      const ms = performance.now() - begun;
      best[name] = Math.min(best[name], ms);
      spent[name] += ms;
    }
  }
  return best;
}
