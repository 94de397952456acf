import { BufferUtils } from '@gltf-transform/core';
import { GaitwayError } from '../../errors.js';
import type { GltfJson } from './schema.js';

/**
 * The bytes of every buffer that is asked for: the GLB's own, a data address, or a file fetched by `resource`.
 *
 * @throws GaitwayError `gltf/missing-buffer`, `gltf/bad-buffer`, or what `resource` throws.
 */
export async function readBuffers(
  gltf: GltfJson,
  wanted: ReadonlySet<number>,
  binary: Uint8Array | undefined,
  file: string,
  resource?: (uri: string) => Promise<Uint8Array>,
): Promise<Map<number, Uint8Array>> {
  const buffers = new Map<number, Uint8Array>();
  for (const index of wanted) {
    const { uri, byteLength } = gltf.buffers[index] ?? { byteLength: 0 };
    let bytes: Uint8Array;
    if (uri === undefined) {
      if (!binary || index !== 0) throw missing(file, `buffer ${index} is not in the file.`);
      bytes = binary;
    } else if (uri.startsWith('data:')) {
      bytes = decodeDataAddress(uri, file, index);
    } else if (resource) {
      bytes = await resource(uri);
    } else {
      throw missing(
        file,
        `buffer ${index} lies in "${uri.slice(0, 200)}", which cannot be fetched from here; use a .glb.`,
      );
    }
    if (bytes.length < byteLength) {
      throw new GaitwayError(
        'gltf/bad-buffer',
        `${file}: buffer ${index} has ${bytes.length} bytes; ${byteLength} are announced.`,
        { file, buffer: index },
      );
    }
    buffers.set(index, bytes);
  }
  return buffers;
}

const missing = (file: string, what: string): GaitwayError =>
  new GaitwayError('gltf/missing-buffer', `${file || 'The glTF file'}: ${what}`, { file });

function decodeDataAddress(uri: string, file: string, buffer: number): Uint8Array {
  try {
    return BufferUtils.createBufferFromDataURI(uri);
  } catch (cause) {
    throw new GaitwayError(
      'gltf/bad-buffer',
      `${file}: buffer ${buffer} holds a damaged data address.`,
      { file, buffer },
      cause,
    );
  }
}
