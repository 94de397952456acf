import { faultsInWords, GaitwayError } from '../../errors.js';
import { sha256 } from '../../math/sha256.js';
import { factsOf, SILENCE, type StoredArray, storedArraysOf } from './arrays.js';
import { contradiction } from './contradiction.js';
import type { MotionDatabase, RowStorage } from './database.js';
import { type DatabaseArray, DatabaseHeader } from './header.js';
import { unpackRows } from './row-storage.js';
import { upgradeHeader } from './upgrade.js';

const MAGIC = 'GWDB';

/**
 * Version of the `.gwdb` file.
 *
 * 1  first release
 * 2  mirrored and looping clips, tags, biases
 * 3  rows as float16, or as int8 with an offset and a step for each column
 */
export const DATABASE_VERSION = 3;

/** Magic, version, bytes of the header, and four bytes of nothing. */
const PREAMBLE = 16;
const ALIGNMENT = 16;
const HASH_DIGITS = 64;

const aligned = (offset: number): number => Math.ceil(offset / ALIGNMENT) * ALIGNMENT;

const says = ({ name, data }: StoredArray): boolean => {
  const isSilent = SILENCE[name];
  if (!isSilent) return true;
  for (let f = 0; f < data.length; f++) if (!isSilent(data[f])) return true;
  return false;
};

/** SHA-256 of bytes in hexadecimal digits; a program with a faster one than ours may bring it. */
export type Digest = (bytes: Uint8Array) => string;

/** The bytes of a database file: equal databases give equal bytes. Little endian throughout. */
export function encodeDatabase(database: MotionDatabase, digest: Digest = sha256): Uint8Array {
  const facts = factsOf(database);
  const arrays = storedArraysOf(database).filter(says);
  let bodyBytes = 0;
  const places = arrays.map(({ data }) => {
    const place = bodyBytes;
    bodyBytes = aligned(place + data.byteLength);
    return place;
  });

  // Offsets count from the file's start, so they depend on the length of the header they stand in.
  const headerText = (start: number, contentHash: string): Uint8Array => {
    const header: DatabaseHeader = {
      ...facts,
      arrays: arrays.map(({ name, type, shape }, k) => ({
        name,
        type,
        shape: [...shape],
        offset: start + places[k],
      })),
      contentHash,
    };
    return new TextEncoder().encode(JSON.stringify(header));
  };
  const noHash = '0'.repeat(HASH_DIGITS);
  let start = PREAMBLE;
  let length = headerText(start, noHash).length;
  while (aligned(PREAMBLE + length) !== start) {
    start = aligned(PREAMBLE + length);
    length = headerText(start, noHash).length;
  }
  const bytes = new Uint8Array(start + bodyBytes);
  arrays.forEach(({ data }, k) => {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start + places[k]);
  });
  const text = headerText(start, digest(bytes.subarray(start)));
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint32(4, DATABASE_VERSION, true);
  view.setUint32(8, text.length, true);
  bytes.fill(0x20, PREAMBLE, start);
  bytes.set(text, PREAMBLE);
  return bytes;
}

/**
 * Reads a database file of this or any earlier version. Arrays are views on `bytes` where it lies at a
 * multiple of eight in its buffer, else on one copy.
 *
 * @param file What the file is called in error sentences.
 * @throws GaitwayError `database/wrong-magic` where it is no database, `database/newer-version` where a newer
 *   Gaitway wrote it, `database/damaged` where it is cut off, changed or contradicts itself.
 */
export function decodeDatabase(
  bytes: Uint8Array,
  file = 'The database',
  digest: Digest = sha256,
): MotionDatabase {
  const damaged = (what: string, cause?: unknown): GaitwayError =>
    new GaitwayError(
      'database/damaged',
      `${file} is damaged: ${what}; build it again.`,
      { file, bytes: bytes.length },
      cause,
    );
  if (new TextDecoder('latin1').decode(bytes.subarray(0, 4)) !== MAGIC) {
    throw new GaitwayError(
      'database/wrong-magic',
      `${file} is no motion database: it does not begin with "${MAGIC}"; name a .gwdb file that \`gaitway build\` wrote.`,
      { file },
    );
  }
  if (bytes.length < PREAMBLE) throw damaged(`it has only ${bytes.length} bytes`);
  const source = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  const version = view.getUint32(4, true);
  if (version > DATABASE_VERSION) {
    throw new GaitwayError(
      'database/newer-version',
      `${file} has version ${version}, and this Gaitway reads up to ${DATABASE_VERSION}; update Gaitway or build the database again.`,
      { file, version, newest: DATABASE_VERSION },
    );
  }
  if (version === 0) throw damaged('it says it has version 0');
  const headerEnd = PREAMBLE + view.getUint32(8, true);
  if (headerEnd > source.length) {
    throw damaged(`its header should end at byte ${headerEnd}, but it has ${source.length} bytes`);
  }
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(source.subarray(PREAMBLE, headerEnd)));
  } catch (cause) {
    throw damaged('its header is not JSON', cause);
  }
  const parsed = DatabaseHeader.safeParse(upgradeHeader(json, version));
  if (!parsed.success) throw damaged(`its header is wrong:\n${faultsInWords(parsed.error.issues)}`);
  const header = parsed.data;
  const fault = contradiction(header, source.length);
  if (fault) throw damaged(fault);
  if (digest(source.subarray(aligned(headerEnd))) !== header.contentHash) {
    throw damaged('its numbers do not match their checksum');
  }
  const array = (name: DatabaseArray['name']): DatabaseArray =>
    header.arrays.find((entry) => entry.name === name) as DatabaseArray;
  const at: Place = (name) => {
    const { offset, shape } = array(name);
    return [source.buffer as ArrayBuffer, source.byteOffset + offset, shape.reduce((a, b) => a * b, 1)];
  };
  const { rateHz, dimension, frameCount, content, blocks, joints, roles, clips, tags } = header;
  const has = (name: DatabaseArray['name']): boolean => header.arrays.some((entry) => entry.name === name);
  return {
    rateHz,
    dimension,
    frameCount,
    content,
    blocks,
    joints,
    roles,
    clips,
    ...rowsIn(array('rows').type, dimension, at),
    mean: new Float64Array(...at('mean')),
    factor: new Float64Array(...at('factor')),
    valid: new Uint8Array(...at('valid')),
    contacts: new Uint8Array(...at('contacts')),
    roots: new Float32Array(...at('roots')),
    tags,
    tagMask: has('tagMask') ? new Uint32Array(...at('tagMask')) : new Uint32Array(frameCount),
    costBias: has('costBias') ? new Float32Array(...at('costBias')) : new Float32Array(frameCount),
    continuingBias: has('continuingBias')
      ? new Float32Array(...at('continuingBias'))
      : new Float32Array(frameCount).fill(Number.NaN),
  };
}

/** Buffer, offset and length of an array. */
type Place = (name: DatabaseArray['name']) => [ArrayBuffer, number, number];

function rowsIn(
  type: DatabaseArray['type'],
  dimension: number,
  at: Place,
): Pick<MotionDatabase, 'rows' | 'storage'> {
  if (type === 'float16') {
    const storage: RowStorage = { kind: 'f16' };
    return { storage, rows: unpackRows(new Uint16Array(...at('rows')), dimension, storage) };
  }
  if (type === 'int8') {
    const [offset, step] = [new Float32Array(...at('rowOffset')), new Float32Array(...at('rowStep'))];
    const storage: RowStorage = { kind: 'int8', offset, step };
    return { storage, rows: unpackRows(new Int8Array(...at('rows')), dimension, storage) };
  }
  return { rows: new Float32Array(...at('rows')) };
}
