import { expect, it } from 'vitest';
import { faultsInWords } from '../src/errors.js';

it('tells the first faults with their places, and counts the rest', () => {
  const faults = Array.from({ length: 376 }, (_, k) => ({
    path: ['clips', k, 'loops'],
    message: 'a flag is wanted',
  }));
  const lines = faultsInWords(faults).split('\n');
  expect(lines).toHaveLength(6);
  expect(lines[0]).toBe('clips.0.loops: a flag is wanted');
  expect(lines.at(-1)).toBe('and 371 more like these');
  expect(faultsInWords([{ path: [], message: 'a list is wanted' }])).toBe('a list is wanted');
});
