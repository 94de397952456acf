import type { DatabaseBlock } from '../database/database.js';
import type { Match } from './options.js';

/** What a cost is made of at one time: `time` in seconds from the frame at hand, nothing for what has no one time. */
export interface SampleCost {
  readonly time?: number;
  readonly cost: number;
  readonly blocks: readonly { readonly name: string; readonly cost: number }[];
}

/** What a channel of the schema has of a cost, sample by sample in the order of time. */
export interface ChannelCost {
  /** The kind of channel. */
  readonly channel: string;
  /** Which one of the schema's channels, where the database says. */
  readonly channelIndex?: number;
  readonly cost: number;
  readonly samples: readonly SampleCost[];
}

/** Why a match lost to a better one: everything is its own less that of the better. */
export interface Loss {
  readonly cost: number;
  readonly bias: number;
  readonly costOfBlocks: readonly number[];
  readonly channels: readonly ChannelCost[];
  /** Name of the block in which it lost most; nothing where it lost by its bias more. */
  readonly mostIn?: string;
  /** Names of the blocks in which it was better. */
  readonly betterIn: readonly string[];
}

/** Puts the costs of a database's blocks together by channel, in the order of the blocks, and by sample. */
export function costByChannel(
  blocks: readonly DatabaseBlock[],
  costOfBlocks: readonly number[],
): ChannelCost[] {
  const all = blocks.map((block, b) => ({ ...block, cost: costOfBlocks[b] }));
  return groups(all, ({ channelIndex, channel }) => channelIndex ?? channel).map((own) => ({
    channel: own[0].channel,
    ...(own[0].channelIndex !== undefined && { channelIndex: own[0].channelIndex }),
    cost: total(own),
    samples: groups(own, ({ time }) => time)
      .sort((a, b) => (a[0].time ?? -Infinity) - (b[0].time ?? -Infinity))
      .map((sample) => ({
        ...(sample[0].time !== undefined && { time: sample[0].time }),
        cost: total(sample),
        blocks: sample.map(({ name, cost }) => ({ name, cost })),
      })),
  }));
}

/** Says why `other` costs more than `best`. */
export function explainLoss(blocks: readonly DatabaseBlock[], best: Match, other: Match): Loss {
  const costOfBlocks = other.costOfBlocks.map((cost, b) => cost - best.costOfBlocks[b]);
  const bias = other.bias - best.bias;
  const most = Math.max(...costOfBlocks);
  return {
    cost: other.cost - best.cost,
    bias,
    costOfBlocks,
    channels: costByChannel(blocks, costOfBlocks),
    ...(most >= bias && { mostIn: blocks[costOfBlocks.indexOf(most)].name }),
    betterIn: blocks.flatMap(({ name }, b) => (costOfBlocks[b] < 0 ? [name] : [])),
  };
}

const total = (parts: readonly { readonly cost: number }[]): number =>
  parts.reduce((sum, { cost }) => sum + cost, 0);

/** The items in groups of one key each, in the order in which the keys appear. */
function groups<T>(items: readonly T[], keyOf: (item: T) => unknown): T[][] {
  const found = new Map<unknown, T[]>();
  for (const item of items) {
    const group = found.get(keyOf(item));
    if (group) group.push(item);
    else found.set(keyOf(item), [item]);
  }
  return [...found.values()];
}
