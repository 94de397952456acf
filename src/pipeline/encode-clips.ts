import { extname } from 'node:path';
import { type Clip, encodeClip } from '../clip/index.js';
import { GaitwayError } from '../errors.js';
import {
  type BvhNames,
  type FbxWriteOptions,
  type WriteBvhOptions,
  type WrittenFile,
  writeBvh,
  writeFbx,
  writeGlb,
  writeVrma,
} from '../formats/index.js';
import { cmuNamesOfClip } from './cmu-names.js';
import { vrmBonesOfClip } from './vrm-bones.js';

/** Formats that clips are written in. */
export const CLIP_FORMATS = ['bvh', 'fbx', 'glb', 'vrma', 'gwclip'] as const;
export type ClipFormat = (typeof CLIP_FORMATS)[number];

/** Formats whose files hold several clips. */
export const holdsSeveral = (format: ClipFormat): boolean => format === 'glb' || format === 'fbx';

/** How a BVH is written; joints may also be called as in the CMU library, by what they are. */
export interface BvhOptions extends Omit<WriteBvhOptions, 'names' | 'jointNames'> {
  readonly names?: BvhNames | 'cmu';
}

/** What a format may be told on top. */
export interface FormatOptions {
  readonly bvh?: BvhOptions;
  readonly fbx?: FbxWriteOptions;
}

/**
 * The format that a file's ending names.
 *
 * @throws GaitwayError `formats/cannot-write` listing the formats that can be written.
 */
export function formatOfEnding(path: string): ClipFormat {
  const ending = extname(path).slice(1).toLowerCase();
  const format = CLIP_FORMATS.find((known) => known === ending);
  if (format) return format;
  throw new GaitwayError(
    'formats/cannot-write',
    `${path}: ${ending ? `.${ending} files cannot be written` : 'the name has no ending to tell the format by'}; ${CLIP_FORMATS.join(', ')} can.`,
    { file: path, formats: CLIP_FORMATS },
  );
}

/**
 * Clips as the bytes of a file.
 *
 * @throws GaitwayError `formats/one-clip` where the format holds one clip and several are given, or what the
 *   format's writer throws.
 */
export async function encodeClips(
  clips: readonly Clip[],
  format: ClipFormat,
  options: FormatOptions = {},
): Promise<WrittenFile> {
  if (format === 'glb') return writeGlb(clips);
  if (format === 'fbx') return writeFbx(clips, options.fbx);
  if (clips.length !== 1) {
    throw new GaitwayError(
      'formats/one-clip',
      `A .${format} file holds one clip, and ${clips.length} were given.`,
      { format, clips: clips.length },
    );
  }
  if (format === 'bvh') return bvhOf(clips[0], options.bvh);
  if (format === 'vrma') return writeVrma(clips[0], vrmBonesOfClip(clips[0]));
  return { bytes: encodeClip(clips[0]), warnings: [], renamed: [] };
}

function bvhOf(clip: Clip, { names, ...rest }: BvhOptions = {}): WrittenFile {
  if (names === 'cmu') return writeBvh(clip, { ...rest, jointNames: cmuNamesOfClip(clip) });
  return writeBvh(clip, { ...rest, ...(names && { names }) });
}
