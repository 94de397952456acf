import { GaitwayError } from '../../errors.js';
import { type BufferSource, readViews } from './buffer-views.js';
import type { GltfJson } from './schema.js';

const COMPONENT_BYTES: Readonly<Record<number, number>> = {
  5120: 1,
  5121: 1,
  5122: 2,
  5123: 2,
  5125: 4,
  5126: 4,
};
const FLOAT = 5126;
const COMPONENT_READERS: Readonly<Record<number, (data: DataView, at: number) => number>> = {
  5120: (data, at) => data.getInt8(at),
  5121: (data, at) => data.getUint8(at),
  5122: (data, at) => data.getInt16(at, true),
  5123: (data, at) => data.getUint16(at, true),
  5125: (data, at) => data.getUint32(at, true),
  5126: (data, at) => data.getFloat32(at, true),
};
/** What 1 is in normalised whole numbers. */
const LARGEST: Readonly<Record<number, number>> = { 5120: 127, 5121: 255, 5122: 32767, 5123: 65535 };
const TYPE_SIZE: Readonly<Record<string, number>> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT4: 16 };
/**
 * Accessors may be all zeros without a byte of their own, or share bytes. A file whose accessors together
 * ask for more numbers than this many a byte, and this many besides, asks for memory and not for motion.
 */
const NUMBERS_PER_BYTE = 4;
const NUMBERS_BESIDES = 1 << 20;

/** Whether this machine keeps numbers in the order in which files do. */
const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

type Accessor = GltfJson['accessors'][number];

/** How many numbers an accessor announces; 0 where it is not there or of an unknown type. */
export function numbersIn(gltf: GltfJson, index: number): number {
  const accessor = gltf.accessors[index];
  return accessor ? accessor.count * (TYPE_SIZE[accessor.type] ?? 0) : 0;
}

/**
 * The numbers of the accessors that are asked for, as floats; whole-number types are brought to 0..1 or
 * −1..1 where they are normalised.
 *
 * Only these accessors and the buffers below them are touched, so a damaged mesh or a missing picture does
 * no harm.
 *
 * @throws GaitwayError `gltf/bad-accessor`, `gltf/bad-view`, `gltf/missing-buffer`, `gltf/bad-buffer`.
 */
export async function readAccessors(
  gltf: GltfJson,
  wanted: ReadonlySet<number>,
  source: BufferSource,
): Promise<Map<number, Float64Array>> {
  const { file } = source;
  const wantedViews = new Set<number>();
  for (const index of wanted) {
    for (const view of viewsOf(gltf, index, file)) wantedViews.add(view);
  }
  const views = await readViews(gltf, wantedViews, source);
  // One array for all: thousands of small ones cost more than the numbers in them.
  const all = new Float64Array(roomFor(gltf, wanted, views, file));
  const numbers = new Map<number, Float64Array>();
  let at = 0;
  for (const index of wanted) {
    const values = all.subarray(at, at + numbersIn(gltf, index));
    decode(gltf, index, views, file, values);
    numbers.set(index, values);
    at += values.length;
  }
  return numbers;
}

function roomFor(
  gltf: GltfJson,
  wanted: ReadonlySet<number>,
  views: ReadonlyMap<number, Uint8Array>,
  file: string,
): number {
  let bytes = 0;
  for (const view of views.values()) bytes += view.length;
  let numbers = 0;
  for (const index of wanted) {
    numbers += numbersIn(gltf, index);
    if (numbers > NUMBERS_PER_BYTE * bytes + NUMBERS_BESIDES)
      throw bad(
        file,
        index,
        `announces ${gltf.accessors[index].count} elements; the file has only ${bytes} bytes of animation`,
      );
  }
  return numbers;
}

function decode(
  gltf: GltfJson,
  index: number,
  views: ReadonlyMap<number, Uint8Array>,
  file: string,
  values: Float64Array,
): void {
  const { bufferView, byteOffset, componentType, count, type, normalized, sparse } = gltf.accessors[index];
  const size = TYPE_SIZE[type];
  const read = (
    view: number,
    offset: number,
    elements: number,
    component: number,
    width: number,
    out: Float64Array,
  ): Float64Array => {
    const stride = gltf.bufferViews[view].byteStride ?? 0;
    copyElements(views.get(view) as Uint8Array, offset, elements, component, width, stride, out);
    return out;
  };
  if (bufferView !== undefined) read(bufferView, byteOffset, count, componentType, size, values);
  if (sparse) {
    const { indices, values: by, count: changed } = sparse;
    const places = read(
      indices.bufferView,
      indices.byteOffset ?? 0,
      changed,
      indices.componentType,
      1,
      new Float64Array(changed),
    );
    const rows = read(
      by.bufferView,
      by.byteOffset ?? 0,
      changed,
      componentType,
      size,
      new Float64Array(changed * size),
    );
    places.forEach((element, i) => {
      if (element >= count) throw bad(file, index, `changes element ${element} of ${count}`);
      values.set(rows.subarray(i * size, (i + 1) * size), element * size);
    });
  }
  const largest = LARGEST[componentType];
  if (normalized && largest)
    for (let i = 0; i < values.length; i++) values[i] = Math.max(values[i] / largest, -1);
}

/** Copies elements of `width` numbers; a stride that is less than an element counts as none. */
function copyElements(
  bytes: Uint8Array,
  offset: number,
  elements: number,
  component: number,
  width: number,
  byteStride: number,
  out: Float64Array,
): void {
  const each = COMPONENT_BYTES[component];
  const stride = Math.max(byteStride, each * width);
  const start = bytes.byteOffset + offset;
  if (component === FLOAT && stride === each * width && start % 4 === 0 && LITTLE_ENDIAN) {
    out.set(new Float32Array(bytes.buffer, start, elements * width));
    return;
  }
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = COMPONENT_READERS[component];
  for (let i = 0; i < elements; i++)
    for (let k = 0; k < width; k++) out[i * width + k] = reader(data, offset + i * stride + k * each);
}

/** Buffer views below an accessor, after a check that what it reads lies inside them. */
function viewsOf(gltf: GltfJson, index: number, file: string): number[] {
  const accessor: Accessor | undefined = gltf.accessors[index];
  if (!accessor) throw bad(file, index, 'is referred to but not there');
  const bytes = COMPONENT_BYTES[accessor.componentType];
  const size = TYPE_SIZE[accessor.type];
  if (!bytes || !size) {
    const { type, componentType } = accessor;
    throw bad(file, index, `has the type ${type.slice(0, 20)} of ${componentType}, which is unknown`);
  }
  const inside = (view: number, offset: number, count: number, width: number): number => {
    const facts = gltf.bufferViews[view];
    if (!facts) throw bad(file, index, `lies in buffer view ${view}, which is not there`);
    const stride = Math.max(facts.byteStride ?? 0, width);
    const end = count === 0 ? 0 : offset + (count - 1) * stride + width;
    if (end > facts.byteLength)
      throw bad(file, index, `reads up to byte ${end} of buffer view ${view}, which has ${facts.byteLength}`);
    return view;
  };
  const views: number[] = [];
  if (accessor.bufferView !== undefined)
    views.push(inside(accessor.bufferView, accessor.byteOffset, accessor.count, bytes * size));
  const { sparse } = accessor;
  if (sparse) {
    const indexBytes = COMPONENT_BYTES[sparse.indices.componentType];
    if (!indexBytes || sparse.count > accessor.count)
      throw bad(file, index, 'has a sparse part that does not fit');
    views.push(inside(sparse.indices.bufferView, sparse.indices.byteOffset ?? 0, sparse.count, indexBytes));
    views.push(inside(sparse.values.bufferView, sparse.values.byteOffset ?? 0, sparse.count, bytes * size));
  }
  return views;
}

const bad = (file: string, accessor: number, what: string): GaitwayError =>
  new GaitwayError(
    'gltf/bad-accessor',
    `${file || 'The glTF file'}: accessor ${accessor} ${what}; export the file again.`,
    { file, accessor },
  );
