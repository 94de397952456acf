import { describe, expect, it } from 'vitest';
import { randomSticks } from '../../../src/motion/simulate/random-sticks.js';
import { STANDARD_PATHS, standardPath } from '../../../src/motion/simulate/standard-paths.js';
import {
  makeSticks,
  parseStickScript,
  type StickScript,
  type Wish,
} from '../../../src/motion/simulate/stick-script.js';

const SPEEDS = { walk: 1.2, run: 3 };

/** Wishes of a script, ten times a second. */
function wishesOf(script: StickScript, seconds: number): Wish[] {
  const wishAt = makeSticks(script, SPEEDS);
  const wish = { velocityX: 0, velocityZ: 0, yaw: 0 };
  return Array.from({ length: Math.round(10 * seconds) }, (_, k) => {
    wishAt(k / 10, wish);
    return { ...wish };
  });
}

describe('parseStickScript', () => {
  it.each([
    ['no segments', { name: 'a', segments: [] }, 'segments'],
    ['a segment of no length', { name: 'a', segments: [{ seconds: 0 }] }, 'segments.0.seconds'],
    ['a stick pushed too far', { name: 'a', segments: [{ seconds: 1, x: 2 }] }, 'segments.0.x'],
    ['an unknown gait', { name: 'a', segments: [{ seconds: 1, gait: 'hop' }] }, 'segments.0.gait'],
    ['an unknown field', { name: 'a', segments: [{ seconds: 1, z: 1 }] }, 'segments.0'],
  ])('refuses %s and says where', (_, value, path) => {
    expect(() => parseStickScript(value, 'sticks.json')).toThrow(
      expect.objectContaining({
        code: 'simulate/bad-sticks',
        message: expect.stringContaining('sticks.json'),
        data: { issues: expect.arrayContaining([expect.objectContaining({ path })]) },
      }),
    );
  });
});

describe('makeSticks', () => {
  const script = (...segments: object[]): StickScript => parseStickScript({ name: 'made', segments });

  it('goes where the stick points, at the share of the gait’s speed that it is pushed', () => {
    const [ahead, right, half] = [{ y: 1 }, { x: 1, gait: 'run' }, { y: -0.5, gait: 2 }].map(
      (stick) => wishesOf(script({ seconds: 1, ...stick }), 0.1)[0],
    );
    expect(ahead).toEqual({ velocityX: 0, velocityZ: 1.2, yaw: 0 });
    // The right of somebody who faces +Z is −X.
    expect(right?.velocityX).toBeCloseTo(-3, 12);
    expect(half?.velocityZ).toBeCloseTo(-1, 12);
  });

  it('turns the stick by so many degrees a second, to the left above 0', () => {
    const wishes = wishesOf(script({ seconds: 4, y: 1, turn: 45 }), 2.1);
    expect(wishes[20]?.velocityX).toBeCloseTo(1.2, 12);
    expect(wishes[20]?.yaw).toBeCloseTo(Math.PI / 2, 12);
  });

  it('keeps the heading of a stick that is let go, and begins again after the last segment', () => {
    const wishes = wishesOf(script({ seconds: 1, x: -1 }, { seconds: 1 }), 2.5);
    expect(wishes[15]).toEqual({ velocityX: 0, velocityZ: 0, yaw: Math.PI / 2 });
    expect(wishes[20]).toEqual(wishes[0]);
  });

  it('faces where the other stick points, going sideways', () => {
    const [wish] = wishesOf(script({ seconds: 1, y: 1, facing: { x: -1, y: 0 } }), 0.1);
    expect(wish).toMatchObject({ velocityZ: 1.2, yaw: Math.PI / 2 });
  });
});

describe('standard paths', () => {
  it.each(STANDARD_PATHS)('%s can be walked and run, and comes round smoothly or at its corners', (path) => {
    for (const gait of ['walk', 'run'] as const) {
      const made = standardPath(path, SPEEDS, gait);
      const total = made.segments.reduce((sum, { seconds }) => sum + seconds, 0);
      const wishes = wishesOf(made, Math.max(total, 1));
      const speeds = new Set(
        wishes.map(({ velocityX, velocityZ }) => Math.hypot(velocityX, velocityZ).toFixed(6)),
      );
      const wanted = [SPEEDS[gait].toFixed(6), ...(path === 'stop-and-go' ? ['0.000000'] : [])];
      expect([...speeds].sort()).toEqual(wanted.sort());
    }
  });

  it('the figure of eight goes round to the left and comes back to the right', () => {
    const { segments } = standardPath('figure-eight', SPEEDS);
    let heading = 0;
    let [x, z] = [0, 0];
    const way = segments.map(({ seconds, turn }) => {
      for (let k = 0; k < 1000; k++) {
        heading += ((turn * Math.PI) / 180) * (seconds / 1000);
        x += 1.2 * Math.sin(heading) * (seconds / 1000);
        z += 1.2 * Math.cos(heading) * (seconds / 1000);
      }
      return Math.hypot(x, z);
    });
    expect(way[0]).toBeLessThan(0.02);
    expect(way[1]).toBeLessThan(0.02);
    expect(heading).toBeCloseTo(0, 6);
  });
});

describe('randomSticks', () => {
  it('draws the same sticks from the same seed, long enough, held for 0.5 to 3 s', () => {
    const wanted = { seed: 4, seconds: 120, stands: true };
    expect(randomSticks(wanted)).toEqual(randomSticks(wanted));
    expect(randomSticks(wanted)).not.toEqual(randomSticks({ ...wanted, seed: 5 }));
    const holds = randomSticks(wanted).segments.map(({ seconds }) => seconds);
    expect(holds.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(120);
    expect(Math.min(...holds)).toBeGreaterThanOrEqual(0.5);
    expect(Math.max(...holds)).toBeLessThanOrEqual(3);
  });

  it('lets go only where the figure can stand', () => {
    const letGo = (stands: boolean): number =>
      randomSticks({ seed: 1, seconds: 600, stands }).segments.filter(({ x, y }) => x === 0 && y === 0)
        .length;
    expect(letGo(false)).toBe(0);
    expect(letGo(true)).toBeGreaterThan(20);
  });
});
