import { stronglyConnected } from '../../math/strongly-connected.js';
import { clipOfRow, type MotionDatabase } from '../database/database.js';
import type { Neighbours } from './neighbours.js';
import { type ClipRange, joinProbes, longestFirst } from './ranges-of-clips.js';

export interface Connectivity {
  /** Share of the frames among which play can get from any to any without a jump above the bar. */
  readonly connectedShare: number;
  /** Such islands, of two frames or more. */
  readonly islands: number;
  /** Stretches that no good transition leads to from the largest island, longest first. */
  readonly unreachable: readonly ClipRange[];
  /** Stretches from which no good transition leads to it. */
  readonly inescapable: readonly ClipRange[];
}

/**
 * Judges the graph of good transitions: its nodes are the probes, each with the frames up to the next; play
 * goes on to the next probe of its clip, or jumps to one of the probe's neighbours where `isGood` says so, and
 * then plays to the probe after it.
 *
 * @see L. Kovar, M. Gleicher, F. Pighin, "Motion Graphs" (2002), §3.3, for the largest strongly connected part.
 */
export function judgeConnectivity(
  database: MotionDatabase,
  neighbours: Neighbours,
  isGood: (from: number, to: number, cost: number) => boolean,
): Connectivity {
  const { probes, rows, costs, count } = neighbours;
  const n = probes.length;
  const edges: number[][] = Array.from({ length: n }, () => []);
  for (let p = 0; p < n; p++) {
    if (p + 1 < n && isSameClip(database, probes[p], probes[p + 1])) edges[p].push(p + 1);
    for (let k = p * count; k < (p + 1) * count; k++) {
      if (rows[k] < 0 || !isGood(probes[p], rows[k], costs[k])) continue;
      const next = firstFrom(probes, rows[k]);
      if (next < n && isSameClip(database, rows[k], probes[next])) edges[p].push(next);
    }
  }
  const { component, sizes } = stronglyConnected(edges);
  const weight = framesOfProbes(database, probes);
  const weights = new Float64Array(sizes.length);
  component.forEach((c, p) => {
    weights[c] += weight[p];
  });
  const main = weights.indexOf(weights.reduce((most, value) => Math.max(most, value), 0));
  const inMain = [...component.keys()].filter((p) => component[p] === main);
  const reached = reachable(edges, inMain);
  const escaped = reachable(reversed(edges), inMain);
  const total = weight.reduce((sum, value) => sum + value, 0);
  return {
    connectedShare: total > 0 ? (weights[main] ?? 0) / total : 0,
    islands: sizes.filter((size) => size > 1).length,
    unreachable: longestFirst(joinProbes(database, probes, (p) => !reached[p])),
    inescapable: longestFirst(joinProbes(database, probes, (p) => !escaped[p])),
  };
}

const isSameClip = (database: MotionDatabase, a: number, b: number): boolean =>
  clipOfRow(database, a) === clipOfRow(database, b);

/** The first probe at or after a row. */
function firstFrom(probes: Int32Array, row: number): number {
  let low = 0;
  let high = probes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (probes[middle] < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Frames from each probe to the next of its clip; one for the last. */
function framesOfProbes(database: MotionDatabase, probes: Int32Array): Float64Array {
  return Float64Array.from(probes, (row, p) => {
    const next = probes[p + 1];
    return next !== undefined && isSameClip(database, row, next) ? next - row : 1;
  });
}

function reversed(edges: readonly (readonly number[])[]): number[][] {
  const back: number[][] = edges.map(() => []);
  edges.forEach((own, from) => {
    for (const to of own) back[to].push(from);
  });
  return back;
}

function reachable(edges: readonly (readonly number[])[], from: readonly number[]): Uint8Array {
  const seen = new Uint8Array(edges.length);
  const open = [...from];
  for (const node of open) seen[node] = 1;
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const next of edges[node]) {
      if (seen[next]) continue;
      seen[next] = 1;
      open.push(next);
    }
  }
  return seen;
}
