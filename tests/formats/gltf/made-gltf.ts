/** A glTF's JSON, written by hand in the tests. */
export type Json = Record<string, unknown>;

export interface Sampler {
  readonly times: readonly number[];
  readonly values: readonly number[];
  readonly interpolation?: string;
}

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/**
 * A root with an arm half a metre above it, whose `path` an animation moves; `buffer` tells where its
 * numbers lie.
 */
export function armGltf(
  path: 'rotation' | 'translation' | 'scale',
  { times, values, interpolation }: Sampler,
  buffer: (bytes: Uint8Array) => Json = (bytes) => ({
    uri: `data:application/octet-stream;base64,${base64(bytes)}`,
  }),
): Json {
  const numbers = Float32Array.from([...times, ...values]);
  const bytes = new Uint8Array(numbers.buffer);
  return {
    asset: { version: '2.0' },
    scenes: [{ nodes: [0] }],
    nodes: [
      { name: 'root', children: [1] },
      { name: 'arm', translation: [0, 0.5, 0], children: [2] },
      { name: 'tip', translation: [1, 0, 0] },
    ],
    skins: [{ joints: [0, 1, 2] }],
    animations: [
      {
        name: 'move',
        channels: [{ sampler: 0, target: { node: 1, path } }],
        samplers: [{ input: 0, output: 1, ...(interpolation && { interpolation }) }],
      },
    ],
    buffers: [{ byteLength: bytes.length, ...buffer(bytes) }],
    bufferViews: [
      { buffer: 0, byteLength: 4 * times.length },
      { buffer: 0, byteOffset: 4 * times.length, byteLength: 4 * values.length },
    ],
    accessors: [
      { bufferView: 0, componentType: 5126, count: times.length, type: 'SCALAR' },
      {
        bufferView: 1,
        componentType: 5126,
        count: values.length / (path === 'rotation' ? 4 : 3),
        type: path === 'rotation' ? 'VEC4' : 'VEC3',
      },
    ],
  };
}

export const gltfBytes = (json: Json): Uint8Array => new TextEncoder().encode(JSON.stringify(json));
