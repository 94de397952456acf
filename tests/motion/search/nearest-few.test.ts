import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeNearestFew } from '../../../src/motion/search/nearest-few.js';

it('keeps the nearest few, the first among equals, whatever the order', () => {
  const distances = fc.array(fc.nat(9), { maxLength: 60 });
  fc.assert(
    fc.property(distances, fc.integer({ min: 1, max: 20 }), (all, count) => {
      const few = makeNearestFew(count);
      const rows = all.map((distance, row) => ({ distance, row: (row * 37) % 61 }));
      for (const { row, distance } of rows) few.offer(row, distance);
      rows.sort((a, b) => a.distance - b.distance || a.row - b.row);
      const kept = rows.slice(0, count);
      expect([...few.rows()].sort((a, b) => a - b)).toEqual(kept.map(({ row }) => row).sort((a, b) => a - b));
      expect(few.limit()).toBe(kept.length < count ? Infinity : kept[count - 1].distance);
    }),
  );
});
