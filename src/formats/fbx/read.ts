import type { Scene } from '../../clip/index.js';
import type { ReadOptions } from '../read-options.js';
import { parseAsciiFbx } from './parse-ascii.js';
import { isBinaryFbx, parseBinaryFbx } from './parse-binary.js';
import { ReadingProgress } from './reading-progress.js';
import { makeFbxScene } from './scene.js';

/**
 * Reads an FBX file of version 7.0 to 7.7, binary or ASCII.
 *
 * @throws GaitwayError `fbx/damaged`, `fbx/too-old`, `fbx/no-joints`, or what `onProgress` throws.
 */
export async function readFbx(
  bytes: Uint8Array,
  { file, onProgress }: Pick<ReadOptions, 'file' | 'onProgress'>,
): Promise<Scene> {
  const progress = new ReadingProgress(onProgress);
  const parse = isBinaryFbx(bytes) ? parseBinaryFbx : parseAsciiFbx;
  return makeFbxScene(await parse(bytes, file, progress), file, progress);
}
