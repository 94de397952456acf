import type { FeatureChannel, FeatureSchema } from './schema.js';

type Keep = 'all' | 'ground' | 'height';

/** What the numbers of a block are read from. Times are seconds from the frame at hand. */
export type BlockSource =
  | { readonly quantity: 'joint-position'; readonly role: string; readonly time: number; readonly keep: Keep }
  | {
      readonly quantity: 'joint-velocity';
      readonly role: string;
      readonly time: number;
      readonly keep: Keep;
      readonly space: 'world' | 'character';
    }
  | {
      readonly quantity: 'path-position' | 'path-velocity' | 'path-facing';
      readonly times: readonly number[];
    };

/** Neighbouring numbers of a row that are of one kind and share one scale. */
export interface FeatureBlock {
  readonly name: string;
  /** Index into the schema's channels. */
  readonly channel: number;
  readonly offset: number;
  readonly size: number;
  readonly source: BlockSource;
}

/** Where each number of a feature row lies. */
export interface FeatureLayout {
  readonly dimension: number;
  readonly blocks: readonly FeatureBlock[];
  /** [dimension], factors of the normalised numbers; a weight of costs appears as its square root. */
  readonly weights: Float64Array;
}

interface Part {
  readonly name: string;
  readonly source: BlockSource;
  readonly weights: readonly number[];
}

const QUANTITIES = ['position', 'velocity', 'facing'] as const;
const KEPT = { all: 3, ground: 2, height: 1 } as const;

const label = (name: string, time: number): string => (time === 0 ? name : `${name} at ${time} s`);

function partsOf(channel: FeatureChannel): Part[] {
  switch (channel.type) {
    case 'position':
    case 'velocity': {
      const { role, time, keep } = channel;
      const source: BlockSource =
        channel.type === 'position'
          ? { quantity: 'joint-position', role, time, keep }
          : { quantity: 'joint-velocity', role, time, keep, space: channel.space };
      const weights = new Array<number>(KEPT[keep]).fill(channel.weight);
      return [{ name: label(`${role} ${channel.type}`, time), source, weights }];
    }
    case 'heading':
      return [
        {
          name: label('heading', channel.time),
          source: { quantity: 'path-facing', times: [channel.time] },
          weights: [channel.weight, channel.weight],
        },
      ];
    case 'pose':
      return channel.joints.flatMap((joint) => {
        const weights = new Array<number>(3).fill(channel.weight * joint.weight);
        const place = { role: joint.role, time: 0, keep: 'all' } as const;
        const position: Part = {
          name: `${joint.role} position`,
          source: { quantity: 'joint-position', ...place },
          weights,
        };
        const velocity: Part = {
          name: `${joint.role} velocity`,
          source: { quantity: 'joint-velocity', ...place, space: channel.space },
          weights,
        };
        return [...(joint.position ? [position] : []), ...(joint.velocity ? [velocity] : [])];
      });
    case 'trajectory': {
      const part = (
        quantity: (typeof QUANTITIES)[number],
        samples: (typeof channel)['samples'],
        name: string,
      ): Part => ({
        name,
        source: { quantity: `path-${quantity}`, times: samples.map((sample) => sample.time) },
        weights: samples.flatMap((sample) => [
          channel.weight * sample.weight,
          channel.weight * sample.weight,
        ]),
      });
      if (channel.scaling === 'apart') {
        return channel.samples.flatMap((sample) =>
          QUANTITIES.filter((quantity) => sample[quantity]).map((quantity) =>
            part(quantity, [sample], label(`trajectory ${quantity}`, sample.time)),
          ),
        );
      }
      return QUANTITIES.flatMap((quantity) => {
        const samples = channel.samples.filter((sample) => sample[quantity]);
        return samples.length > 0 ? [part(quantity, samples, `trajectory ${quantity}`)] : [];
      });
    }
  }
}

/** Lays the schema's channels out as numbers, in the order in which the schema names them. */
export function layoutOf(schema: FeatureSchema): FeatureLayout {
  const blocks: FeatureBlock[] = [];
  const weights: number[] = [];
  schema.channels.forEach((channel, index) => {
    for (const part of partsOf(channel)) {
      blocks.push({
        name: part.name,
        channel: index,
        offset: weights.length,
        size: part.weights.length,
        source: part.source,
      });
      weights.push(...part.weights);
    }
  });
  return {
    dimension: weights.length,
    blocks,
    weights: Float64Array.from(weights, schema.weighting === 'costs' ? Math.sqrt : (value) => value),
  };
}

/** Frames that a row reads before and after its own. */
export interface Reach {
  readonly past: number;
  readonly future: number;
}

/** How far the layout looks at this rate; velocities look one frame further, for their central difference. */
export function reachOf(layout: FeatureLayout, rateHz: number): Reach {
  let past = 0;
  let future = 0;
  for (const { source } of layout.blocks) {
    const further = source.quantity.endsWith('velocity') ? 1 : 0;
    for (const time of 'times' in source ? source.times : [source.time]) {
      past = Math.max(past, Math.ceil(-time * rateHz - 1e-9) + further);
      future = Math.max(future, Math.ceil(time * rateHz - 1e-9) + further);
    }
  }
  return { past, future };
}
