import { describe, expect, it } from 'vitest';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import { extractFeatures } from '../../../src/motion/features/extract.js';
import { layoutOf } from '../../../src/motion/features/layout.js';
import { fitNormalisation, normaliseRows } from '../../../src/motion/features/normalise.js';
import { type FeatureSchema, parseFeatureSchema } from '../../../src/motion/features/schema.js';
import { splitWeights } from '../../../src/motion/tune/split-weights.js';
import { weighted, weightGroups } from '../../../src/motion/tune/weight-groups.js';
import { madeWalk } from '../made-tracks.js';

const track = madeWalk({ frames: 120, turn: 0.8, cadence: 2 });

/** Squared difference of two frames under a schema, number by number. */
function costs(schema: FeatureSchema, a: number, b: number): Float64Array {
  const layout = layoutOf(schema);
  const features = extractFeatures(track, layout);
  normaliseRows(fitNormalisation(layout, [features]), features.rows);
  const { rows, dimension } = features;
  return Float64Array.from(
    { length: dimension },
    (_, k) => (rows[a * dimension + k] - rows[b * dimension + k]) ** 2,
  );
}
const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

describe('weightGroups', () => {
  it('fits a weight a sample, and left and right as one', () => {
    const groups = weightGroups(BUILT_IN_SCHEMAS.ue54());
    expect(groups.map(({ name, numbers }) => [name, numbers.length])).toEqual([
      ['trajectory at -0.4 s: position', 2],
      ['trajectory now: velocity, facing', 4],
      ['trajectory at 0.35 s: position, facing', 4],
      ['trajectory at 0.7 s: position, velocity, facing', 6],
      ['pose: footL, footR, position, velocity', 12],
    ]);
  });

  it('ties channels that mirror each other, and leaves alone what is switched off', () => {
    const schema = parseFeatureSchema({
      name: 'mine',
      channels: [
        { type: 'position', role: 'footL' },
        { type: 'position', role: 'footR' },
        { type: 'velocity', role: 'footR', weight: 0 },
        { type: 'heading', time: 0.5 },
      ],
    });
    const groups = weightGroups(schema);
    expect(groups.map(({ name, numbers }) => [name, numbers])).toEqual([
      ['position: footL, footR', [0, 1, 2, 3, 4, 5]],
      ['heading at 0.5 s', [9, 10]],
    ]);
    const changed = weighted(schema, groups, [4, 9]);
    expect(changed.channels).toMatchObject([2, 2, 0, 3].map((weight) => ({ weight })));
  });

  it.each(Object.keys(BUILT_IN_SCHEMAS))('makes the costs of a group of %s grow by its factor', (name) => {
    const schema = BUILT_IN_SCHEMAS[name]();
    const groups = weightGroups(schema);
    const factors = groups.map((_, g) => 0.25 + g);
    const before = costs(schema, 30, 60);
    const after = costs(weighted(schema, groups, factors), 30, 60);
    groups.forEach(({ numbers }, g) => {
      // Weights are kept to three digits.
      for (const k of numbers)
        expect(Math.abs(after[k] - factors[g] * before[k])).toBeLessThan(1e-6 + after[k] / 50);
    });
  });

  it('looks into groups, knows the sides of joints by their own names, and weights that sum up to 1', () => {
    const schema = parseFeatureSchema({
      name: 'mine',
      preprocess: 'normalise',
      channels: [
        {
          type: 'group',
          name: 'feet',
          channels: [
            { type: 'position', joint: 'foot_l' },
            { type: 'position', joint: 'foot_r' },
            { type: 'heading', time: 0.5 },
          ],
        },
        { type: 'phase', joint: 'LeftHand' },
        { type: 'phase', joint: 'RightHand' },
        { type: 'velocity', joint: 'shleft' },
        { type: 'velocity', joint: 'shright' },
      ],
    });
    expect(weightGroups(schema).map(({ name, numbers }) => [name, numbers.length])).toEqual([
      ['position: foot_l, foot_r', 6],
      ['heading at 0.5 s', 2],
      ['phase: LeftHand, RightHand', 4],
      ['velocity: shleft', 3],
      ['velocity: shright', 3],
    ]);
  });
});

describe('splitWeights', () => {
  it.each(Object.keys(BUILT_IN_SCHEMAS))('costs as much as %s did', (name) => {
    const schema = BUILT_IN_SCHEMAS[name]();
    const split = splitWeights(schema);
    expect(sum(costs(split, 30, 60))).toBeCloseTo(sum(costs(schema, 30, 60)), 4);
    expect(weightGroups(split).length).toBeGreaterThanOrEqual(weightGroups(schema).length);
  });

  it('gives each quantity a weight of its own', () => {
    expect(weightGroups(splitWeights(BUILT_IN_SCHEMAS.ue54())).map(({ name }) => name)).toEqual([
      'trajectory at -0.4 s: position',
      'trajectory now: velocity',
      'trajectory now: facing',
      'trajectory at 0.35 s: position',
      'trajectory at 0.35 s: facing',
      'trajectory at 0.7 s: position',
      'trajectory at 0.7 s: velocity',
      'trajectory at 0.7 s: facing',
      'pose: footL, footR, position',
      'pose: footL, footR, velocity',
    ]);
  });
});
