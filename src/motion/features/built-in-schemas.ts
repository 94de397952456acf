import { type FeatureSchema, parseFeatureSchema } from './schema.js';

/** Seconds ahead at which Holden's features look at the path (20, 40 and 60 frames at 60 Hz). */
const AHEAD = [1 / 3, 2 / 3, 1];

function holden(name: string, foot: number, facing: number): FeatureSchema {
  return parseFeatureSchema({
    name,
    channels: [
      { type: 'position', role: 'footL', weight: foot },
      { type: 'position', role: 'footR', weight: foot },
      { type: 'velocity', role: 'footL' },
      { type: 'velocity', role: 'footR' },
      { type: 'velocity', role: 'pelvis' },
      { type: 'trajectory', samples: AHEAD.map((time) => ({ time, position: true })) },
      { type: 'trajectory', weight: facing, samples: AHEAD.map((time) => ({ time, facing: true })) },
    ],
  });
}

/**
 * Feature sets that are known by name.
 *
 * | name        | numbers | what                                                           |
 * | ----------- | ------- | -------------------------------------------------------------- |
 * | `holden`    | 27      | feet, hip velocity, path at 1/3, 2/3, 1 s; published weights    |
 * | `hand-made` | 27      | the same with every weight 1                                    |
 * | `ue54`      | 28      | the default PoseSearch schema of Unreal 5.4                     |
 *
 * @see D. Holden et al., "Learned Motion Matching" (2020), and its published code.
 */
export const BUILT_IN_SCHEMAS: Readonly<Record<string, () => FeatureSchema>> = {
  holden: () => holden('holden', 0.75, 1.5),
  'hand-made': () => holden('hand-made', 1, 1),
  ue54: () =>
    parseFeatureSchema({
      name: 'ue54',
      weighting: 'costs',
      preprocess: 'normalise',
      spread: 'unreal',
      velocityOver: 1 / 60,
      channels: [
        {
          type: 'trajectory',
          weight: 7,
          scaling: 'apart',
          samples: [
            { time: -0.4, weight: 0.4, position: true },
            { time: 0, weight: 2, velocity: true, facing: true },
            { time: 0.35, weight: 0.7, position: true, facing: true },
            { time: 0.7, weight: 0.5, velocity: true, position: true, facing: true },
          ],
        },
        { type: 'pose', space: 'character', joints: [{ role: 'footL' }, { role: 'footR' }] },
      ],
    }),
};

/** A built-in schema that goes by the root that motion tracks were made with, so that it can be scored on them. */
export function builtInSchema(
  name: 'holden' | 'hand-made' | 'ue54',
  rootJoint: string | undefined,
): FeatureSchema {
  const schema = BUILT_IN_SCHEMAS[name]();
  return rootJoint === undefined ? schema : { ...schema, rootJoint };
}
