import { type FeatureSchema, parseFeatureSchema } from '../features/schema.js';

const QUANTITIES = ['position', 'velocity', 'facing'] as const;

/**
 * The schema with a sample or joint of its own for each quantity, so that each has a weight of its own.
 *
 * The numbers and what they cost stay the same; their order may change.
 */
export function splitWeights(schema: FeatureSchema): FeatureSchema {
  const channels = schema.channels.map((channel) => {
    if (channel.type === 'trajectory') {
      const samples = channel.samples.flatMap((sample) =>
        QUANTITIES.filter((quantity) => sample[quantity]).map((quantity) => ({
          time: sample.time,
          weight: sample.weight,
          [quantity]: true,
        })),
      );
      return { ...channel, samples };
    }
    if (channel.type === 'pose') {
      const joints = channel.joints.flatMap((joint) =>
        joint.position && joint.velocity
          ? [
              { ...joint, velocity: false },
              { ...joint, position: false },
            ]
          : [joint],
      );
      return { ...channel, joints };
    }
    return channel;
  });
  return parseFeatureSchema({ ...schema, channels }, `The schema "${schema.name}" split by quantity`);
}
