import { describe, expect, it } from 'vitest';
import { judgeConnectivity } from '../../../src/motion/analyse/connectivity.js';
import { neighboursOf } from '../../../src/motion/analyse/neighbours.js';
import { makeSearch } from '../../../src/motion/search/search.js';
import { line, rowsDatabase } from './made-rows.js';

/** Judges a database whose transitions below a cost of 1 are good. */
const judge = (clips: readonly (readonly (readonly number[])[])[]) => {
  const database = rowsDatabase(clips);
  const probes = Int32Array.from({ length: database.frameCount }, (_, row) => row);
  const neighbours = neighboursOf(database, makeSearch(database), probes);
  return judgeConnectivity(database, neighbours, (_, __, cost) => cost < 1);
};

// A clip that ends where it began.
const ring = [...line(10, [0, 0], [2, 0]), ...line(11, [20, 0.1], [-2, 0])];

describe('judgeConnectivity', () => {
  it('finds a clip whose end leads to its start whole', () => {
    const { connectedShare, islands, unreachable, inescapable } = judge([ring]);
    expect(connectedShare).toBe(1);
    expect({ islands, unreachable, inescapable }).toEqual({ islands: 1, unreachable: [], inescapable: [] });
  });

  it('finds what only leads in, and what only leads out', () => {
    // Both touch the ring at one end; the way in begins far away, the way out ends there.
    const into = line(12, [0, 100], [0, -9]);
    const out = line(12, [4, 1.05], [0, 9]);
    const { unreachable, inescapable, islands } = judge([ring, into, out]);
    expect(islands).toBe(1);
    expect(unreachable).toEqual([{ clip: 'clip 1', from: 0, to: 1 }]);
    expect(inescapable).toEqual([{ clip: 'clip 2', from: 0.1, to: 1.1 }]);
  });

  it('tells islands apart, the larger of which counts', () => {
    const small = line(4, [500, 0], [1, 0]).concat(line(8, [503, 0.1], [-0.5, 0]));
    const { islands, connectedShare, unreachable } = judge([ring, small]);
    expect(islands).toBe(2);
    expect(connectedShare).toBeCloseTo(21 / 33, 1);
    expect(unreachable.map(({ clip }) => clip)).toEqual(['clip 1']);
  });
});
