import { expect, it } from 'vitest';
import { backOffMs } from '../../../src/bridge/remote-control/back-off.js';

it('doubles, is capped, and scatters over the upper half', () => {
  expect([1, 2, 3, 4, 5, 6, 99].map((attempt) => backOffMs(attempt, 1))).toEqual([
    200, 400, 800, 1600, 3200, 5000, 5000,
  ]);
  expect(backOffMs(3, 0)).toBe(400);
});
