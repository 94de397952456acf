import type { Search } from '../motion/index.js';

/** How long searches took, microseconds. */
export interface SearchTiming {
  readonly searches: number;
  readonly meanMicros: number;
  readonly p99Micros: number;
}

/** Takes the time of every search that goes through it. */
export function makeSearchWatch(): { watched(search: Search): Search; timing(): SearchTiming } {
  const micros: number[] = [];
  return {
    watched: (search) => ({
      ...search,
      find(query, options) {
        const start = performance.now();
        const matches = search.find(query, options);
        micros.push(1000 * (performance.now() - start));
        return matches;
      },
    }),
    timing() {
      const sorted = Float64Array.from(micros).sort();
      return {
        searches: micros.length,
        meanMicros: micros.reduce((a, b) => a + b, 0) / Math.max(micros.length, 1),
        p99Micros: sorted[Math.floor(0.99 * (sorted.length - 1))] ?? 0,
      };
    },
  };
}
