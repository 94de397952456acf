import { expect, it } from 'vitest';
import { Frequency } from '../../src/pipeline/link/frequency.js';

it('a frequency is told right from the second time on, and falls to nothing', () => {
  let now = 0;
  const frequency = new Frequency({ now: () => now, after: () => () => {} });
  expect(frequency.hz).toBe(0);
  frequency.count();
  expect(frequency.hz).toBe(0);
  for (now = 40; now <= 4_000; now += 40) frequency.count();
  now -= 40;
  expect(frequency.hz).toBeCloseTo(25, 9);
  now += 2_001;
  expect(frequency.hz).toBe(0);
});
