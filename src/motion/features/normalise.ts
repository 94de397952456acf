import { GaitwayError } from '../../errors.js';
import type { FeatureRows } from './extract.js';
import type { FeatureLayout } from './layout.js';

/**
 * How raw feature rows become comparable: `(raw − mean) · factor`, number by number.
 *
 * | array    | shape       | meaning                                                             |
 * | -------- | ----------- | ------------------------------------------------------------------- |
 * | `mean`   | [dimension] | of the valid rows                                                   |
 * | `factor` | [dimension] | weight / spread, where a group of blocks has one spread              |
 */
export interface Normalisation {
  readonly mean: Float64Array;
  readonly factor: Float64Array;
  /** Names of blocks that never change; they count for nothing (factor 0). */
  readonly flat: readonly string[];
}

/** Blocks that vary less than this (metres, metres per second) hold rounding, not motion. */
const FLAT = 1e-6;
/** Unreal takes a spread below this, in its own units, for 1. */
const UNREAL_LEAST = 0.1;
const UNREAL_UNITS_PER_METRE = 100;

/**
 * Fits mean and spread to the valid rows of all clips; one scale a group of blocks, so that proportions inside it stay.
 *
 * Sums are kept in float64 around the mean, so a million rows drift by less than 1e-9 of the spread.
 *
 * @throws GaitwayError `motion/no-valid-frames` where no clip has a valid row.
 * @see D. Holden et al., "Learned Motion Matching" (2020), §3, for the spread by standard deviations.
 */
export function fitNormalisation(layout: FeatureLayout, clips: readonly FeatureRows[]): Normalisation {
  const { dimension, weights, preprocess, spread } = layout;
  const mean = new Float64Array(dimension);
  const count = eachValidRow(clips, (rows, at) => {
    for (let k = 0; k < dimension; k++) mean[k] += rows[at + k];
  });
  if (count === 0) {
    throw new GaitwayError(
      'motion/no-valid-frames',
      `None of the ${clips.length} clips has a frame whose features lie inside the clip; use longer clips, a schema that looks less far, or extrapolated ends.`,
      { clips: clips.length },
    );
  }
  for (let k = 0; k < dimension; k++) mean[k] /= count;
  const spreads =
    spread === 'unreal' ? meanDistances(layout, clips, mean) : meanDeviations(layout, clips, mean);
  const factor = new Float64Array(dimension);
  const flat: string[] = [];
  for (const { name, group, offset, size, source } of layout.blocks) {
    const own = spreads.get(group) ?? 0;
    if (own <= FLAT) {
      flat.push(name);
      continue;
    }
    const isLength =
      source.quantity === 'position' || (source.quantity === 'velocity' && source.normalise === false);
    const units = spread === 'unreal' && isLength ? UNREAL_UNITS_PER_METRE : 1;
    const isSmall = spread === 'unreal' && own * units <= UNREAL_LEAST;
    const divisor = preprocess === 'none' || isSmall ? 1 / units : own;
    for (let k = offset; k < offset + size; k++) factor[k] = weights[k] / divisor;
  }
  return { mean, factor, flat };
}

/** By group: the mean over its numbers of their standard deviations. */
function meanDeviations(
  { blocks, dimension }: FeatureLayout,
  clips: readonly FeatureRows[],
  mean: Float64Array,
): Map<string, number> {
  const square = new Float64Array(dimension);
  const count = eachValidRow(clips, (rows, at) => {
    for (let k = 0; k < dimension; k++) {
      const away = rows[at + k] - mean[k];
      square[k] += away * away;
    }
  });
  const sums = new Map<string, { sum: number; numbers: number }>();
  for (const { group, offset, size } of blocks) {
    const own = sums.get(group) ?? { sum: 0, numbers: 0 };
    for (let k = offset; k < offset + size; k++) own.sum += Math.sqrt(square[k] / count);
    own.numbers += size;
    sums.set(group, own);
  }
  return new Map([...sums].map(([group, { sum, numbers }]) => [group, sum / numbers]));
}

/** By group: the mean distance of its blocks from the mean that they have together. */
function meanDistances(
  { blocks }: FeatureLayout,
  clips: readonly FeatureRows[],
  mean: Float64Array,
): Map<string, number> {
  const spreads = new Map<string, number>();
  for (const group of new Set(blocks.map((block) => block.group))) {
    const members = blocks.filter((block) => block.group === group);
    const { size } = members[0];
    const middle = Float64Array.from({ length: size }, (_, k) =>
      members.reduce((sum, { offset }) => sum + mean[offset + k] / members.length, 0),
    );
    let sum = 0;
    const count = eachValidRow(clips, (rows, at) => {
      for (const { offset } of members) {
        let square = 0;
        for (let k = 0; k < size; k++) {
          const away = rows[at + offset + k] - middle[k];
          square += away * away;
        }
        sum += Math.sqrt(square);
      }
    });
    spreads.set(group, sum / (count * members.length));
  }
  return spreads;
}

/** Normalises rows [n, dimension] in place. */
export function normaliseRows(
  { mean, factor }: Pick<Normalisation, 'mean' | 'factor'>,
  rows: Float32Array,
): void {
  const dimension = mean.length;
  for (let at = 0; at < rows.length; at += dimension) {
    for (let k = 0; k < dimension; k++) rows[at + k] = (rows[at + k] - mean[k]) * factor[k];
  }
}

function eachValidRow(
  clips: readonly FeatureRows[],
  visit: (rows: Float32Array, at: number) => void,
): number {
  let count = 0;
  for (const { rows, valid, frameCount, dimension } of clips) {
    for (let f = 0; f < frameCount; f++) {
      if (!valid[f]) continue;
      visit(rows, f * dimension);
      count++;
    }
  }
  return count;
}
