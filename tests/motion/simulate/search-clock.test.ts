import { describe, expect, it } from 'vitest';
import { makeSearchClock } from '../../../src/motion/simulate/search-clock.js';

const AHEAD = { velocityX: 0, velocityZ: 1, yaw: 0 };

/** Ticks, at 60 Hz, at which a search is due. */
function dueTicks(wishes: readonly (typeof AHEAD)[]): number[] {
  const clock = makeSearchClock({ searchSeconds: 0.1, suddenChange: 50 }, 1 / 60);
  return wishes.flatMap((wish, tick) => {
    if (!clock.isDue(wish)) return [];
    clock.searched();
    return [tick];
  });
}

describe('makeSearchClock', () => {
  it('searches at once, then ten times a second', () => {
    expect(dueTicks(Array.from({ length: 20 }, () => AHEAD))).toEqual([0, 1, 7, 13, 19]);
  });

  it('searches in the tick after a sudden change, and counts anew from there', () => {
    const still = { velocityX: 0, velocityZ: 0, yaw: 0 };
    const wishes = Array.from({ length: 20 }, (_, k) => (k < 9 ? still : AHEAD));
    expect(dueTicks(wishes)).toEqual([0, 6, 10, 16]);
  });

  it('waits until a change is over, and does not search more often for a stick that trembles', () => {
    const wishes = Array.from({ length: 24 }, (_, k) => ({ ...AHEAD, yaw: Math.min(Math.max(k - 6, 0), 3) }));
    // It changes in the ticks 7, 8 and 9.
    expect(dueTicks(wishes)).toEqual([0, 1, 7, 10, 16, 22]);
    const trembling = Array.from({ length: 60 }, (_, k) => ({ ...AHEAD, yaw: Math.floor(k / 2) % 2 }));
    // Thirty changes end in this second.
    expect(dueTicks(trembling).length).toBeLessThanOrEqual(20);
  });
});
