import { UE_BONE_FLAGS, type UeChannel, type UePoseSearchSchema } from '../../bridge/index.js';
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

const inverse = <K extends string, V extends string>(table: Readonly<Record<K, V>>): Record<V, K> =>
  Object.fromEntries(Object.entries(table).map(([key, value]) => [value, key])) as Record<V, K>;
const KEPT = inverse(STRIPPING);
const OURS_AXES = inverse(AXES);
const OURS_QUERY = inverse(QUERY);
const OURS_PREPROCESSORS = inverse(PREPROCESSORS);

/**
 * A PoseSearch schema of Unreal as a feature schema, in JSON that `parseFeatureSchema` takes.
 *
 * @param roles roles by the name of the bone; other bones are told by name.
 */
export function fromUnrealSchema(
  name: string,
  ue: UePoseSearchSchema,
  roles: Readonly<Record<string, string>>,
): unknown {
  const subject = (bone: string) =>
    bone === '' ? {} : roles[bone] === undefined ? { joint: bone } : { role: roles[bone] };
  const group = (text: string) => (text === '' ? {} : { normalisationGroup: text });
  const origin = (bone: string, time: number) => {
    const { role, joint } = subject(bone) as { role?: string; joint?: string };
    return {
      ...(role !== undefined && { originRole: role }),
      ...(joint !== undefined && { originJoint: joint }),
      originTime: time,
    };
  };
  const single = (channel: UeChannel): unknown => {
    switch (channel.class) {
      case 'PoseSearchFeatureChannel_Group':
        // Groups do not nest here; a group within a group stands beside it.
        return channel.sub_channels.flatMap((part) => single(part));
      case 'PoseSearchFeatureChannel_Phase':
        return {
          type: 'phase',
          ...subject(channel.bone),
          weight: channel.weight,
          query: OURS_QUERY[channel.input_query_pose],
          ...group(channel.normalization_group),
        };
      case 'PoseSearchFeatureChannel_Pose':
        return {
          type: 'pose',
          weight: channel.weight,
          space: channel.use_character_space_velocities ? 'character' : 'world',
          query: OURS_QUERY[channel.input_query_pose],
          joints: channel.sampled_bones.map((bone) => ({
            ...subject(bone.reference),
            weight: bone.weight,
            velocity: (bone.flags & UE_BONE_FLAGS.velocity) !== 0,
            position: (bone.flags & UE_BONE_FLAGS.position) !== 0,
            rotation: (bone.flags & UE_BONE_FLAGS.rotation) !== 0,
            phase: (bone.flags & UE_BONE_FLAGS.phase) !== 0,
            ...group(bone.normalization_group),
          })),
        };
      case 'PoseSearchFeatureChannel_Trajectory':
        return {
          type: 'trajectory',
          weight: channel.weight,
          scaling: 'apart',
          samples: channel.samples.map(({ offset, weight, flags }) => ({
            time: offset,
            weight,
            ...Object.fromEntries(
              QUANTITIES.map((quantity) => [
                quantity,
                (flags & FULL_FLAGS[quantity]) !== 0 ? 'all' : (flags & FLAT_FLAGS[quantity]) !== 0,
              ]),
            ),
          })),
        };
      default:
        return {
          type: (
            {
              PoseSearchFeatureChannel_Position: 'position',
              PoseSearchFeatureChannel_Velocity: 'velocity',
              PoseSearchFeatureChannel_Heading: 'heading',
            } as const
          )[channel.class],
          ...subject(channel.bone),
          ...(channel.class === 'PoseSearchFeatureChannel_Heading'
            ? { originTime: channel.origin_time_offset, axis: OURS_AXES[channel.heading_axis] }
            : origin(channel.origin_bone, channel.origin_time_offset)),
          weight: channel.weight,
          time: channel.sample_time_offset,
          keep: KEPT[channel.component_stripping],
          query: OURS_QUERY[channel.input_query_pose],
          ...group(channel.normalization_group),
          ...(channel.class === 'PoseSearchFeatureChannel_Velocity' && {
            space: channel.use_character_space_velocities ? 'character' : 'world',
            normalise: channel.normalize,
          }),
        };
    }
  };
  const channels = ue.channels.map((channel, index) =>
    channel.class === 'PoseSearchFeatureChannel_Group'
      ? { type: 'group', name: `group ${index + 1}`, channels: single(channel) }
      : single(channel),
  );
  return {
    name,
    rateHz: ue.sample_rate,
    weighting: 'costs',
    preprocess:
      ue.data_preprocessor === 'NORMALIZE_WITH_COMMON_SCHEMA'
        ? 'normalise'
        : OURS_PREPROCESSORS[ue.data_preprocessor],
    spread: 'unreal',
    velocityOver: UE_VELOCITY_OVER,
    channels,
  };
}
