import { z } from 'zod';
import { GaitwayError } from '../../errors.js';
import { readBuffers } from './buffers.js';
import type { GltfJson } from './schema.js';

const EXTENSIONS = ['EXT_meshopt_compression', 'KHR_meshopt_compression'];
const whole = z.int().nonnegative();

const Compressed = z.object({
  buffer: whole,
  byteOffset: whole.default(0),
  byteLength: whole,
  byteStride: z.int().positive().max(256),
  count: whole,
  mode: z.enum(['ATTRIBUTES', 'TRIANGLES', 'INDICES']),
  filter: z.enum(['NONE', 'OCTAHEDRAL', 'QUATERNION', 'EXPONENTIAL', 'COLOR']).default('NONE'),
});
type Compressed = z.infer<typeof Compressed>;

/** Strides that a filter or mode works on; without these checks a wrong one would end the decoder. */
const FITS: Readonly<Record<string, (stride: number) => boolean>> = {
  ATTRIBUTES: (stride) => stride % 4 === 0,
  TRIANGLES: (stride) => stride === 2 || stride === 4,
  INDICES: (stride) => stride === 2 || stride === 4,
  NONE: () => true,
  OCTAHEDRAL: (stride) => stride === 4 || stride === 8,
  QUATERNION: (stride) => stride === 8,
  EXPONENTIAL: (stride) => stride % 4 === 0,
  COLOR: (stride) => stride === 4 || stride === 8,
};
/** The codec cannot make a byte of more than some thousand; a file that says so lies about its length. */
const MOST_BYTES_PER_BYTE = 2048;

export interface BufferSource {
  readonly file: string;
  readonly binary: Uint8Array | undefined;
  readonly resource: ((uri: string) => Promise<Uint8Array>) | undefined;
}

/**
 * The bytes of the buffer views that are asked for, decompressed where meshopt packed them.
 *
 * A buffer that only stands in for a compressed one is not touched. The decoder is loaded when it is needed.
 *
 * @throws GaitwayError `gltf/bad-view` naming the view, `gltf/missing-buffer`, `gltf/bad-buffer`.
 */
export async function readViews(
  gltf: GltfJson,
  wanted: ReadonlySet<number>,
  { file, binary, resource }: BufferSource,
): Promise<Map<number, Uint8Array>> {
  const packed = new Map<number, Compressed>();
  for (const view of wanted) {
    const facts = compressionOf(gltf, view, file);
    if (facts) packed.set(view, facts);
  }
  const spanOf = (view: number): { buffer: number; byteOffset: number; byteLength: number } =>
    packed.get(view) ?? gltf.bufferViews[view];
  const needed = new Set([...wanted].map((view) => spanOf(view).buffer));
  const buffers = await readBuffers(gltf, needed, binary, file, resource);
  const decode = packed.size > 0 ? await loadDecoder() : undefined;

  const out = new Map<number, Uint8Array>();
  for (const view of wanted) {
    const { buffer, byteOffset, byteLength } = spanOf(view);
    const bytes = buffers.get(buffer) as Uint8Array;
    const end = byteOffset + byteLength;
    if (end > bytes.length)
      throw bad(file, view, `reaches to byte ${end} of buffer ${buffer}, which has ${bytes.length}`);
    const span = bytes.subarray(byteOffset, end);
    const facts = packed.get(view);
    if (!facts || !decode) {
      out.set(view, span);
      continue;
    }
    try {
      out.set(view, decode(facts, span));
    } catch (cause) {
      throw bad(file, view, 'holds compressed bytes that are damaged', cause);
    }
  }
  return out;
}

async function loadDecoder(): Promise<(facts: Compressed, bytes: Uint8Array) => Uint8Array> {
  const { MeshoptDecoder } = await import('meshoptimizer/decoder');
  await MeshoptDecoder.ready;
  return ({ count, byteStride, mode, filter }, bytes) => {
    const out = new Uint8Array(count * byteStride);
    if (count > 0) MeshoptDecoder.decodeGltfBuffer(out, count, byteStride, bytes, mode, filter);
    return out;
  };
}

/** How a view is packed, after a check that the numbers belong together; nothing where it is not. */
function compressionOf(gltf: GltfJson, view: number, file: string): Compressed | undefined {
  const { extensions, byteLength } = gltf.bufferViews[view];
  const name = EXTENSIONS.find((extension) => extensions?.[extension] !== undefined);
  if (!name) return undefined;
  const parsed = Compressed.safeParse(extensions?.[name]);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw bad(file, view, `has a ${name} that cannot be read (${issue.path.join('.')}: ${issue.message})`);
  }
  const { count, byteStride, mode, filter, byteLength: packed } = parsed.data;
  const unpacked = count * byteStride;
  if (unpacked !== byteLength)
    throw bad(file, view, `unpacks to ${unpacked} bytes and announces ${byteLength}`);
  if (unpacked > MOST_BYTES_PER_BYTE * packed)
    throw bad(file, view, `claims to hold ${unpacked} bytes in ${packed}`);
  if (!FITS[mode](byteStride) || !FITS[filter](byteStride) || (filter !== 'NONE' && mode !== 'ATTRIBUTES'))
    throw bad(file, view, `has elements of ${byteStride} bytes, which ${mode} with ${filter} cannot pack`);
  if (mode === 'TRIANGLES' && count % 3 !== 0)
    throw bad(file, view, `holds ${count} corners of triangles, which is no multiple of 3`);
  return parsed.data;
}

const bad = (file: string, bufferView: number, what: string, cause?: unknown): GaitwayError =>
  new GaitwayError(
    'gltf/bad-view',
    `${file || 'The glTF file'}: buffer view ${bufferView} ${what}; export the file again.`,
    { file, bufferView },
    cause,
  );
