import { GaitwayError } from '../errors.js';
import { sha256 } from '../math/sha256.js';
import type { Clip } from './clip.js';
import { ClipHeader, type StoredArray } from './clip-header.js';
import { upgradeHeader } from './upgrade.js';
import { validateClip } from './validate.js';

/**
 * Version of the `.gwclip` file.
 *
 * 1  first
 * 2  attributes
 */
export const CLIP_VERSION = 2;

const MAGIC = 'GWCL';
const PREFIX_BYTES = 16;
const ALIGNMENT = 16;
/** The header begins with this and 64 digits, so that the digits can be found without reading the header. */
const HASH_LEAD = '{"contentHash":"';
const HASH_DIGITS = 64;
const HASH_AT = PREFIX_BYTES + HASH_LEAD.length;

const roundUp = (size: number): number => Math.ceil(size / ALIGNMENT) * ALIGNMENT;

/**
 * Writes a clip as a `.gwclip` file; reading it gives the same numbers to the last bit.
 *
 * | bytes      | what                                                               |
 * | ---------- | ------------------------------------------------------------------ |
 * | 0..3       | `GWCL`                                                             |
 * | 4..7       | version, u32                                                       |
 * | 8..11      | bytes of the header, u32                                           |
 * | 12..15     | 0                                                                  |
 * | 16..       | JSON header: content hash, shapes, units, skeleton, source         |
 * | after that | arrays, little-endian, each at a multiple of 16 from the file's start |
 *
 * The content hash is the SHA-256 of the whole file with the hash's own digits taken as `0`.
 *
 * @throws GaitwayError `clip/…` where the clip is not valid.
 */
export function encodeClip(clip: Clip): Uint8Array {
  validateClip(clip);
  const joints = clip.skeleton.joints.length;
  const arrays: [string, Float64Array, number[]][] = [
    ['rotations', clip.rotations, [clip.frameCount, joints, 4]],
    ['translations', clip.translations, [clip.frameCount, joints, 3]],
    ...(clip.scales
      ? [['scales', clip.scales, [clip.frameCount, joints, 3]] as [string, Float64Array, number[]]]
      : []),
    ...clip.curves.map(({ name, values }): [string, Float64Array, number[]] => [
      `curve:${name}`,
      values,
      [clip.frameCount],
    ]),
  ];
  // Offsets count from the end of the header, so that they do not depend on its length.
  let end = 0;
  const stored: StoredArray[] = arrays.map(([name, values, shape]) => {
    const offset = end;
    end = roundUp(offset + values.byteLength);
    return { name, type: 'float64', shape, offset };
  });
  const { rotations: _r, translations: _t, scales: _s, curves, skeleton, ...facts } = clip;
  const header = {
    contentHash: '0'.repeat(HASH_DIGITS),
    units: { length: 'metre', angle: 'radian', time: 'second', up: 'Y', handed: 'right' },
    ...facts,
    curves: curves.map(({ name }) => name),
    skeleton,
    arrays: stored,
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = roundUp(json.length);
  const bytes = new Uint8Array(PREFIX_BYTES + headerBytes + end);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint32(4, CLIP_VERSION, true);
  view.setUint32(8, headerBytes, true);
  bytes.fill(0x20, PREFIX_BYTES, PREFIX_BYTES + headerBytes);
  bytes.set(json, PREFIX_BYTES);
  arrays.forEach(([, values], a) => {
    const at = PREFIX_BYTES + headerBytes + stored[a].offset;
    for (let i = 0; i < values.length; i++) view.setFloat64(at + 8 * i, values[i], true);
  });
  bytes.set(new TextEncoder().encode(sha256(bytes)), HASH_AT);
  return bytes;
}

/**
 * Reads a `.gwclip` file of this version or an older one.
 *
 * Where the machine and the place in memory allow, the arrays are views of `bytes`, not copies.
 *
 * @throws GaitwayError `codec/not-a-clip`, `codec/newer-version`, `codec/truncated`, `codec/damaged`.
 */
export function decodeClip(bytes: Uint8Array, file = ''): Clip {
  const fail = (code: string, what: string, cause?: unknown): GaitwayError =>
    new GaitwayError(`codec/${code}`, `${file || 'The clip file'} ${what}`, { file }, cause);
  if (new TextDecoder('latin1').decode(bytes.subarray(0, 4)) !== MAGIC)
    throw fail('not-a-clip', 'is no .gwclip file; it does not begin with GWCL.');
  if (bytes.length < PREFIX_BYTES) throw fail('truncated', `ends after ${bytes.length} bytes.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(4, true);
  if (version > CLIP_VERSION) {
    throw fail(
      'newer-version',
      `has version ${version}; this Gaitway reads up to ${CLIP_VERSION}. Update it, or write the clip with this one.`,
    );
  }
  const dataAt = PREFIX_BYTES + view.getUint32(8, true);
  if (version < 1 || dataAt % ALIGNMENT !== 0) throw fail('damaged', 'has a damaged beginning.');
  if (dataAt > bytes.length) throw fail('truncated', `ends after ${bytes.length} bytes, inside its header.`);

  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes.subarray(PREFIX_BYTES, dataAt)));
  } catch (cause) {
    throw fail('damaged', 'has a header that cannot be read.', cause);
  }
  const parsed = ClipHeader.safeParse(upgradeHeader(json, version));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw fail('damaged', `has a wrong header: ${issue.path.join('.')}: ${issue.message}.`);
  }
  const header = parsed.data;
  const room = bytes.length - dataAt;
  const sizeOf = ({ shape, type }: StoredArray): number =>
    shape.reduce((product, length) => product * length, 1) * (type === 'float64' ? 8 : 4);
  const missing = header.arrays.find((array) => array.offset + sizeOf(array) > room);
  if (missing)
    throw fail('truncated', `ends after ${bytes.length} bytes, inside its array "${missing.name}".`);
  if (hashOf(bytes) !== header.contentHash)
    throw fail('damaged', 'is damaged: its content does not fit its hash. Write it again from its source.');

  const read = (name: string): Float64Array | undefined => {
    const array = header.arrays.find((other) => other.name === name);
    if (!array) return undefined;
    return viewFloats(bytes, dataAt + array.offset, sizeOf(array), array.type);
  };
  const { arrays: _, contentHash: _hash, units: _units, curves, ...facts } = header;
  const scales = read('scales');
  return validateClip({
    ...facts,
    rotations: read('rotations') ?? new Float64Array(),
    translations: read('translations') ?? new Float64Array(),
    ...(scales && { scales }),
    curves: curves.map((name) => ({ name, values: read(`curve:${name}`) ?? new Float64Array() })),
  } as Clip);
}

function hashOf(bytes: Uint8Array): string {
  const blank = new Uint8Array(bytes);
  blank.fill(0x30, HASH_AT, HASH_AT + HASH_DIGITS);
  return sha256(blank);
}

const isLittleEndian = (): boolean => new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

function viewFloats(bytes: Uint8Array, at: number, size: number, type: StoredArray['type']): Float64Array {
  const from = bytes.byteOffset + at;
  if (type === 'float64' && from % 8 === 0 && isLittleEndian())
    return new Float64Array(bytes.buffer, from, size / 8);
  const view = new DataView(bytes.buffer, from, size);
  return type === 'float64'
    ? Float64Array.from({ length: size / 8 }, (_, i) => view.getFloat64(8 * i, true))
    : Float64Array.from({ length: size / 4 }, (_, i) => view.getFloat32(4 * i, true));
}
