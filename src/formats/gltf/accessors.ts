import { GaitwayError } from '../../errors.js';
import { readBuffers } from './buffers.js';
import type { GltfJson } from './schema.js';

const COMPONENT_BYTES: Readonly<Record<number, number>> = {
  5120: 1,
  5121: 1,
  5122: 2,
  5123: 2,
  5125: 4,
  5126: 4,
};
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
const MESHOPT = ['EXT_meshopt_compression', 'KHR_meshopt_compression'];
/** An accessor without bytes of its own is all zeros; no animation has as many. */
const MOST_ELEMENTS = 1 << 24;

export interface AccessorSource {
  readonly file: string;
  readonly binary: Uint8Array | undefined;
  readonly resource: ((uri: string) => Promise<Uint8Array>) | undefined;
}

/**
 * The numbers of the accessors that are asked for, as floats; whole-number types are brought to 0..1 or
 * −1..1 where they are normalised.
 *
 * Only these accessors and the buffers below them are touched, so a damaged mesh or a missing picture does
 * no harm.
 *
 * @throws GaitwayError `gltf/bad-accessor`, `gltf/needs-decoder`, `gltf/missing-buffer`, `gltf/bad-buffer`.
 */
export async function readAccessors(
  gltf: GltfJson,
  wanted: ReadonlySet<number>,
  source: AccessorSource,
): Promise<Map<number, Float64Array>> {
  const { file } = source;
  const views = new Set<number>();
  for (const index of wanted) {
    for (const view of viewsOf(gltf, index, file)) views.add(view);
  }
  const bufferIndices = new Set([...views].map((view) => gltf.bufferViews[view].buffer));
  const buffers = await readBuffers(gltf, bufferIndices, source.binary, file, source.resource);
  for (const view of views) checkView(gltf, view, buffers, file);

  const bytesOf = (view: number): Uint8Array => {
    const { buffer, byteOffset, byteLength } = gltf.bufferViews[view];
    return (buffers.get(buffer) as Uint8Array).subarray(byteOffset, byteOffset + byteLength);
  };
  return new Map([...wanted].map((index) => [index, decode(gltf, gltf.accessors[index], bytesOf)]));
}

type Accessor = GltfJson['accessors'][number];

function decode(gltf: GltfJson, accessor: Accessor, bytesOf: (view: number) => Uint8Array): Float64Array {
  const { componentType, count, normalized = false, sparse } = accessor;
  const size = TYPE_SIZE[accessor.type];
  const values = new Float64Array(count * size);
  const read = (
    view: number,
    offset: number,
    elements: number,
    type: number,
    width: number,
  ): Float64Array => {
    const bytes = bytesOf(view);
    const tight = COMPONENT_BYTES[type] * width;
    const stride = Math.max(gltf.bufferViews[view].byteStride ?? tight, tight);
    const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const component = COMPONENT_READERS[type];
    const out = new Float64Array(elements * width);
    for (let i = 0; i < elements; i++)
      for (let k = 0; k < width; k++)
        out[i * width + k] = component(data, offset + i * stride + k * COMPONENT_BYTES[type]);
    return out;
  };
  if (accessor.bufferView !== undefined)
    values.set(read(accessor.bufferView, accessor.byteOffset, count, componentType, size));
  if (sparse) {
    const { indices, values: replaced } = sparse;
    const at = read(indices.bufferView, indices.byteOffset ?? 0, sparse.count, indices.componentType, 1);
    const by = read(replaced.bufferView, replaced.byteOffset ?? 0, sparse.count, componentType, size);
    at.forEach((element, i) => {
      if (element < count) values.set(by.subarray(i * size, (i + 1) * size), element * size);
    });
  }
  const largest = LARGEST[componentType];
  if (normalized && largest)
    for (let i = 0; i < values.length; i++) values[i] = Math.max(values[i] / largest, -1);
  return values;
}

/** Buffer views below an accessor, after a check that what it reads lies inside them. */
function viewsOf(gltf: GltfJson, index: number, file: string): number[] {
  const fail = (what: string): GaitwayError =>
    new GaitwayError('gltf/bad-accessor', `${file}: accessor ${index} ${what}.`, { file, accessor: index });
  const accessor = gltf.accessors[index];
  if (!accessor) throw fail('is referred to but not there');
  const bytes = COMPONENT_BYTES[accessor.componentType];
  const size = TYPE_SIZE[accessor.type];
  if (!bytes || !size)
    throw fail(`has the type ${accessor.type} of ${accessor.componentType}, which is unknown`);
  if (accessor.count > MOST_ELEMENTS) throw fail(`announces ${accessor.count} elements`);
  const inside = (view: number, offset: number, count: number, width: number): number => {
    const facts = gltf.bufferViews[view];
    if (!facts) throw fail(`lies in buffer view ${view}, which is not there`);
    const compressed = MESHOPT.find((extension) => facts.extensions?.[extension]);
    if (compressed) {
      throw new GaitwayError(
        'gltf/needs-decoder',
        `${file} holds its animation compressed with ${compressed}, for which no decoder is built in; export it without compression.`,
        { file, extension: compressed },
      );
    }
    const stride = facts.byteStride && facts.byteStride >= width ? facts.byteStride : width;
    const end = count === 0 ? 0 : offset + (count - 1) * stride + width;
    if (end > facts.byteLength)
      throw fail(`reads up to byte ${end} of buffer view ${view}, which has ${facts.byteLength}`);
    return view;
  };
  const views: number[] = [];
  if (accessor.bufferView !== undefined)
    views.push(inside(accessor.bufferView, accessor.byteOffset, accessor.count, bytes * size));
  const { sparse } = accessor;
  if (sparse) {
    const indexBytes = COMPONENT_BYTES[sparse.indices.componentType];
    if (!indexBytes || sparse.count > accessor.count) throw fail('has a sparse part that does not fit');
    views.push(inside(sparse.indices.bufferView, sparse.indices.byteOffset ?? 0, sparse.count, indexBytes));
    views.push(inside(sparse.values.bufferView, sparse.values.byteOffset ?? 0, sparse.count, bytes * size));
  }
  return views;
}

function checkView(
  gltf: GltfJson,
  index: number,
  buffers: ReadonlyMap<number, Uint8Array>,
  file: string,
): void {
  const view = gltf.bufferViews[index];
  const room = buffers.get(view.buffer)?.length ?? 0;
  if (view.byteOffset + view.byteLength > room) {
    throw new GaitwayError(
      'gltf/bad-accessor',
      `${file}: buffer view ${index} reaches to byte ${view.byteOffset + view.byteLength} of a buffer of ${room}.`,
      { file, bufferView: index },
    );
  }
}
