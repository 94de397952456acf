import { describe, expect, it } from 'vitest';
import { middleOf, ranked } from '../../src/math/middle.js';
import { seededRandom } from '../../src/math/random.js';

describe('a value by its rank', () => {
  it.each([1, 2, 3, 17, 400])('of %i values is what sorting gives, equals among them', (count) => {
    const random = seededRandom(count);
    const values = Float64Array.from({ length: count }, () => Math.round(4 * random.normal()) + 0);
    const sorted = Float64Array.from(values).sort();
    for (let rank = 0; rank < count; rank++)
      expect(ranked(Float64Array.from(values), rank)).toBe(sorted[rank]);
    expect(middleOf(Float64Array.from(values))).toBe(sorted[count >> 1]);
  });

  it('is nothing where there is none', () => {
    expect(ranked(new Float64Array(), 0)).toBeUndefined();
    expect(ranked(Float64Array.of(1, 2), 2)).toBeUndefined();
    expect(middleOf(new Float64Array())).toBeUndefined();
  });
});
