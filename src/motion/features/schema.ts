import { z } from 'zod';
import { faultsInWords, GaitwayError } from '../../errors.js';

/** Seconds from the frame at hand; nobody looks further than a minute. */
const time = z.number().min(-60).max(60);
const weight = z.number().min(0).max(1e6).default(1);
const name = z.string().min(1).max(256);
/** `ground` leaves out the height (Unreal: strip Z), `height` leaves out the rest (Unreal: strip XY). */
const keep = z.enum(['all', 'ground', 'height']).default('all');
/** `world`: as seen by a bystander; `character`: less the movement and turning of the root. */
const space = z.enum(['world', 'character']).default('world');
/** Channels of one group and kind share one scale (Unreal: NormalizationGroup). */
const normalisationGroup = name.optional();
/** Where the query takes the numbers from: the frame that plays, or the character as it stands. */
const query = z.enum(['continuing', 'character']).default('continuing');

/** The joint that a channel looks at, by its part of the body or by its own name; neither stands for the root. */
const SUBJECT = { role: name.optional(), joint: name.optional() };
/** What is looked at from: a joint's place (the root's by default), the root's facing, and both at a time. */
const ORIGIN = { originRole: name.optional(), originJoint: name.optional(), originTime: time.default(0) };

const notBoth = (value: { role?: string | undefined; joint?: string | undefined }): boolean =>
  value.role === undefined || value.joint === undefined;
const isJoint = (value: { role?: string | undefined; joint?: string | undefined }): boolean =>
  value.role !== undefined || value.joint !== undefined;
const ONE_JOINT = {
  message: 'a joint is named by its role or by its own name, not by both',
  path: ['joint'],
};
const notBothOrigins = (value: {
  originRole?: string | undefined;
  originJoint?: string | undefined;
}): boolean => notBoth({ role: value.originRole, joint: value.originJoint });
const ONE_ORIGIN = { ...ONE_JOINT, path: ['originJoint'] };

/** What places and velocities say alike. */
const MEASURED = { ...SUBJECT, ...ORIGIN, weight, time: time.default(0), keep };
const TOLD = { normalisationGroup, query };

const PositionChannel = z
  .strictObject({ type: z.literal('position'), ...MEASURED, ...TOLD })
  .refine(notBoth, ONE_JOINT)
  .refine(notBothOrigins, ONE_ORIGIN);

const VelocityChannel = z
  .strictObject({
    type: z.literal('velocity'),
    ...MEASURED,
    space,
    /** The direction alone, a unit vector. */
    normalise: z.boolean().default(false),
    ...TOLD,
  })
  .refine(notBoth, ONE_JOINT)
  .refine(notBothOrigins, ONE_ORIGIN);

/** Where a joint's axis points; without a joint, where the root faces, which is on the ground and needs no axis. */
const HeadingChannel = z
  .strictObject({
    type: z.literal('heading'),
    ...SUBJECT,
    originTime: time.default(0),
    weight,
    time: time.default(0),
    /** The joint's own axis, x by default (Unreal's Y is z here, its Z is y). */
    axis: z.enum(['x', 'y', 'z']).optional(),
    keep: keep.unwrap().optional(),
    normalisationGroup,
    query,
  })
  .refine(notBoth, ONE_JOINT)
  .refine((channel) => isJoint(channel) || (channel.axis === undefined && channel.keep === undefined), {
    message: 'the heading of the root lies on the ground; axis and keep are for the heading of a joint',
    path: ['axis'],
  });

/** Where a joint stands between its slowest and its fastest moments, as a point on a circle. */
const PhaseChannel = z
  .strictObject({ type: z.literal('phase'), ...SUBJECT, weight, normalisationGroup, query })
  .refine(notBoth, ONE_JOINT)
  .refine(isJoint, {
    message: 'a phase is that of a joint; name its role or its own name',
    path: ['role'],
  });

/** `true`: on the ground (Unreal: the XY flags); `all`: with the height, which a root on the ground has not. */
const sampled = z.union([z.boolean(), z.literal('all')]).default(false);

const TrajectorySample = z
  .strictObject({
    time,
    weight,
    position: sampled,
    velocity: sampled,
    velocityDirection: sampled,
    facing: sampled,
  })
  .refine((sample) => sample.position || sample.velocity || sample.velocityDirection || sample.facing, {
    message: 'a trajectory sample needs at least one of position, velocity, velocityDirection, facing',
  });

/** The root's path, seen from the root now. */
const TrajectoryChannel = z.strictObject({
  type: z.literal('trajectory'),
  weight,
  /** `together`: one scale for a quantity over all samples; `apart`: one for each sample. */
  scaling: z.enum(['together', 'apart']).default('together'),
  samples: z.array(TrajectorySample).min(1).max(64),
});

const PoseJoint = z
  .strictObject({
    ...SUBJECT,
    weight,
    position: z.boolean().default(true),
    velocity: z.boolean().default(true),
    /** Two of the joint's axes, x and z. */
    rotation: z.boolean().default(false),
    phase: z.boolean().default(false),
    normalisationGroup,
  })
  .refine(notBoth, ONE_JOINT)
  .refine(isJoint, {
    message: 'a joint of a pose needs its role or its own name',
    path: ['role'],
  })
  .refine((joint) => joint.position || joint.velocity || joint.rotation || joint.phase, {
    message: 'a joint needs at least one of position, velocity, rotation, phase',
  });

const PoseChannel = z.strictObject({
  type: z.literal('pose'),
  weight,
  space,
  query,
  joints: z.array(PoseJoint).min(1).max(256),
});

const SINGLE_CHANNELS = [
  PositionChannel,
  VelocityChannel,
  HeadingChannel,
  PhaseChannel,
  TrajectoryChannel,
  PoseChannel,
] as const;

/** Channels that belong together, told as one; groups do not nest. */
const GroupChannel = z.strictObject({
  type: z.literal('group'),
  name,
  channels: z.array(z.discriminatedUnion('type', SINGLE_CHANNELS)).min(1).max(1024),
});

const Channel = z.discriminatedUnion('type', [...SINGLE_CHANNELS, GroupChannel]);

/**
 * What a motion database compares: channels of numbers, their weights and the times they look at (seconds).
 *
 * @see The channels of Unreal 5.4's PoseSearch plugin, whose settings all have their place here.
 */
export const FeatureSchema = z.strictObject({
  name: z.string().min(1).max(200),
  /** Clips are resampled to this many frames per second. */
  rateHz: z.number().positive().max(240).default(30),
  /** `values`: a weight multiplies the number; `costs`: it multiplies the squared difference, as in Unreal. */
  weighting: z.enum(['values', 'costs']).default('values'),
  /**
   * `deviation`: numbers are divided by their spread; `normalise`: and the weights of all numbers sum up to 1,
   * so that costs of several schemas compare (Unreal's default); `none`: they stay as long as they are.
   */
  preprocess: z.enum(['none', 'normalise', 'deviation']).default('deviation'),
  /**
   * Spread of a block. `standard`: the mean of its numbers' standard deviations; `unreal`: its mean distance from its
   * mean, taken for 1 where that is below 0.1, with lengths in centimetres.
   */
  spread: z.enum(['standard', 'unreal']).default('standard'),
  /** Seconds that velocities look back over (Unreal: 1/60); else one frame back and one ahead. */
  velocityOver: z.number().positive().max(1).optional(),
  /**
   * Joint that the root is, on the ground below it and facing as it is turned from its rest (Unreal: the root bone);
   * else the root is found from the trunk and the thighs, and smoothed.
   */
  rootJoint: name.optional(),
  permutations: z
    .number()
    .refine((count) => count === 1, {
      message:
        'permutations are off: a frame has one row, so 1 is the only number here; give every permutation a schema of its own',
    })
    .optional(),
  channels: z.array(Channel).min(1).max(1024),
});
export type FeatureSchema = z.infer<typeof FeatureSchema>;
export type FeatureChannel = FeatureSchema['channels'][number];
export type SingleChannel = Exclude<FeatureChannel, { type: 'group' }>;

/**
 * Checks a feature schema that comes from outside, such as a JSON file, and fills in what it leaves out.
 *
 * @throws GaitwayError `motion/bad-schema` with the path and reason of every fault.
 */
export function parseFeatureSchema(value: unknown, from = 'The feature schema'): FeatureSchema {
  const parsed = FeatureSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new GaitwayError(
    'motion/bad-schema',
    `${from} is not valid:\n${faultsInWords(parsed.error.issues)}`,
    {
      issues: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
    },
  );
}
