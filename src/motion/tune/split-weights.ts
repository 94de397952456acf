import { type FeatureSchema, parseFeatureSchema } from '../features/schema.js';

type Channel = FeatureSchema['channels'][number];

const OF_SAMPLE = ['position', 'velocity', 'velocityDirection', 'facing'] as const;
const OF_JOINT = ['position', 'velocity', 'rotation', 'phase'] as const;

/**
 * The schema with a sample or joint of its own for each quantity, so that each has a weight of its own.
 *
 * The numbers and what they cost stay the same; their order may change.
 */
export function splitWeights(schema: FeatureSchema): FeatureSchema {
  const channels = schema.channels.map(splitChannel);
  return parseFeatureSchema({ ...schema, channels }, `The schema "${schema.name}" split by quantity`);
}

function splitChannel(channel: Channel): unknown {
  switch (channel.type) {
    case 'group':
      return { ...channel, channels: channel.channels.map(splitChannel) };
    case 'trajectory':
      return { ...channel, samples: channel.samples.flatMap((sample) => alone(sample, OF_SAMPLE)) };
    case 'pose':
      return { ...channel, joints: channel.joints.flatMap((joint) => alone(joint, OF_JOINT)) };
    default:
      return channel;
  }
}

/** Copies of an object of which each keeps one of the quantities that it asks for. */
function alone<Q extends string, T extends Readonly<Record<Q, unknown>>>(
  object: T,
  quantities: readonly Q[],
): object[] {
  const asked = quantities.filter((quantity) => object[quantity] !== false);
  const off = Object.fromEntries(quantities.map((quantity) => [quantity, false]));
  return asked.map((quantity) => ({ ...object, ...off, [quantity]: object[quantity] }));
}
