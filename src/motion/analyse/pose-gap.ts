import type { MotionDatabase } from '../database/database.js';
import { layoutOf } from '../features/layout.js';

/** How far two rows' poses lie apart, as far as the rows know them. */
export interface PoseGap {
  /** Joints whose places are known. */
  readonly joints: readonly string[];
  /** Mean distance of those joints between the rows, cm, each seen from its own root. */
  readonly cm: (a: number, b: number) => number;
}

/**
 * Reads poses out of rows: the places of joints now, seen from the root.
 *
 * Nothing where rows hold no such places: latents, or a schema without them.
 */
export function poseGapOf({ content, rows, dimension, factor }: MotionDatabase): PoseGap | undefined {
  if (content.kind !== 'features') return undefined;
  const places = layoutOf(content.schema).blocks.flatMap(({ source, offset, size }) =>
    source.quantity === 'position' &&
    source.joint !== undefined &&
    source.origin === undefined &&
    source.time === 0 &&
    source.originTime === 0 &&
    size === 3
      ? [{ joint: source.joint, offset }]
      : [],
  );
  if (places.length === 0) return undefined;
  const metres = factor.map((value) => (value === 0 ? 0 : 1 / value));
  return {
    joints: places.map(({ joint }) => joint),
    cm: (a, b) => {
      let sum = 0;
      for (const { offset } of places) {
        let square = 0;
        for (let k = offset; k < offset + 3; k++) {
          const away = (rows[a * dimension + k] - rows[b * dimension + k]) * metres[k];
          square += away * away;
        }
        sum += Math.sqrt(square);
      }
      return (100 * sum) / places.length;
    },
  };
}
