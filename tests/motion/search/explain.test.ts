import { describe, expect, it } from 'vitest';
import { costByChannel, explainLoss } from '../../../src/motion/search/explain.js';
import type { Match } from '../../../src/motion/search/options.js';

const block = (name: string, channel: string, channelIndex?: number, time?: number) => ({
  name,
  channel,
  channelIndex,
  time,
  offset: 0,
  size: 1,
});
const BLOCKS = [
  block('facing at 1 s', 'trajectory', 1, 1),
  block('place at 0.5 s', 'trajectory', 1, 0.5),
  block('foot', 'pose', 0, 0),
  block('facing at 0.5 s', 'trajectory', 1, 0.5),
  block('other path', 'trajectory', 2, 0.5),
];
const match = (costOfBlocks: readonly number[], bias = 0): Match => ({
  clip: 0,
  clipName: 'a',
  frame: 0,
  row: 0,
  time: 0,
  isContinuing: false,
  bias,
  costOfBlocks,
  cost: costOfBlocks.reduce((a, b) => a + b, bias),
});

describe('costByChannel', () => {
  it('keeps channels of one kind apart and sorts samples by time', () => {
    expect(costByChannel(BLOCKS, [1, 2, 4, 8, 16])).toEqual([
      {
        channel: 'trajectory',
        channelIndex: 1,
        cost: 11,
        samples: [
          {
            time: 0.5,
            cost: 10,
            blocks: [
              { name: 'place at 0.5 s', cost: 2 },
              { name: 'facing at 0.5 s', cost: 8 },
            ],
          },
          { time: 1, cost: 1, blocks: [{ name: 'facing at 1 s', cost: 1 }] },
        ],
      },
      {
        channel: 'pose',
        channelIndex: 0,
        cost: 4,
        samples: [{ time: 0, cost: 4, blocks: [{ name: 'foot', cost: 4 }] }],
      },
      {
        channel: 'trajectory',
        channelIndex: 2,
        cost: 16,
        samples: [{ time: 0.5, cost: 16, blocks: [{ name: 'other path', cost: 16 }] }],
      },
    ]);
  });

  it('takes blocks that say neither channel number nor time together by kind', () => {
    const bare = [block('a', 'latent'), block('b', 'latent')];
    expect(costByChannel(bare, [1, 2])).toMatchObject([
      { channel: 'latent', cost: 3, samples: [{ cost: 3 }] },
    ]);
  });
});

describe('explainLoss', () => {
  const best = match([1, 1, 1, 1, 1]);

  it('names the block that cost the most, and those that were better', () => {
    expect(explainLoss(BLOCKS, best, match([0, 1, 5, 1, 1]))).toMatchObject({
      cost: 3,
      bias: 0,
      mostIn: 'foot',
      betterIn: ['facing at 1 s'],
      costOfBlocks: [-1, 0, 4, 0, 0],
    });
  });

  it('names no block where the bias cost more', () => {
    const loss = explainLoss(BLOCKS, best, match([1, 1, 1.5, 1, 1], 2));
    expect(loss.bias).toBe(2);
    expect(loss).not.toHaveProperty('mostIn');
  });
});
