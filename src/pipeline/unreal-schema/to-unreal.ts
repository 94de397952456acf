import {
  UE_BONE_FLAGS,
  UE_TRAJECTORY_FLAGS,
  type UeChannel,
  type UePoseSearchSchema,
} from '../../bridge/index.js';
import type { Warning } from '../../errors.js';
import type { FeatureChannel, FeatureSchema, SingleChannel } from '../../motion/index.js';
import {
  AXES,
  FLAT_FLAGS,
  FULL_FLAGS,
  PREPROCESSORS,
  QUANTITIES,
  QUERY,
  STRIPPING,
  UE_VELOCITY_OVER,
} from './words.js';

/** Names of an Unreal skeleton's bones by role. */
export type BonesByRole = Readonly<Record<string, string>>;

export interface UnrealSchema {
  readonly schema: UePoseSearchSchema;
  /** What Unreal cannot hold as it was said. */
  readonly told: readonly Warning[];
}

type ChannelOf<T extends SingleChannel['type']> = Extract<SingleChannel, { type: T }>;

/**
 * A feature schema as a PoseSearch schema of Unreal 5.4.
 *
 * Weights become weights of costs. What Unreal has no place for is left out and told.
 *
 * @param bones names of the skeleton's bones by role; a role without one keeps its own name, so that the editor refuses it.
 */
export function toUnrealSchema(
  schema: FeatureSchema,
  skeleton: string,
  bones: BonesByRole,
  mirrorTable = '',
): UnrealSchema {
  const told: Warning[] = [];
  const tell = (message: string): void => {
    told.push({ code: 'push/schema-differs', message: `${schema.name}: ${message}` });
  };
  const weigh = schema.weighting === 'costs' ? (weight: number) => weight : (weight: number) => weight ** 2;
  const bone = ({ role, joint }: { role?: string | undefined; joint?: string | undefined }): string =>
    joint ?? (role === undefined ? '' : (bones[role] ?? role));
  const channels = schema.channels.map((channel) => channelOf(channel, bone, weigh));

  const rate = Math.max(1, Math.round(schema.rateHz));
  if (rate !== schema.rateHz)
    tell(`Unreal samples whole frames a second, so ${schema.rateHz} became ${rate}.`);
  if (schema.spread !== 'unreal' && schema.preprocess !== 'none')
    tell(
      'Unreal scales numbers by their mean distance from the mean, so its costs differ a little from ours.',
    );
  if (Math.abs((schema.velocityOver ?? 2 / schema.rateHz) - UE_VELOCITY_OVER) > 1e-6)
    tell('Unreal takes velocities over 1/60 s.');
  if (schema.channels.some((channel) => channel.type === 'trajectory' && channel.scaling === 'together'))
    tell('Unreal scales each sample of a trajectory by itself, not all together.');
  return {
    schema: {
      skeleton,
      mirror_data_table: mirrorTable,
      sample_rate: rate,
      data_preprocessor: PREPROCESSORS[schema.preprocess],
      channels,
    },
    told,
  };
}

type NameBone = (subject: { role?: string | undefined; joint?: string | undefined }) => string;
type Weigh = (weight: number) => number;

function channelOf(channel: FeatureChannel, bone: NameBone, weigh: Weigh): UeChannel {
  if (channel.type === 'group') {
    return {
      class: 'PoseSearchFeatureChannel_Group',
      sub_channels: channel.channels.map((part) => channelOf(part, bone, weigh)),
    };
  }
  switch (channel.type) {
    case 'position':
      return { class: 'PoseSearchFeatureChannel_Position', ...boneChannel(channel, bone, weigh) };
    case 'velocity':
      return {
        class: 'PoseSearchFeatureChannel_Velocity',
        ...boneChannel(channel, bone, weigh),
        use_character_space_velocities: channel.space === 'character',
        normalize: channel.normalise,
      };
    case 'heading':
      return bone(channel) === '' ? rootHeading(channel, weigh) : jointHeading(channel, bone, weigh);
    case 'phase':
      return {
        class: 'PoseSearchFeatureChannel_Phase',
        bone: bone(channel),
        weight: weigh(channel.weight),
        input_query_pose: QUERY[channel.query],
        normalization_group: channel.normalisationGroup ?? '',
      };
    case 'pose':
      return poseChannel(channel, bone, weigh);
    case 'trajectory':
      return trajectoryChannel(channel, weigh);
  }
}

function boneChannel(channel: ChannelOf<'position' | 'velocity'>, bone: NameBone, weigh: Weigh) {
  return {
    bone: bone(channel),
    origin_bone: bone({ role: channel.originRole, joint: channel.originJoint }),
    weight: weigh(channel.weight),
    sample_time_offset: channel.time,
    origin_time_offset: channel.originTime,
    input_query_pose: QUERY[channel.query],
    component_stripping: STRIPPING[channel.keep],
    normalization_group: channel.normalisationGroup ?? '',
  } as const;
}

function jointHeading(channel: ChannelOf<'heading'>, bone: NameBone, weigh: Weigh): UeChannel {
  return {
    class: 'PoseSearchFeatureChannel_Heading',
    bone: bone(channel),
    origin_bone: '',
    weight: weigh(channel.weight),
    sample_time_offset: channel.time,
    origin_time_offset: channel.originTime,
    input_query_pose: QUERY[channel.query],
    component_stripping: STRIPPING[channel.keep ?? 'all'],
    normalization_group: channel.normalisationGroup ?? '',
    heading_axis: AXES[channel.axis ?? 'x'],
  };
}

/** Where the root faces is a trajectory's facing, whichever way the root bone is turned. */
function rootHeading({ time, weight }: ChannelOf<'heading'>, weigh: Weigh): UeChannel {
  return {
    class: 'PoseSearchFeatureChannel_Trajectory',
    weight: weigh(weight),
    samples: [
      {
        class: 'PoseSearchTrajectorySample',
        offset: time,
        flags: UE_TRAJECTORY_FLAGS.facingDirectionXy,
        weight: 1,
      },
    ],
  };
}

function poseChannel(channel: ChannelOf<'pose'>, bone: NameBone, weigh: Weigh): UeChannel {
  return {
    class: 'PoseSearchFeatureChannel_Pose',
    weight: weigh(channel.weight),
    sampled_bones: channel.joints.map((joint) => ({
      class: 'PoseSearchBone',
      reference: bone(joint),
      flags:
        (joint.velocity ? UE_BONE_FLAGS.velocity : 0) |
        (joint.position ? UE_BONE_FLAGS.position : 0) |
        (joint.rotation ? UE_BONE_FLAGS.rotation : 0) |
        (joint.phase ? UE_BONE_FLAGS.phase : 0),
      weight: weigh(joint.weight),
      normalization_group: joint.normalisationGroup ?? '',
    })),
    input_query_pose: QUERY[channel.query],
    use_character_space_velocities: channel.space === 'character',
  };
}

function trajectoryChannel({ weight, samples }: ChannelOf<'trajectory'>, weigh: Weigh): UeChannel {
  return {
    class: 'PoseSearchFeatureChannel_Trajectory',
    weight: weigh(weight),
    samples: samples.map((sample) => ({
      class: 'PoseSearchTrajectorySample',
      offset: sample.time,
      flags: QUANTITIES.reduce((flags, quantity) => {
        const said = sample[quantity];
        return flags | (said === 'all' ? FULL_FLAGS[quantity] : said ? FLAT_FLAGS[quantity] : 0);
      }, 0),
      weight: weigh(sample.weight),
    })),
  };
}
