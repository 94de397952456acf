import { decodeClip, type Scene, sceneOfClip } from '../clip/index.js';
import { GaitwayError } from '../errors.js';
import { readBvh } from './bvh/scene.js';
import { readFbx } from './fbx/read.js';
import { readGltf } from './gltf/scene.js';
import { metresOfUnit } from './length-unit.js';
import type { ReadOptions } from './read-options.js';
import { sniff } from './sniff.js';

/**
 * Reads an animation file of any format that is known, told by its content.
 *
 * @throws GaitwayError `formats/empty`, `formats/unknown`, `formats/bad-unit`, or what
 *   the format's reader throws (`bvh/…`, `fbx/…`, `gltf/…`, `codec/…`).
 */
export async function readScene(bytes: Uint8Array, options: ReadOptions): Promise<Scene> {
  const { file } = options;
  if (bytes.length === 0) {
    throw new GaitwayError('formats/empty', `${file || 'The file'} is empty; export or copy it again.`, {
      file,
    });
  }
  const unitMetres = options.unit === undefined ? undefined : metresOfUnit(options.unit);
  const kind = sniff(bytes);
  switch (kind) {
    case 'bvh':
      return readBvh(bytes, {
        file,
        ...(unitMetres !== undefined && { unitMetres }),
        ...(options.up && { up: options.up }),
        ...(options.onProgress && { onProgress: options.onProgress }),
      });
    case 'glb':
    case 'gltf':
      return readGltf(bytes, options);
    case 'gwclip':
      return sceneOfClip(decodeClip(bytes, file), file);
    case 'fbx':
      return readFbx(bytes, options);
    default:
      throw new GaitwayError(
        'formats/unknown',
        `${file || 'The file'} is in no format that is known here; export it as BVH, FBX, GLB, glTF, VRM or VRMA (.gwclip files are read too).`,
        { file },
      );
  }
}
