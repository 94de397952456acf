import { GaitwayError } from '../../errors.js';

/** The two parts of a glTF file: its JSON, not yet checked, and a GLB's binary chunk. */
export interface GltfParts {
  readonly json: unknown;
  readonly binary?: Uint8Array;
}

const JSON_CHUNK = 0x4e4f534a;
const BINARY_CHUNK = 0x004e4942;
const HEADER_BYTES = 12;

/**
 * Splits a GLB into its chunks, or takes the bytes as the JSON of a .gltf.
 *
 * @throws GaitwayError `gltf/bad-container`, `gltf/bad-json`.
 */
export function splitGltf(bytes: Uint8Array, file: string): GltfParts {
  const isGlb = bytes[0] === 0x67 && bytes[1] === 0x6c;
  if (!isGlb) return { json: parseJson(bytes, file) };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fail = (what: string): GaitwayError =>
    new GaitwayError('gltf/bad-container', `${file || 'The GLB file'} ${what}`, { file });
  if (bytes.length < HEADER_BYTES + 8) throw fail(`ends after ${bytes.length} bytes, inside its header.`);
  const version = view.getUint32(4, true);
  if (version !== 2) throw fail(`is GLB version ${version}; version 2 is read.`);
  let json: unknown;
  let binary: Uint8Array | undefined;
  for (let at = HEADER_BYTES; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at, true);
    const kind = view.getUint32(at + 4, true);
    if (at + 8 + length > bytes.length)
      throw fail(
        `is cut off: a part of ${length} bytes begins at byte ${at}, and the file has ${bytes.length}.`,
      );
    const chunk = bytes.subarray(at + 8, at + 8 + length);
    if (kind === JSON_CHUNK && json === undefined) json = parseJson(chunk, file);
    if (kind === BINARY_CHUNK && binary === undefined) binary = chunk;
    at += 8 + length + ((4 - (length % 4)) % 4);
  }
  if (json === undefined) throw fail('has no JSON part.');
  return { json, ...(binary && { binary }) };
}

function parseJson(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new GaitwayError(
      'gltf/bad-json',
      `${file || 'The glTF file'} holds JSON that cannot be read.`,
      { file },
      cause,
    );
  }
}
