import { describe, expect, it } from 'vitest';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import { layoutOf, reachOf } from '../../../src/motion/features/layout.js';
import { parseFeatureSchema } from '../../../src/motion/features/schema.js';
import { validateSchema } from '../../../src/motion/features/validate-schema.js';

describe('parseFeatureSchema', () => {
  it.each([
    [
      'a channel nobody knows',
      { name: 'a', channels: [{ type: 'curve', role: 'footL' }] },
      'channels.0.type',
    ],
    ['permutations', { name: 'a', permutations: 3, channels: [{ type: 'heading' }] }, 'permutations'],
    [
      'a joint by role and by name',
      { name: 'a', channels: [{ type: 'position', role: 'footL', joint: 'foot_l' }] },
      'channels.0.joint',
    ],
    [
      'two origins',
      { name: 'a', channels: [{ type: 'position', originRole: 'head', originJoint: 'head' }] },
      'channels.0.originJoint',
    ],
    ['a phase of nothing', { name: 'a', channels: [{ type: 'phase' }] }, 'channels.0.role'],
    ['an axis of the root', { name: 'a', channels: [{ type: 'heading', axis: 'y' }] }, 'channels.0.axis'],
    [
      'a pose joint that is nobody',
      { name: 'a', channels: [{ type: 'pose', joints: [{ weight: 1 }] }] },
      'channels.0.joints.0.role',
    ],
    [
      'a group in a group',
      {
        name: 'a',
        channels: [{ type: 'group', name: 'b', channels: [{ type: 'group', name: 'c', channels: [] }] }],
      },
      'channels.0.channels.0.type',
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
  it('lays Holden’s 27 numbers out, a block for each quantity and time', () => {
    const { dimension, blocks, weights } = layoutOf(BUILT_IN_SCHEMAS.holden());
    expect(dimension).toBe(27);
    expect(blocks.map(({ name, offset, size }) => [name, offset, size])).toEqual([
      ['footL position', 0, 3],
      ['footR position', 3, 3],
      ['footL velocity', 6, 3],
      ['footR velocity', 9, 3],
      ['pelvis velocity', 12, 3],
      ['trajectory position at 0.3333 s', 15, 2],
      ['trajectory position at 0.6667 s', 17, 2],
      ['trajectory position at 1 s', 19, 2],
      ['trajectory facing at 0.3333 s', 21, 2],
      ['trajectory facing at 0.6667 s', 23, 2],
      ['trajectory facing at 1 s', 25, 2],
    ]);
    expect([weights[0], weights[6], weights[15], weights[26]]).toEqual([0.75, 1, 1, 1.5]);
    expect(blocks.map(({ time }) => time)).toEqual([0, 0, 0, 0, 0, 1 / 3, 2 / 3, 1, 1 / 3, 2 / 3, 1]);
    expect(new Set(blocks.slice(5, 8).map(({ group }) => group)).size).toBe(1);
    expect(new Set(blocks.map(({ group }) => group)).size).toBe(7);
  });

  it('lays Unreal’s 28 numbers out with the roots of their cost weights, which sum up to 1', () => {
    const { dimension, blocks, weights } = layoutOf(BUILT_IN_SCHEMAS.ue54());
    expect(dimension).toBe(28);
    expect(blocks.map(({ name }) => name)).toContain('trajectory facing at 0.35 s');
    const sum = 7 * (2 * 0.4 + 4 * 2 + 4 * 0.7 + 6 * 0.5) + 12;
    expect(weights[0]).toBeCloseTo(Math.sqrt((7 * 0.4) / sum), 12);
    expect(weights[27]).toBeCloseTo(Math.sqrt(1 / sum), 12);
    expect(weights.reduce((all, weight) => all + weight * weight, 0)).toBeCloseTo(1, 12);
    expect(blocks.map(({ query }) => query).join(' ')).toMatch(/^(character ){8}(continuing ?){4}$/);
  });

  it('keeps only what a channel keeps', () => {
    const schema = parseFeatureSchema({
      name: 'kept',
      channels: [
        { type: 'position', role: 'footL', keep: 'height' },
        { type: 'velocity', role: 'footL', keep: 'ground' },
        { type: 'heading' },
        { type: 'heading', role: 'head' },
        { type: 'phase', role: 'footL' },
        { type: 'trajectory', samples: [{ time: 0.5, position: 'all', velocityDirection: true }] },
      ],
    });
    expect(layoutOf(schema).blocks.map((block) => block.size)).toEqual([1, 2, 2, 3, 2, 3, 2]);
  });

  it('names joints by role or by themselves, and says what a block is seen from', () => {
    const { blocks } = layoutOf(
      parseFeatureSchema({
        name: 'hands',
        channels: [
          { type: 'position', joint: 'hand_l', originRole: 'handR', time: 0.2 },
          { type: 'velocity', role: 'footL', normalise: true, originTime: -0.1 },
          { type: 'position', time: 0.5 },
          {
            type: 'group',
            name: 'look',
            channels: [
              { type: 'heading', role: 'head', axis: 'z' },
              { type: 'pose', joints: [{ role: 'footL', position: false, velocity: false, rotation: true }] },
            ],
          },
        ],
      }),
    );
    expect(blocks.map(({ name, channel }) => [name, channel])).toEqual([
      ['hand_l position at 0.2 s from handR', 0],
      ['footL velocity direction seen at -0.1 s', 1],
      ['root position at 0.5 s', 2],
      ['look: head z axis', 3],
      ['look: footL x axis', 3],
      ['look: footL z axis', 3],
    ]);
  });

  it('lets numbers of one kind share a scale by name, and others not', () => {
    const { blocks } = layoutOf(
      parseFeatureSchema({
        name: 'feet',
        channels: [
          {
            type: 'pose',
            joints: [
              { role: 'footL', normalisationGroup: 'feet' },
              { role: 'footR', normalisationGroup: 'feet' },
            ],
          },
          { type: 'position', role: 'handL', normalisationGroup: 'feet', keep: 'ground' },
        ],
      }),
    );
    expect(blocks.map(({ group }) => group)).toEqual([
      'feet (position, 3)',
      'feet (velocity, 3)',
      'feet (position, 3)',
      'feet (velocity, 3)',
      'feet (position, 2)',
    ]);
  });
});

describe('reachOf', () => {
  it('counts one frame more for velocities, or as far back as they are taken over', () => {
    expect(reachOf(layoutOf(BUILT_IN_SCHEMAS.holden()), 30)).toEqual({ past: 1, future: 30 });
    expect(reachOf(layoutOf(BUILT_IN_SCHEMAS.ue54()), 30)).toEqual({ past: 12, future: 21 });
    const origin = parseFeatureSchema({
      name: 'origin',
      velocityOver: 0.1,
      channels: [
        { type: 'position', role: 'handL', time: 0.5, originTime: -0.25 },
        { type: 'velocity', role: 'handL', time: -0.3 },
      ],
    });
    expect(reachOf(layoutOf(origin), 60)).toEqual({ past: 24, future: 30 });
  });
});

describe('validateSchema', () => {
  it('names every role and joint that is missing, and the channels that ask for it', () => {
    const schema = parseFeatureSchema({
      name: 'much',
      channels: [
        { type: 'pose', joints: [{ role: 'footL' }, { role: 'tail' }, { joint: 'sword' }] },
        { type: 'position', joint: 'hand_l', originRole: 'tail' },
        { type: 'heading', joint: 'shield' },
      ],
    });
    const faults = validateSchema(schema, { roles: { footL: 'foot_l' }, joints: ['foot_l', 'hand_l'] });
    expect(faults.map(({ code, joint }) => [code, joint])).toEqual([
      ['motion/missing-role', 'tail'],
      ['motion/missing-joint', 'sword'],
      ['motion/missing-joint', 'shield'],
    ]);
    expect(faults[0].message).toContain('channels 0, 1 of "much"');
  });

  it('says where nothing weighs anything, and nothing of a schema that fits', () => {
    const still = parseFeatureSchema({ name: 'still', channels: [{ type: 'heading', weight: 0 }] });
    const subject = { roles: { footL: 'a', footR: 'b', pelvis: 'c' }, joints: ['a', 'b', 'c'] };
    expect(validateSchema(still, subject).map(({ code }) => code)).toEqual(['motion/no-weight']);
    for (const make of Object.values(BUILT_IN_SCHEMAS)) expect(validateSchema(make(), subject)).toEqual([]);
  });
});
