import { makePlainRowTree } from '../../kernels/row-tree-kernels.js';
import { makeWasmRowTree } from '../../kernels/wasm-row-tree.js';
import { rowDistance } from './row-distance.js';
import { BY_PIVOTS, MOST_PART_BYTES, makeRowIndex } from './row-index.js';

/**
 * Gives the nearest of some rows: squared Euclidean in float64, exact, the first among equals.
 *
 * `guess` is one of these rows that may be near; the nearer it is, the sooner the answer.
 */
export type NearestRow = (query: Float32Array, guess: number) => number;

/** Prepares the rows [n, dimension] named in `candidates`, rising, at least one, for being searched. */
export function makeNearestRow(rows: Float32Array, dimension: number, candidates: Uint32Array): NearestRow {
  const held = { rows, dimension };
  const blocks = [{ offset: 0, size: dimension }];
  const makeRowTree = makeWasmRowTree() ?? makePlainRowTree;
  let asked: Float32Array;
  let nearest = 0;
  let least = 0;
  const index = makeRowIndex({ ...held, blocks, candidates }, makeRowTree, MOST_PART_BYTES, (row) => {
    const distance = rowDistance(held, row, asked);
    if (distance < least || (distance === least && row < nearest)) {
      nearest = row;
      least = distance;
    }
    return least;
  });
  return (query, guess) => {
    asked = query;
    nearest = guess;
    least = rowDistance(held, guess, query);
    index.search(query, BY_PIVOTS, least);
    return nearest;
  };
}
