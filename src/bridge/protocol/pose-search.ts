import { z } from 'zod';

/** Channels, schemas and databases of PoseSearch as Unreal 5.4 keeps them: its own class and property names. */

const assetPath = z.string().startsWith('/');
const seconds = z.number().min(-100).max(100);
const weight = z.number().nonnegative();
/** Name of a bone; empty for none, which means the root. */
const bone = z.string().max(256);
const inputQueryPose = z.enum(['USE_CHARACTER_POSE', 'USE_CONTINUING_POSE']);
const normalizationGroup = z.string().max(256);

const boneChannel = {
  bone,
  origin_bone: bone,
  weight,
  sample_time_offset: seconds,
  origin_time_offset: seconds,
  input_query_pose: inputQueryPose,
  component_stripping: z.enum(['NONE', 'STRIP_XY', 'STRIP_Z']),
  normalization_group: normalizationGroup,
};

/** Bits of `flags` of a bone of a pose channel. */
export const UE_BONE_FLAGS = { velocity: 1, position: 2, rotation: 4, phase: 8 } as const;
/** Bits of `flags` of a trajectory sample; those that end in `Xy` leave out the height. */
export const UE_TRAJECTORY_FLAGS = {
  velocity: 1,
  position: 2,
  velocityDirection: 4,
  facingDirection: 8,
  velocityXy: 16,
  positionXy: 32,
  velocityDirectionXy: 64,
  facingDirectionXy: 128,
} as const;

const Bone = z.strictObject({
  class: z.literal('PoseSearchBone'),
  reference: bone,
  flags: z.int().min(0).max(15),
  weight,
  normalization_group: normalizationGroup,
});
const TrajectorySample = z.strictObject({
  class: z.literal('PoseSearchTrajectorySample'),
  offset: seconds,
  flags: z.int().min(0).max(255),
  weight,
});

const plainChannels = [
  z.strictObject({ class: z.literal('PoseSearchFeatureChannel_Position'), ...boneChannel }),
  z.strictObject({
    class: z.literal('PoseSearchFeatureChannel_Velocity'),
    ...boneChannel,
    use_character_space_velocities: z.boolean(),
    normalize: z.boolean(),
  }),
  z.strictObject({
    class: z.literal('PoseSearchFeatureChannel_Heading'),
    ...boneChannel,
    heading_axis: z.enum(['X', 'Y', 'Z']),
  }),
  z.strictObject({
    class: z.literal('PoseSearchFeatureChannel_Phase'),
    bone,
    weight,
    input_query_pose: inputQueryPose,
    normalization_group: normalizationGroup,
  }),
  z.strictObject({
    class: z.literal('PoseSearchFeatureChannel_Pose'),
    weight,
    sampled_bones: z.array(Bone),
    input_query_pose: inputQueryPose,
    use_character_space_velocities: z.boolean(),
  }),
  z.strictObject({
    class: z.literal('PoseSearchFeatureChannel_Trajectory'),
    weight,
    samples: z.array(TrajectorySample),
  }),
] as const;
type PlainChannel = z.infer<(typeof plainChannels)[number]>;

export type UeChannel =
  | PlainChannel
  | { readonly class: 'PoseSearchFeatureChannel_Group'; readonly sub_channels: readonly UeChannel[] };

export const UeChannel: z.ZodType<UeChannel> = z.lazy(() =>
  z.discriminatedUnion('class', [
    ...plainChannels,
    z.strictObject({
      class: z.literal('PoseSearchFeatureChannel_Group'),
      sub_channels: z.array(UeChannel),
    }),
  ]),
);

export const UePoseSearchSchema = z.strictObject({
  skeleton: z.string(),
  mirror_data_table: z.string().describe('empty where the schema mirrors nothing'),
  sample_rate: z.int().min(1).max(240),
  data_preprocessor: z.enum([
    'NONE',
    'NORMALIZE',
    'NORMALIZE_ONLY_BY_DEVIATION',
    'NORMALIZE_WITH_COMMON_SCHEMA',
  ]),
  channels: z.array(UeChannel),
});
export type UePoseSearchSchema = z.infer<typeof UePoseSearchSchema>;

const interval = z.tuple([z.number(), z.number()]);

export const UePoseSearchDatabase = z.strictObject({
  schema: assetPath,
  clips: z.array(
    z.strictObject({
      animation: assetPath,
      mirror: z.enum(['UnmirroredOnly', 'MirroredOnly', 'UnmirroredAndMirrored']),
      range: interval.describe('seconds from and to which it is sampled; two zeros for all of it'),
      loops: z
        .boolean()
        .describe('marked as one that loops; `false` leaves a mark that is there when it is written'),
    }),
  ),
  continuing_pose_cost_bias: z.number(),
  base_cost_bias: z.number(),
  looping_cost_bias: z.number(),
  exclude_from_database_parameters: interval.describe(
    'seconds from a clip’s start, and (below 0) before its end, that are never answered with',
  ),
  additional_extrapolation_time: interval,
  pose_search_mode: z.enum(['BRUTE_FORCE', 'PCAKD_TREE', 'VP_TREE']),
  number_of_principal_components: z.int().min(1).max(64),
  kd_tree_max_leaf_size: z.int().min(1).max(256),
  kd_tree_query_num_neighbors: z.int().min(1).max(600),
});
export type UePoseSearchDatabase = z.infer<typeof UePoseSearchDatabase>;
