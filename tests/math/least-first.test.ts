import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeLeastFirst } from '../../src/math/least-first.js';

describe('makeLeastFirst', () => {
  it('gives items by their keys, and of equal keys the least item', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (keys) => {
        const queue = makeLeastFirst();
        keys.forEach((key, item) => {
          queue.put(item, key);
        });
        const sorted = [...keys.keys()].sort((a, b) => keys[a] - keys[b] || a - b);
        for (const item of sorted) {
          expect(queue.least()).toBe(keys[item]);
          expect(queue.take()).toBe(item);
        }
        expect(queue.take()).toBeUndefined();
        expect(queue.least()).toBe(Infinity);
      }),
    );
  });
});
