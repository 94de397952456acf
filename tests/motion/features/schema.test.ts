import { describe, expect, it } from 'vitest';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import { layoutOf, reachOf } from '../../../src/motion/features/layout.js';
import { parseFeatureSchema } from '../../../src/motion/features/schema.js';

describe('parseFeatureSchema', () => {
  it.each([
    [
      'a channel nobody knows',
      { name: 'a', channels: [{ type: 'phase', role: 'footL' }] },
      'channels.0.type',
    ],
    ['no channels', { name: 'a', channels: [] }, 'channels'],
    [
      'a negative weight',
      { name: 'a', channels: [{ type: 'position', role: 'footL', weight: -1 }] },
      'channels.0.weight',
    ],
    [
      'a time that is no number',
      { name: 'a', channels: [{ type: 'heading', time: Number.NaN }] },
      'channels.0.time',
    ],
    ['a misspelt field', { name: 'a', channels: [{ type: 'heading', wieght: 2 }] }, 'channels.0'],
    [
      'an empty sample',
      { name: 'a', channels: [{ type: 'trajectory', samples: [{ time: 1 }] }] },
      'channels.0.samples.0',
    ],
    ['no object at all', 'holden', ''],
  ])('refuses %s and says where', (_, schema, path) => {
    expect(() => parseFeatureSchema(schema)).toThrow(
      expect.objectContaining({
        code: 'motion/bad-schema',
        data: { issues: expect.arrayContaining([expect.objectContaining({ path })]) },
      }),
    );
  });
});

describe('layoutOf', () => {
  it('lays Holden’s 27 numbers out in seven blocks', () => {
    const { dimension, blocks, weights } = layoutOf(BUILT_IN_SCHEMAS.holden());
    expect(dimension).toBe(27);
    expect(blocks.map(({ name, offset, size }) => [name, offset, size])).toEqual([
      ['footL position', 0, 3],
      ['footR position', 3, 3],
      ['footL velocity', 6, 3],
      ['footR velocity', 9, 3],
      ['pelvis velocity', 12, 3],
      ['trajectory position', 15, 6],
      ['trajectory facing', 21, 6],
    ]);
    expect([weights[0], weights[6], weights[15], weights[26]]).toEqual([0.75, 1, 1, 1.5]);
  });

  it('lays Unreal’s 28 numbers out with the roots of their cost weights', () => {
    const { dimension, blocks, weights } = layoutOf(BUILT_IN_SCHEMAS.ue54());
    expect(dimension).toBe(28);
    expect(blocks.map(({ name }) => name)).toContain('trajectory facing at 0.35 s');
    expect(weights[0]).toBeCloseTo(Math.sqrt(7 * 0.4), 12);
    expect(weights[27]).toBe(1);
  });

  it('keeps only what a channel keeps', () => {
    const schema = parseFeatureSchema({
      name: 'kept',
      channels: [
        { type: 'position', role: 'footL', keep: 'height' },
        { type: 'velocity', role: 'footL', keep: 'ground' },
        { type: 'heading' },
      ],
    });
    expect(layoutOf(schema).blocks.map((block) => block.size)).toEqual([1, 2, 2]);
  });
});

describe('reachOf', () => {
  it('counts one frame more for velocities', () => {
    expect(reachOf(layoutOf(BUILT_IN_SCHEMAS.holden()), 30)).toEqual({ past: 1, future: 30 });
    expect(reachOf(layoutOf(BUILT_IN_SCHEMAS.ue54()), 30)).toEqual({ past: 12, future: 22 });
  });
});
