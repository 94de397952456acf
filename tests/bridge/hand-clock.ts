import type { Clock } from '../../src/bridge/index.js';

/** A clock that stands still until it is told to go on. */
export function handClock(): Clock & { pass(ms: number): void; timers(): number } {
  let now = 0;
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pass(ms) {
      now += ms;
      for (const timer of [...timers].filter(({ at }) => at <= now)) {
        timers.delete(timer);
        timer.run();
      }
    },
    timers: () => timers.size,
  };
}
