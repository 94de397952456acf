import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stronglyConnected } from '../../src/math/strongly-connected.js';

/** Reachability by repeated squaring of nothing clever: a node leads where its neighbours lead. */
function reaches(edges: readonly (readonly number[])[]): boolean[][] {
  const n = edges.length;
  const reach = edges.map((own, i) => Array.from({ length: n }, (_, j) => i === j || own.includes(j)));
  for (let k = 0; k < n; k++)
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) reach[i][j] ||= reach[i][k] && reach[k][j];
  return reach;
}

describe('stronglyConnected', () => {
  it('joins two nodes where, and only where, each leads to the other', () => {
    const graph = fc
      .integer({ min: 0, max: 14 })
      .chain((n) =>
        fc.array(fc.array(fc.nat(Math.max(0, n - 1)), { maxLength: 3 }), { minLength: n, maxLength: n }),
      );
    fc.assert(
      fc.property(graph, (edges) => {
        const { component, sizes } = stronglyConnected(edges);
        const reach = reaches(edges);
        for (let i = 0; i < edges.length; i++)
          for (let j = 0; j < edges.length; j++)
            expect(component[i] === component[j]).toBe(reach[i][j] && reach[j][i]);
        expect(sizes).toEqual(sizes.map((_, c) => component.filter((own) => own === c).length));
      }),
    );
  });

  it('goes through a path too long for recursion', () => {
    const edges = Array.from({ length: 200_000 }, (_, k) => (k < 199_999 ? [k + 1] : []));
    expect(stronglyConnected(edges).sizes).toHaveLength(200_000);
  });
});
