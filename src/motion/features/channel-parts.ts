import type { BlockSource, FeatureBlock, Keep } from './feature-block.js';
import { jointKey, keyLabel } from './joint-key.js';
import type { FeatureChannel, SingleChannel } from './schema.js';

/** A block before it has its place in the row. */
export interface ChannelPart extends Omit<FeatureBlock, 'channel' | 'offset'> {
  /** Of each of its numbers, as the schema says it. */
  readonly weight: number;
}

const KEPT: Readonly<Record<Keep, number>> = { all: 3, ground: 2, height: 1 };

/** `footL velocity at −0.2 s from handR`, with what differs from now and from the root. */
function label(source: BlockSource): string {
  const { joint, quantity } = source;
  const subject = joint === undefined && quantity === 'heading' ? '' : `${keyLabel(joint)} `;
  if (source.quantity === 'phase') return `${subject}phase`;
  const { time, originTime } = source;
  const what =
    source.quantity === 'velocity' && source.normalise
      ? 'velocity direction'
      : source.quantity === 'heading' && joint !== undefined
        ? `${source.axis} axis`
        : quantity;
  const at = time === 0 ? '' : ` at ${round(time)} s`;
  const from = 'origin' in source && source.origin !== undefined ? ` from ${keyLabel(source.origin)}` : '';
  const seen = originTime === 0 ? '' : ` seen at ${round(originTime)} s`;
  return `${subject}${what}${at}${from}${seen}`;
}

const round = (seconds: number): number => Math.round(seconds * 1e4) / 1e4;

function sizeOf(source: BlockSource): number {
  return source.quantity === 'phase' ? 2 : KEPT[source.keep];
}

/**
 * The blocks that a channel stands for, in order.
 *
 * Groups of one scale are named by channel and block, unless the schema names a group: then by that, the
 * quantity and the size, because only numbers of one kind share a scale.
 */
export function partsOfChannel(channel: FeatureChannel, index: number): ChannelPart[] {
  if (channel.type !== 'group') return partsOfSingle(channel, `${index}`);
  return channel.channels.flatMap((single, k) =>
    partsOfSingle(single, `${index}.${k}`).map((part) => ({
      ...part,
      name: `${channel.name}: ${part.name}`,
    })),
  );
}

function part(
  source: BlockSource,
  weight: number,
  query: ChannelPart['query'],
  place: string,
  group: string | undefined,
): ChannelPart {
  const size = sizeOf(source);
  const name = label(source);
  const { quantity } = source;
  return {
    name,
    time: 'time' in source ? source.time : undefined,
    size,
    source,
    weight,
    query,
    group: group === undefined ? `${place} ${name}` : `${group} (${quantity}, ${size})`,
  };
}

function partsOfSingle(channel: SingleChannel, place: string): ChannelPart[] {
  switch (channel.type) {
    case 'position':
    case 'velocity': {
      const common = {
        joint: jointKey(channel.role, channel.joint),
        origin: jointKey(channel.originRole, channel.originJoint),
        time: channel.time,
        originTime: channel.originTime,
        keep: channel.keep,
      };
      const source: BlockSource =
        channel.type === 'position'
          ? { quantity: 'position', ...common }
          : { quantity: 'velocity', ...common, space: channel.space, normalise: channel.normalise };
      return [part(source, channel.weight, channel.query, place, channel.normalisationGroup)];
    }
    case 'heading': {
      const joint = jointKey(channel.role, channel.joint);
      const { axis = 'x', keep = 'all', time, originTime } = channel;
      const source: BlockSource =
        joint === undefined
          ? { quantity: 'heading', joint, axis: 'z', time, originTime, keep: 'ground' }
          : { quantity: 'heading', joint, axis, time, originTime, keep };
      return [part(source, channel.weight, channel.query, place, channel.normalisationGroup)];
    }
    case 'phase': {
      const joint = jointKey(channel.role, channel.joint) as string;
      return [
        part({ quantity: 'phase', joint }, channel.weight, channel.query, place, channel.normalisationGroup),
      ];
    }
    case 'pose':
      return partsOfPose(channel, place);
    case 'trajectory':
      return partsOfTrajectory(channel, place);
  }
}

function partsOfPose(channel: Extract<SingleChannel, { type: 'pose' }>, place: string): ChannelPart[] {
  const now = { time: 0, originTime: 0, keep: 'all' } as const;
  return channel.joints.flatMap((wanted) => {
    const joint = jointKey(wanted.role, wanted.joint) as string;
    const sources: BlockSource[] = [];
    if (wanted.position) sources.push({ quantity: 'position', joint, origin: undefined, ...now });
    if (wanted.velocity) {
      sources.push({
        quantity: 'velocity',
        joint,
        origin: undefined,
        ...now,
        space: channel.space,
        normalise: false,
      });
    }
    if (wanted.rotation) {
      sources.push({ quantity: 'heading', joint, axis: 'x', ...now });
      sources.push({ quantity: 'heading', joint, axis: 'z', ...now });
    }
    if (wanted.phase) sources.push({ quantity: 'phase', joint });
    const weight = channel.weight * wanted.weight;
    return sources.map((source) => part(source, weight, channel.query, place, wanted.normalisationGroup));
  });
}

const PATH = ['position', 'velocity', 'velocityDirection', 'facing'] as const;
const PATH_LABELS = {
  position: 'position',
  velocity: 'velocity',
  velocityDirection: 'velocity direction',
  facing: 'facing',
};

function partsOfTrajectory(
  channel: Extract<SingleChannel, { type: 'trajectory' }>,
  place: string,
): ChannelPart[] {
  const partOf = (sample: (typeof channel.samples)[number], path: (typeof PATH)[number]): ChannelPart[] => {
    const wanted = sample[path];
    if (wanted === false) return [];
    const { time } = sample;
    const from = {
      joint: undefined,
      time,
      originTime: 0,
      keep: wanted === 'all' ? 'all' : 'ground',
    } as const;
    const source: BlockSource =
      path === 'position'
        ? { quantity: 'position', origin: undefined, ...from }
        : path === 'facing'
          ? { quantity: 'heading', axis: 'z', ...from }
          : {
              quantity: 'velocity',
              origin: undefined,
              ...from,
              space: 'world',
              normalise: path === 'velocityDirection',
            };
    const group = channel.scaling === 'together' ? `${place} trajectory ${path}` : undefined;
    const name = `trajectory ${PATH_LABELS[path]}${time === 0 ? '' : ` at ${round(time)} s`}`;
    const made = part(source, channel.weight * sample.weight, 'character', place, group);
    return [{ ...made, name, group: group ?? `${place} ${name}` }];
  };
  return channel.scaling === 'apart'
    ? channel.samples.flatMap((sample) => PATH.flatMap((path) => partOf(sample, path)))
    : PATH.flatMap((path) => channel.samples.flatMap((sample) => partOf(sample, path)));
}
