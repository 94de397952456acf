import { partsOfChannel } from './channel-parts.js';
import type { FeatureBlock } from './feature-block.js';
import type { FeatureSchema } from './schema.js';

/** Where each number of a feature row lies. */
export interface FeatureLayout {
  readonly dimension: number;
  readonly blocks: readonly FeatureBlock[];
  /** [dimension], factors of the normalised numbers; a weight of costs appears as its square root. */
  readonly weights: Float64Array;
  readonly preprocess: FeatureSchema['preprocess'];
  readonly spread: FeatureSchema['spread'];
  /** Seconds that velocities look back over; nothing: one frame back and one ahead. */
  readonly velocityOver: number | undefined;
  /** Joint that the root is; nothing: it is found from the body. */
  readonly rootJoint: string | undefined;
}

/** Lays the schema's channels out as numbers, in the order in which the schema names them. */
export function layoutOf(schema: FeatureSchema): FeatureLayout {
  const blocks: FeatureBlock[] = [];
  const weights: number[] = [];
  schema.channels.forEach((channel, index) => {
    for (const { weight, size, ...part } of partsOfChannel(channel, index)) {
      blocks.push({ ...part, channel: index, offset: weights.length, size });
      for (let k = 0; k < size; k++) weights.push(weight);
    }
  });
  const { preprocess, spread, velocityOver, rootJoint, weighting } = schema;
  const roots = Float64Array.from(weights, weighting === 'costs' ? Math.sqrt : (value) => value);
  if (preprocess === 'normalise') {
    const size = Math.sqrt(roots.reduce((sum, value) => sum + value * value, 0));
    if (size > 0) for (let k = 0; k < roots.length; k++) roots[k] /= size;
  }
  return { dimension: weights.length, blocks, weights: roots, preprocess, spread, velocityOver, rootJoint };
}

/** Keys of the joints that the layout looks at. */
export function jointsOf({ blocks }: FeatureLayout): string[] {
  const keys = blocks.flatMap(({ source }) => [source.joint, 'origin' in source ? source.origin : undefined]);
  return [...new Set(keys.filter((key) => key !== undefined))];
}

/** Whether the layout looks at how joints are turned, not only at where they are. */
export const looksAtRotations = ({ blocks }: FeatureLayout): boolean =>
  blocks.some(({ source }) => source.quantity === 'heading' && source.joint !== undefined);

/** Frames that a row reads before and after its own. */
export interface Reach {
  readonly past: number;
  readonly future: number;
}

/**
 * How far the layout looks at this rate. Velocities look further, by a frame on both sides or back by what they
 * are taken over; a phase is that of the whole clip and looks nowhere.
 */
export function reachOf({ blocks, velocityOver }: FeatureLayout, rateHz: number): Reach {
  let past = 0;
  let future = 0;
  const look = (from: number, to: number): void => {
    past = Math.max(past, Math.ceil(-from * rateHz - 1e-9));
    future = Math.max(future, Math.ceil(to * rateHz - 1e-9));
  };
  for (const { source } of blocks) {
    if (source.quantity === 'phase') continue;
    const { time, originTime } = source;
    look(Math.min(time, originTime), Math.max(time, originTime));
    if (source.quantity !== 'velocity') continue;
    const first = source.space === 'character' ? Math.min(time, originTime) : time;
    const last = source.space === 'character' ? Math.max(time, originTime) : time;
    if (velocityOver === undefined) look(first - 1 / rateHz, last + 1 / rateHz);
    else look(first - velocityOver, last);
  }
  return { past, future };
}
