import { GaitwayError } from '../errors.js';

/** A dense array as NumPy keeps it: C order, [n] or [n, D]. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | Uint8Array | Uint32Array;
}

/** What can be written: the types of a database's arrays too. */
export interface WritableArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Uint8Array | Uint32Array;
}

const kindOf = (data: WritableArray['data']): string => {
  if (data instanceof Uint8Array) return '|u1';
  return `<${data instanceof Uint32Array ? 'u' : 'f'}${data.BYTES_PER_ELEMENT}`;
};

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** The data begin at a multiple of this. */
const ALIGNMENT = 64;
const PREAMBLE_BYTES = 10;

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * The bytes of a version 1.0 `.npy` file, little endian, C order: float32, float64, uint32 or uint8.
 *
 * @throws GaitwayError `npy/bad-shape` where `shape` does not describe `data`.
 * @see NumPy Enhancement Proposal 1, "A Simple File Format for NumPy Arrays".
 */
export function writeNpy({ shape, data }: WritableArray): Uint8Array {
  const size = shape.reduce((product, length) => product * length, 1);
  if (size !== data.length) {
    throw new GaitwayError(
      'npy/bad-shape',
      `An array of ${data.length} numbers cannot have the shape [${shape.join(', ')}], which holds ${size}.`,
      { shape: [...shape], length: data.length },
    );
  }
  const kind = kindOf(data);
  const list = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const fields = `{'descr': '${kind}', 'fortran_order': False, 'shape': (${list}), }`;
  const headerBytes =
    Math.ceil((PREAMBLE_BYTES + fields.length + 1) / ALIGNMENT) * ALIGNMENT - PREAMBLE_BYTES;
  const header = `${fields.padEnd(headerBytes - 1)}\n`;
  const bytes = new Uint8Array(PREAMBLE_BYTES + headerBytes + data.byteLength);
  bytes.set(MAGIC);
  bytes[6] = 1;
  new DataView(bytes.buffer).setUint16(8, headerBytes, true);
  for (let i = 0; i < headerBytes; i++) bytes[PREAMBLE_BYTES + i] = header.charCodeAt(i);
  const start = PREAMBLE_BYTES + headerBytes;
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
  if (!isLittleEndian) {
    const size = data.BYTES_PER_ELEMENT;
    for (let at = start; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
  }
  return bytes;
}

/**
 * Reads a `.npy` file of float32, uint32, uint8 or bool (read as uint8), C order, version 1 to 3.
 *
 * @param name What the file is called in error sentences.
 * @throws GaitwayError `npy/damaged` where the bytes are no whole `.npy` file; `npy/unsupported` where it holds
 *   another type or Fortran order.
 */
export function readNpy(bytes: Uint8Array, name = 'the array'): NpyArray {
  const damaged = (what: string): GaitwayError =>
    new GaitwayError('npy/damaged', `${name} is no whole .npy file: ${what}; write it anew.`, { file: name });
  if (bytes.length < PREAMBLE_BYTES || MAGIC.some((byte, i) => bytes[i] !== byte))
    throw damaged('it does not begin with \\x93NUMPY');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[6] >= 2;
  const headerStart = wide ? 12 : PREAMBLE_BYTES;
  if (bytes.length < headerStart) throw damaged('it ends inside its header');
  const start = headerStart + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  if (start > bytes.length) throw damaged('it ends inside its header');
  const header = new TextDecoder('latin1').decode(bytes.subarray(headerStart, start));
  const kind = /'descr'\s*:\s*'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1];
  const list = /'shape'\s*:\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (kind === undefined || order === undefined || list === undefined)
    throw damaged('its header lacks descr, fortran_order or shape');
  const shape = list
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  const isWide = kind === '<f4' || kind === '<u4';
  if (!isWide && kind !== '|u1' && kind !== '|b1') {
    throw new GaitwayError(
      'npy/unsupported',
      `${name} holds numbers of the type ${kind}; float32 (<f4), uint32 (<u4) or uint8 (|u1) is wanted.`,
      { file: name, type: kind },
    );
  }
  if (order === 'True' && shape.length > 1) {
    throw new GaitwayError('npy/unsupported', `${name} is in Fortran order; C order is wanted.`, {
      file: name,
    });
  }
  const size = shape.reduce((product, length) => product * length, 1);
  const wanted = size * (isWide ? 4 : 1);
  if (bytes.length - start !== wanted)
    throw damaged(
      `its shape [${shape.join(', ')}] wants ${wanted} bytes of data and ${bytes.length - start} are there`,
    );
  // Not bytes.slice(): a Buffer's slice shares its memory.
  if (!isWide) return { shape, data: new Uint8Array(bytes.subarray(start)) };
  if (kind === '<u4') {
    return { shape, data: Uint32Array.from({ length: size }, (_, i) => view.getUint32(start + 4 * i, true)) };
  }
  const data = new Float32Array(size);
  for (let i = 0; i < size; i++) data[i] = view.getFloat32(start + 4 * i, true);
  return { shape, data };
}
