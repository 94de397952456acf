import { z } from 'zod';
import { GaitwayError } from '../../errors.js';

/** Seconds from the frame at hand; nobody looks further than a minute. */
const time = z.number().min(-60).max(60);
const weight = z.number().min(0).max(1e6).default(1);
const role = z.string().min(1);
/** `ground` leaves out the height (Unreal: strip Z), `height` leaves out the rest (Unreal: strip XY). */
const keep = z.enum(['all', 'ground', 'height']).default('all');
/** `world`: as seen by a bystander; `character`: less the movement and turning of the root. */
const space = z.enum(['world', 'character']).default('world');

const PositionChannel = z.strictObject({
  type: z.literal('position'),
  role,
  weight,
  time: time.default(0),
  keep,
});

const VelocityChannel = z.strictObject({
  type: z.literal('velocity'),
  role,
  weight,
  time: time.default(0),
  keep,
  space,
});

/** Where the root faces, on the ground. */
const HeadingChannel = z.strictObject({ type: z.literal('heading'), weight, time: time.default(0) });

const TrajectorySample = z
  .strictObject({
    time,
    weight,
    position: z.boolean().default(false),
    velocity: z.boolean().default(false),
    facing: z.boolean().default(false),
  })
  .refine((sample) => sample.position || sample.velocity || sample.facing, {
    message: 'a trajectory sample needs at least one of position, velocity, facing',
  });

/** The root's path on the ground, seen from the root now. */
const TrajectoryChannel = z.strictObject({
  type: z.literal('trajectory'),
  weight,
  /** `together`: one scale for a quantity over all samples; `apart`: one for each sample. */
  scaling: z.enum(['together', 'apart']).default('together'),
  samples: z.array(TrajectorySample).min(1).max(64),
});

const PoseChannel = z.strictObject({
  type: z.literal('pose'),
  weight,
  space,
  joints: z
    .array(
      z
        .strictObject({
          role,
          weight,
          position: z.boolean().default(true),
          velocity: z.boolean().default(true),
        })
        .refine((joint) => joint.position || joint.velocity, {
          message: 'a joint needs at least one of position, velocity',
        }),
    )
    .min(1)
    .max(256),
});

const Channel = z.discriminatedUnion('type', [
  PositionChannel,
  VelocityChannel,
  HeadingChannel,
  TrajectoryChannel,
  PoseChannel,
]);

/** What a motion database compares: channels of numbers, their weights and the times they look at (seconds). */
export const FeatureSchema = z.strictObject({
  name: z.string().min(1).max(200),
  /** Clips are resampled to this many frames per second. */
  rateHz: z.number().positive().max(240).default(30),
  /** `values`: a weight multiplies the number; `costs`: it multiplies the squared difference, as in Unreal. */
  weighting: z.enum(['values', 'costs']).default('values'),
  channels: z.array(Channel).min(1).max(1024),
});
export type FeatureSchema = z.infer<typeof FeatureSchema>;
export type FeatureChannel = FeatureSchema['channels'][number];

/**
 * Checks a feature schema that comes from outside, such as a JSON file, and fills in what it leaves out.
 *
 * @throws GaitwayError `motion/bad-schema` with the path and reason of every fault.
 */
export function parseFeatureSchema(value: unknown, from = 'The feature schema'): FeatureSchema {
  const parsed = FeatureSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new GaitwayError('motion/bad-schema', `${from} is not valid:\n${z.prettifyError(parsed.error)}`, {
    issues: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  });
}
