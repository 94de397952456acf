import type { MakeRowTree } from '../../kernels/row-tree-kernels.js';
import { symmetricEigen } from '../../math/symmetric-eigen.js';
import type { MotionDatabase } from '../database/database.js';
import { momentsOf } from './moments.js';
import { makeNearestFew } from './nearest-few.js';
import { BY_PIVOTS, makeRowIndex } from './row-index.js';

/**
 * Products that are summed for the principal components: every row of half a million of 27 numbers is read, as in Unreal,
 * and of more or longer ones every k-th, but never fewer than so many rows.
 */
const MOST_PRODUCTS = 4e8;
const LEAST_READ = 8000;

/** Settings of a PoseSearch database that decide what Unreal's search finds. */
export interface UnrealSettings {
  /** NumberOfPrincipalComponents, 1 to 64; 4 by default. */
  readonly principalComponents?: number;
  /** KDTreeQueryNumNeighbors, 1 to 600; 200 by default. */
  readonly neighbours?: number;
  /** ContinuingPoseCostBias; −0.01 by default. */
  readonly continuingBias?: number;
  /** LoopingCostBias; −0.005 by default. */
  readonly loopingBias?: number;
}

/** Which rows Unreal 5.4 would compare with a query in full, of those that are open. */
export interface UnrealShortlist {
  rows(query: Float32Array): readonly number[];
  /** The place of a row in the order in which they are taken up, from 1 on; ∞ for one that never is. */
  placeOf(query: Float32Array, row: number): number;
}

/**
 * Prepares Unreal's default search (PCAKDTree): rows and query are projected onto a few principal components, and only
 * the nearest few there are compared in full.
 *
 * The nearest are exact, so neither the kind of the tree nor the size of its leaves (16 in Unreal) matters. Of rows at
 * equal distance the first are taken.
 *
 * @see Epic Games, Unreal Engine 5.4, PoseSearch: EPoseSearchMode, UPoseSearchDatabase.
 */
export function makeUnrealShortlist(
  database: MotionDatabase,
  open: Uint8Array,
  candidates: Uint32Array,
  makeRowTree: MakeRowTree,
  partBytes: number,
  { principalComponents = 4, neighbours = 200 }: UnrealSettings = {},
): UnrealShortlist {
  const { rows, dimension } = database;
  const count = Math.min(principalComponents, dimension);
  const project = fitProjection(rows, dimension, count, candidates);
  const projected = new Float32Array(candidates.length * count);
  candidates.forEach((row, i) => {
    project(rows, row * dimension, projected, i * count);
  });
  const asked = new Float32Array(count);
  const distanceOf = (i: number): number => {
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const difference = projected[i * count + k] - asked[k];
      sum += difference * difference;
    }
    return sum;
  };
  let nearest = makeNearestFew(neighbours);
  const index = makeRowIndex(
    {
      rows: projected,
      dimension: count,
      blocks: [{ offset: 0, size: count }],
      candidates: Uint32Array.from(candidates.keys()),
    },
    makeRowTree,
    partBytes,
    (i) => (open[candidates[i]] === 1 ? nearest.offer(candidates[i], distanceOf(i)) : nearest.limit()),
  );
  return {
    rows(query) {
      project(query, 0, asked, 0);
      nearest = makeNearestFew(neighbours);
      index.search(asked, BY_PIVOTS, Infinity);
      return nearest.rows();
    },
    placeOf(query, row) {
      const at = candidates.indexOf(row);
      if (at < 0) return Infinity;
      project(query, 0, asked, 0);
      const own = distanceOf(at);
      let place = 1;
      candidates.forEach((other, i) => {
        if (open[other] !== 1 || other === row) return;
        const distance = distanceOf(i);
        if (distance < own || (distance === own && other < row)) place++;
      });
      return place;
    },
  };
}

type Project = (from: Float32Array, at: number, out: Float32Array, outAt: number) => void;

/** The map onto the first principal components of the rows named in `candidates`. */
function fitProjection(
  rows: Float32Array,
  dimension: number,
  count: number,
  candidates: Uint32Array,
): Project {
  const whole = { offset: 0, size: dimension };
  const enough = Math.max(LEAST_READ, MOST_PRODUCTS / dimension ** 2);
  const { mean, moments } = momentsOf(rows, dimension, whole, candidates, enough);
  const { vectors } = symmetricEigen(moments, dimension);
  return (from, at, out, outAt) => {
    for (let c = 0; c < count; c++) {
      let sum = 0;
      for (let k = 0; k < dimension; k++) sum += (from[at + k] - mean[k]) * vectors[c * dimension + k];
      out[outAt + c] = sum;
    }
  };
}
