import { describe, expect, it } from 'vitest';
import { makeResponseScorer } from '../../../../src/motion/simulate/scores/response.js';
import { madeTick } from './made-ticks.js';

const DT = 1 / 60;

/** A figure that goes as it is wished after a delay; the point goes so after another. */
function respond(wishes: readonly (readonly [number, number])[], figureDelay: number, pointDelay: number) {
  const scorer = makeResponseScorer(DT);
  let [x, z] = [0, 0];
  wishes.forEach(([velocityX, velocityZ], tick) => {
    const [u, v] = wishes[Math.max(0, tick - figureDelay)] ?? [0, 0];
    const [a, b] = wishes[Math.max(0, tick - pointDelay)] ?? [0, 0];
    x += u * DT;
    z += v * DT;
    scorer.add(
      madeTick({
        wish: { velocityX, velocityZ, yaw: 0 },
        root: { x, z, yaw: 0 },
        point: { x: 0, z: 0, yaw: 0, velocityX: a, velocityZ: b },
      }),
    );
  });
  return scorer.score();
}
const hold = (velocity: readonly [number, number], seconds: number) =>
  Array.from({ length: Math.round(seconds * 60) }, () => velocity);

describe('makeResponseScorer', () => {
  it('takes the time from a turn of the stick to the answer, of figure and point', () => {
    const found = respond([...hold([0, 1], 2), ...hold([1, 0], 2), ...hold([-1, 0], 2)], 30, 24);
    expect(found).toMatchObject({ turns: 2, unanswered: 0 });
    expect(found.seconds).toBeCloseTo(31 / 60, 9);
    expect(found.springSeconds).toBeCloseTo(25 / 60, 9);
  });

  it('is no answer below 70 % of the speed', () => {
    expect(respond([...hold([0, 1], 2), ...hold([3, 0], 2)], 0, 0).seconds).toBeCloseTo(DT, 9);
    const slow = makeResponseScorer(DT);
    let x = 0;
    for (const [k, [velocityX, velocityZ]] of [...hold([0, 3], 1), ...hold([3, 0], 2)].entries()) {
      if (k >= 60) x += 2 * DT;
      slow.add(madeTick({ wish: { velocityX, velocityZ, yaw: 0 }, root: { x, z: 0, yaw: 0 } }));
    }
    expect(slow.score()).toMatchObject({ turns: 1, unanswered: 1, seconds: 1.5 });
  });

  it('judges no turns below 90°, none that the player takes back, and no setting off', () => {
    expect(respond([...hold([0, 1], 2), ...hold([0.9, 1], 2)], 5, 5).turns).toBe(0);
    expect(respond([...hold([0, 1], 2), ...hold([1, 0], 1), ...hold([1, 0.1], 2)], 5, 5).turns).toBe(0);
    expect(respond([...hold([0, 0], 2), ...hold([1, 0], 2)], 5, 5).turns).toBe(0);
  });
});
