import type { Warning } from '../../errors.js';
import type { Axis } from '../../math/euler.js';
import type { Vec3 } from '../../math/vec3.js';
import type { BvhReader } from './reader.js';

/** What one number of a row sets. */
export interface BvhChannel {
  /** `ignored`: a scale, which is read over. */
  readonly kind: 'position' | 'rotation' | 'ignored';
  readonly axis: Axis;
}

/** A joint as the file has it, in file units and file axes. */
export interface BvhJoint {
  readonly name: string;
  readonly parent: number;
  readonly offset: Vec3;
  readonly channels: readonly BvhChannel[];
  /** Index of the joint's first number in a row. */
  readonly firstChannel: number;
  /** Offset of the End Site, where the joint has one. */
  readonly endOffset?: Vec3;
}

/** No rig has as many; a file that does is not one. */
const MOST_JOINTS = 20_000;
const MOST_CHANNELS = 64;

interface JointDraft {
  name: string;
  parent: number;
  offset: Vec3;
  channels: BvhChannel[];
  firstChannel: number;
  endOffset?: Vec3;
}

/**
 * Reads from the start of a file to its word `MOTION`, or to its end.
 *
 * Accepts lower-case keywords, braces on the line of the name, several ROOTs, missing End Sites and End
 * Sites without an OFFSET.
 *
 * @throws GaitwayError `bvh/bad-hierarchy`, `bvh/bad-channel`, `bvh/bad-number`, `bvh/truncated`,
 *   `bvh/too-large`, each naming the line.
 */
export function readHierarchy(reader: BvhReader): { joints: BvhJoint[]; warnings: Warning[] } {
  const joints: JointDraft[] = [];
  const warnings: Warning[] = [];
  // Open braces: the joint that each belongs to, and whether it is the joint's End Site.
  const open: { joint: number; end: boolean }[] = [];
  let channelCount = 0;

  for (;;) {
    const word = reader.word();
    const keyword = word.toLowerCase();
    const inner = open.at(-1);
    if (word === '' || keyword === 'motion') {
      if (inner) {
        throw reader.fail(
          'truncated',
          `the hierarchy ends inside joint "${joints[inner.joint]?.name}"; a closing brace is wanted.`,
        );
      }
      break;
    }
    if (keyword === 'hierarchy' && !inner) continue;
    if (keyword === 'root' || keyword === 'joint') {
      if (inner?.end)
        throw reader.fail('bad-hierarchy', `a joint inside an End Site; a closing brace is wanted.`);
      if (joints.length >= MOST_JOINTS)
        throw reader.fail('too-large', `more than ${MOST_JOINTS} joints; no figure has as many.`);
      joints.push({
        name: reader.name(),
        parent: inner?.joint ?? -1,
        offset: [0, 0, 0],
        channels: [],
        firstChannel: channelCount,
      });
      expectBrace(reader);
      open.push({ joint: joints.length - 1, end: false });
    } else if (keyword === 'end' && inner && !inner.end) {
      reader.name();
      expectBrace(reader);
      open.push({ joint: inner.joint, end: true });
    } else if (keyword === '}' && inner) {
      open.pop();
    } else if (keyword === 'offset' && inner) {
      const offset = readOffset(reader);
      const joint = joints[inner.joint];
      if (inner.end) joint.endOffset = offset;
      else joint.offset = offset;
    } else if (keyword === 'channels' && inner) {
      const channels = readChannels(reader);
      if (inner.end) {
        if (channels.length > 0) throw reader.fail('bad-hierarchy', 'an End Site can have no channels.');
        continue;
      }
      const joint = joints[inner.joint];
      if (joint.channels.length > 0)
        throw reader.fail('bad-hierarchy', `joint "${joint.name}" lists its channels twice.`);
      joint.channels = channels;
      joint.firstChannel = channelCount;
      channelCount += channels.length;
      if (channels.some((channel) => channel.kind === 'ignored')) {
        warnings.push({
          code: 'bvh/scale-ignored',
          message: `Joint "${joint.name}" has scale channels; they are left out.`,
          joint: joint.name,
        });
      }
    } else {
      throw reader.fail(
        'bad-hierarchy',
        `"${word.slice(0, 40)}" is not understood; JOINT, End Site, OFFSET, CHANNELS, a brace or MOTION is wanted.`,
      );
    }
  }
  if (joints.length === 0)
    throw reader.fail('bad-hierarchy', 'no joint was found; ROOT and a name are wanted.');
  if (reader.foreignNames) {
    warnings.push({
      code: 'bvh/name-encoding',
      message: 'Some joint names are not UTF-8; they were read as Latin-1 and may look odd.',
    });
  }
  return { joints, warnings };
}

function expectBrace(reader: BvhReader): void {
  const word = reader.word();
  if (word !== '{')
    throw reader.fail('bad-hierarchy', `"${word.slice(0, 40)}" where an opening brace is wanted.`);
}

function readOffset(reader: BvhReader): Vec3 {
  const values = [0, 0, 0];
  for (let k = 0; k < 3; k++) {
    reader.skipSpace();
    if (k > 0 && reader.bytes[reader.at] === 44) {
      reader.at++;
      reader.skipSpace();
    }
    if (!reader.number() || !Number.isFinite(reader.value))
      throw reader.fail('bad-number', `"${reader.glimpse()}" in an OFFSET; three numbers are wanted.`);
    values[k] = reader.value;
  }
  return [values[0], values[1], values[2]];
}

function readChannels(reader: BvhReader): BvhChannel[] {
  reader.skipSpace();
  if (!reader.number() || !(Number.isInteger(reader.value) && reader.value >= 0))
    throw reader.fail('bad-channel', `"${reader.glimpse()}" where the number of channels is wanted.`);
  const count = reader.value;
  if (count > MOST_CHANNELS)
    throw reader.fail('too-large', `${count} channels on one joint; at most 6 make sense.`);
  return Array.from({ length: count }, () => {
    const word = reader.word();
    const match = /^([xyz])(position|rotation|scale)$/i.exec(word);
    if (!match) {
      throw reader.fail(
        'bad-channel',
        `"${word.slice(0, 40)}" is no channel; Xposition to Zposition and Xrotation to Zrotation are (${count} were announced).`,
      );
    }
    const kind = match[2].toLowerCase();
    return {
      kind: kind === 'scale' ? 'ignored' : (kind as 'position' | 'rotation'),
      axis: match[1].toUpperCase() as Axis,
    };
  });
}
