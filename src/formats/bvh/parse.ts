import type { Warning } from '../../errors.js';
import type { ReadOptions } from '../read-options.js';
import { type BvhJoint, readHierarchy } from './hierarchy.js';
import { type BvhMotion, readMotion } from './motion.js';
import { BvhReader } from './reader.js';

/** A BVH file as it stands: file units, file axes, degrees. */
export interface BvhFile {
  readonly joints: readonly BvhJoint[];
  readonly channelCount: number;
  readonly motion: BvhMotion;
  readonly warnings: readonly Warning[];
}

/**
 * Reads the bytes of a BVH file of any dialect.
 *
 * @throws GaitwayError with a code `bvh/…` and the line, see `readHierarchy` and `readMotion`.
 */
export async function parseBvh(
  bytes: Uint8Array,
  file = '',
  onProgress?: ReadOptions['onProgress'],
): Promise<BvhFile> {
  const reader = new BvhReader(fromUtf16(bytes), file);
  const { joints, warnings } = readHierarchy(reader);
  const channelCount = joints.reduce((sum, joint) => sum + joint.channels.length, 0);
  const { motion, warnings: more } = await readMotion(reader, channelCount, onProgress);
  return { joints, channelCount, motion, warnings: [...warnings, ...more] };
}

/** Some Windows editors save text in UTF-16; the byte order mark tells. */
function fromUtf16(bytes: Uint8Array): Uint8Array {
  const little = bytes[0] === 0xff && bytes[1] === 0xfe;
  const big = bytes[0] === 0xfe && bytes[1] === 0xff;
  if (!little && !big) return bytes;
  return new TextEncoder().encode(new TextDecoder(little ? 'utf-16le' : 'utf-16be').decode(bytes));
}
