import type { Scene } from '../../clip/index.js';
import { parseAsciiFbx } from './parse-ascii.js';
import { isBinaryFbx, parseBinaryFbx } from './parse-binary.js';
import { makeFbxScene } from './scene.js';

/**
 * Reads an FBX file of version 7.0 to 7.7, binary or ASCII.
 *
 * @throws GaitwayError `fbx/damaged`, `fbx/too-old`, `fbx/no-joints`.
 */
export function readFbx(bytes: Uint8Array, file: string): Scene {
  const tree = isBinaryFbx(bytes) ? parseBinaryFbx(bytes, file) : parseAsciiFbx(bytes, file);
  return makeFbxScene(tree, file);
}
