import { zipSync } from 'fflate';
import { GaitwayError } from '../../errors.js';
import { type WritableArray, writeNpy } from '../npy.js';
import { arraysOf, factsOf } from './arrays.js';
import type { MotionDatabase } from './database.js';

/** An array as it is given away, under a name that Python likes. */
export interface ExportedArray extends WritableArray {
  readonly name: string;
}

/**
 * The arrays of a database, its own and those of its clips: first row, frames, whether mirrored and looping.
 *
 * Tags, biases and all are there even where no frame says anything, so that a reader need not ask.
 */
export function exportedArrays(database: MotionDatabase): ExportedArray[] {
  const { clips } = database;
  const ofClips = (name: string, data: Uint32Array | Uint8Array): ExportedArray => ({
    name,
    shape: [clips.length],
    data,
  });
  return [
    ...arraysOf(database).map(({ name, shape, data }) => ({
      name: name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      shape,
      data,
    })),
    ofClips(
      'clip_start',
      Uint32Array.from(clips, ({ start }) => start),
    ),
    ofClips(
      'clip_frames',
      Uint32Array.from(clips, ({ frameCount }) => frameCount),
    ),
    ofClips(
      'clip_mirrored',
      Uint8Array.from(clips, ({ mirrored }) => (mirrored ? 1 : 0)),
    ),
    ofClips(
      'clip_loops',
      Uint8Array.from(clips, ({ loops }) => (loops ? 1 : 0)),
    ),
  ];
}

/** Names, schema, skeleton and clips as JSON, as the header of a `.gwdb` file has them. */
const factsText = (database: MotionDatabase): string => JSON.stringify(factsOf(database));

/** A zip file without its 64-bit form reaches so far. */
const MOST_ZIP_BYTES = 2 ** 32 - 2 ** 20;

/**
 * A database as NumPy's `.npz`: `numpy.load(file)["rows"]` and the other arrays; `facts` holds the header's JSON as
 * bytes. Equal databases give equal bytes.
 *
 * @throws GaitwayError `database/too-large` above 4 GB.
 */
export function encodeNpz(database: MotionDatabase): Uint8Array {
  const text = new TextEncoder().encode(factsText(database));
  const arrays = [...exportedArrays(database), { name: 'facts', shape: [text.length], data: text }];
  const bytes = arrays.reduce((sum, { data }) => sum + data.byteLength + 256, 0);
  if (bytes > MOST_ZIP_BYTES) {
    throw new GaitwayError(
      'database/too-large',
      `The database's arrays have ${bytes} bytes, more than an .npz file holds (4 GB); export it as .safetensors.`,
      { bytes },
    );
  }
  const files = Object.fromEntries(arrays.map((array) => [`${array.name}.npy`, writeNpy(array)]));
  // Every file has the first day that a zip file knows, so that no clock is looked at.
  return zipSync(files, { level: 0, mtime: new Date(1980, 0, 1) });
}

const SAFE_TYPES: Readonly<Record<string, string>> = {
  Float64Array: 'F64',
  Float32Array: 'F32',
  Uint32Array: 'U32',
  Uint8Array: 'U8',
};

/**
 * A database as a `.safetensors` file, its arrays as tensors and the header's JSON as `facts` of the metadata.
 *
 * Wide numbers come first, so that every array lies at a multiple of its own width. Equal databases give equal bytes.
 *
 * @see The safetensors format: https://github.com/huggingface/safetensors, "Format".
 */
export function encodeSafetensors(database: MotionDatabase): Uint8Array {
  const arrays = exportedArrays(database).sort(
    (a, b) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT || (a.name < b.name ? -1 : 1),
  );
  let end = 0;
  const entries = arrays.map(({ name, shape, data }) => {
    const begin = end;
    end += data.byteLength;
    return [name, { dtype: SAFE_TYPES[data.constructor.name], shape, data_offsets: [begin, end] }] as const;
  });
  const header = new TextEncoder().encode(
    JSON.stringify({ __metadata__: { facts: factsText(database) }, ...Object.fromEntries(entries) }),
  );
  const start = 8 + Math.ceil(header.length / 8) * 8;
  const bytes = new Uint8Array(start + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.fill(0x20, 8, start);
  bytes.set(header, 8);
  entries.forEach(
    (
      [
        ,
        {
          data_offsets: [begin],
        },
      ],
      k,
    ) => {
      const { buffer, byteOffset, byteLength } = arrays[k].data;
      bytes.set(new Uint8Array(buffer, byteOffset, byteLength), start + begin);
    },
  );
  return bytes;
}
