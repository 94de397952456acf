import { expect, it } from 'vitest';
import { inPieces } from '../../src/retarget/solve/pieces.js';

it('a long clip is solved in pieces that pass into each other', () => {
  const pieces: [number, number][] = [];
  const whole = inPieces(20_000, 2, (first, last, out) => {
    pieces.push([first, last]);
    for (let f = first; f <= last; f++) {
      out[2 * (f - first)] = f;
      out[2 * (f - first) + 1] = pieces.length;
    }
  });
  expect(pieces).toEqual([
    [0, 8191],
    [7168, 15359],
    [14336, 19999],
  ]);
  for (let f = 0; f < 20_000; f++) expect(whole[2 * f]).toBeCloseTo(f, 8);
  expect(whole[2 * 7168 + 1]).toBe(1);
  expect(whole[2 * 7680 + 1]).toBeCloseTo(1.5, 3);
  expect(whole[2 * 8192 + 1]).toBe(2);
});

it('a short clip is one piece, and no frames are none', () => {
  expect([...inPieces(3, 1, (first, last, out) => out.fill(last - first))]).toEqual([2, 2, 2]);
  expect(inPieces(0, 1, () => expect.unreachable())).toHaveLength(0);
});
