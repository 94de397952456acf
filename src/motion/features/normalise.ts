import { GaitwayError } from '../../errors.js';
import type { FeatureRows } from './extract.js';
import type { FeatureLayout } from './layout.js';

/**
 * How raw feature rows become comparable: `(raw − mean) · factor`, number by number.
 *
 * | array    | shape       | meaning                                                             |
 * | -------- | ----------- | ------------------------------------------------------------------- |
 * | `mean`   | [dimension] | of the valid rows                                                   |
 * | `factor` | [dimension] | weight / spread; the spread is one for a block: its mean deviation   |
 */
export interface Normalisation {
  readonly mean: Float64Array;
  readonly factor: Float64Array;
  /** Names of blocks that never change; they count for nothing (factor 0). */
  readonly flat: readonly string[];
}

/** Blocks that vary less than this (metres, metres per second) hold rounding, not motion. */
const FLAT = 1e-6;

/**
 * Fits mean and spread to the valid rows of all clips; one scale a block, so that proportions inside it stay.
 *
 * Sums are kept in float64 around the mean, so a million rows drift by less than 1e-9 of the spread.
 *
 * @throws GaitwayError `motion/no-valid-frames` where no clip has a valid row.
 * @see D. Holden et al., "Learned Motion Matching" (2020), §3.
 */
export function fitNormalisation(layout: FeatureLayout, clips: readonly FeatureRows[]): Normalisation {
  const { dimension } = layout;
  const mean = new Float64Array(dimension);
  const square = new Float64Array(dimension);
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
  eachValidRow(clips, (rows, at) => {
    for (let k = 0; k < dimension; k++) {
      const away = rows[at + k] - mean[k];
      square[k] += away * away;
    }
  });
  const factor = new Float64Array(dimension);
  const flat: string[] = [];
  for (const { name, offset, size } of layout.blocks) {
    let spread = 0;
    for (let k = offset; k < offset + size; k++) spread += Math.sqrt(square[k] / count) / size;
    if (spread > FLAT) {
      for (let k = offset; k < offset + size; k++) factor[k] = layout.weights[k] / spread;
    } else flat.push(name);
  }
  return { mean, factor, flat };
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
