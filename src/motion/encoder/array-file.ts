import { GaitwayError } from '../../errors.js';

export type FileArray = Float32Array | Float64Array;

/** What a file of arrays is: its four letters, the newest version known, and how people call it. */
export interface ArrayFileKind {
  readonly magic: string;
  readonly version: number;
  readonly noun: string;
  /** What to do about a file that cannot be read. */
  readonly remedy: string;
}

interface ArrayEntry {
  readonly name: string;
  readonly type: 'f32' | 'f64';
  readonly length: number;
  readonly offset: number;
}

const ALIGNMENT = 16;
const PREAMBLE_BYTES = 16;
const MOST_HEADER_BYTES = 16 * 1024 * 1024;

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/**
 * Magic, u32 version, u32 header length, u32 checksum (of all that follows), a JSON header, then little-endian
 * arrays at 16-byte offsets.
 */
export function packArrays(
  { magic, version }: ArrayFileKind,
  content: unknown,
  arrays: Readonly<Record<string, FileArray>>,
): Uint8Array {
  let offset = 0;
  const entries: ArrayEntry[] = Object.entries(arrays).map(([name, array]) => {
    const entry: ArrayEntry = {
      name,
      type: array instanceof Float32Array ? 'f32' : 'f64',
      length: array.length,
      offset,
    };
    offset = aligned(offset + array.byteLength);
    return entry;
  });
  const header = new TextEncoder().encode(JSON.stringify({ content, arrays: entries }));
  const dataStart = aligned(PREAMBLE_BYTES + header.length);
  const bytes = new Uint8Array(dataStart + offset);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < 4; i++) bytes[i] = magic.charCodeAt(i);
  view.setUint32(4, version, true);
  view.setUint32(8, header.length, true);
  bytes.set(header, PREAMBLE_BYTES);
  for (const { name, type, offset: at } of entries) {
    const array = arrays[name];
    const width = type === 'f32' ? 4 : 8;
    for (let i = 0; i < array.length; i++) {
      if (type === 'f32') view.setFloat32(dataStart + at + width * i, array[i], true);
      else view.setFloat64(dataStart + at + width * i, array[i], true);
    }
  }
  view.setUint32(12, checksum(bytes.subarray(PREAMBLE_BYTES)), true);
  return bytes;
}

/**
 * Reads what `packArrays` wrote; `content` is still to be checked by its schema.
 *
 * @throws GaitwayError `encoder/damaged-file` where bytes are missing, altered or no such file at all;
 *   `encoder/newer-file` where a later Gaitway wrote it.
 */
export function unpackArrays(
  kind: ArrayFileKind,
  bytes: Uint8Array,
  name: string,
): { version: number; content: unknown; arrays: Record<string, FileArray> } {
  const damaged = (what: string): GaitwayError =>
    new GaitwayError(
      'encoder/damaged-file',
      `${name} cannot be read as ${kind.noun}: ${what}. ${kind.remedy}`,
      {
        file: name,
      },
    );
  if (bytes.length < PREAMBLE_BYTES || [...kind.magic].some((c, i) => bytes[i] !== c.charCodeAt(0)))
    throw damaged(`it does not begin with ${kind.magic}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(4, true);
  if (version > kind.version) {
    throw new GaitwayError(
      'encoder/newer-file',
      `${name} has version ${version} of its form; this Gaitway knows versions up to ${kind.version}. Update Gaitway, or ${kind.remedy.toLowerCase()}`,
      { file: name, found: version, known: kind.version },
    );
  }
  const headerBytes = view.getUint32(8, true);
  if (headerBytes > MOST_HEADER_BYTES || PREAMBLE_BYTES + headerBytes > bytes.length)
    throw damaged('it ends inside its header');
  if (view.getUint32(12, true) !== checksum(bytes.subarray(PREAMBLE_BYTES)))
    throw damaged('its checksum does not fit its content, so bytes were lost or changed');
  const header = JSON.parse(
    new TextDecoder().decode(bytes.subarray(PREAMBLE_BYTES, PREAMBLE_BYTES + headerBytes)),
  ) as { content: unknown; arrays: ArrayEntry[] };
  const dataStart = aligned(PREAMBLE_BYTES + headerBytes);
  const arrays: Record<string, FileArray> = {};
  for (const { name: key, type, length, offset } of header.arrays) {
    const width = type === 'f32' ? 4 : 8;
    const array = type === 'f32' ? new Float32Array(length) : new Float64Array(length);
    for (let i = 0; i < length; i++) {
      const at = dataStart + offset + width * i;
      array[i] = type === 'f32' ? view.getFloat32(at, true) : view.getFloat64(at, true);
    }
    arrays[key] = array;
  }
  return { version, content: header.content, arrays };
}

/** FNV-1a over bytes: tells lost and changed bytes, not intent. */
function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
  return hash >>> 0;
}
