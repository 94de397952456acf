/** glTF: the container, its JSON and its binary, each with lies of its own. */
import { JSON_MUTATORS, nestDeep } from './json.mjs';
import { chance, few, NASTY_NUMBERS, pick } from './pick.mjs';

const FLOATS = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3e38, -3e38, 1e-40, 0];

/** A file as `{glb, json, binary}`. */
function splitFile(bytes) {
  if (bytes.toString('latin1', 0, 4) !== 'glTF')
    return { glb: false, json: JSON.parse(bytes.toString('utf8')) };
  const length = bytes.readUInt32LE(12);
  const json = JSON.parse(bytes.toString('utf8', 20, 20 + length));
  const at = 20 + length;
  return { glb: true, json, ...(at + 8 <= bytes.length && { binary: bytes.subarray(at + 8) }) };
}

const padded = (bytes, fill) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4, fill)]);

function chunk(kind, bytes, length = bytes.length) {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(length >>> 0);
  head.write(kind, 4, 'latin1');
  return Buffer.concat([head, bytes]);
}

/** Puts a file together; `lengths` may lie. */
function joinFile({ glb, binary }, text, lengths = {}) {
  if (!glb) return Buffer.from(text);
  const chunks = [chunk('JSON', padded(Buffer.from(text), 0x20), lengths.json)];
  if (binary) chunks.push(chunk('BIN\0', padded(binary, 0), lengths.binary));
  const body = Buffer.concat(chunks);
  const head = Buffer.alloc(12);
  head.write('glTF');
  head.writeUInt32LE(lengths.version ?? 2, 4);
  head.writeUInt32LE((lengths.all ?? 12 + body.length) >>> 0, 8);
  return Buffer.concat([head, body]);
}

/** Damage of the tree that only means something in glTF, in place. */
const TREE_MUTATORS = {
  ...JSON_MUTATORS,
  'nodes in a ring': ({ nodes }, random) => {
    if (!nodes?.length) return;
    for (let n = few(random, 3); n > 0; n--) {
      const node = pick(random, nodes);
      node.children = [...(node.children ?? []), random.below(nodes.length)];
    }
  },
  'nodes in a chain': (json, random) => {
    if (!json.nodes?.length) return;
    const count = few(random, 20_000);
    const first = json.nodes.length;
    const tail = random.below(first);
    json.nodes[tail].children = [...(json.nodes[tail].children ?? []), first];
    for (let n = 0; n < count; n++)
      json.nodes.push({ name: 'n', ...(n + 1 < count && { children: [first + n + 1] }) });
  },
  'accessor lies': ({ accessors }, random) => {
    if (!accessors?.length) return;
    const accessor = pick(random, accessors);
    const key = pick(random, [
      'count',
      'byteOffset',
      'bufferView',
      'componentType',
      'type',
      'sparse',
      'normalized',
    ]);
    accessor[key] =
      key === 'type'
        ? pick(random, ['SCALAR', 'VEC2', 'VEC3', 'VEC4', 'MAT4', 'MAT9', 1])
        : key === 'componentType'
          ? pick(random, [5120, 5121, 5122, 5123, 5125, 5126, 5124, 0])
          : key === 'sparse'
            ? {
                count: pick(random, NASTY_NUMBERS),
                indices: { bufferView: random.below(4), componentType: pick(random, [5121, 5123, 5125, 9]) },
                values: { bufferView: random.below(4), byteOffset: pick(random, NASTY_NUMBERS) },
              }
            : key === 'normalized'
              ? true
              : pick(random, NASTY_NUMBERS);
  },
  'view lies': ({ bufferViews }, random) => {
    if (!bufferViews?.length) return;
    pick(random, bufferViews)[pick(random, ['byteLength', 'byteOffset', 'byteStride', 'buffer'])] = pick(
      random,
      NASTY_NUMBERS,
    );
  },
  'buffer lies': ({ buffers }, random) => {
    if (!buffers?.length) return;
    const buffer = pick(random, buffers);
    if (chance(random, 0.5)) buffer.byteLength = pick(random, NASTY_NUMBERS);
    else
      buffer.uri = pick(random, [
        '',
        'data:,',
        'data:;base64,AA',
        'data:;base64,????',
        '../x',
        'http://x/',
        '\0',
      ]);
  },
  'samplers exchanged': ({ animations }, random) => {
    const channels = animations?.flatMap((animation) => animation.channels ?? []) ?? [];
    if (channels.length === 0) return;
    for (let n = few(random, 5); n > 0; n--) {
      const channel = pick(random, channels);
      if (chance(random, 0.5)) channel.sampler = random.below(channels.length + 1);
      else if (channel.target)
        Object.assign(channel.target, {
          node: random.below(40),
          path: pick(random, ['translation', 'rotation', 'scale', 'weights', 'x']),
        });
    }
  },
  'interpolation changed': ({ animations }, random) => {
    const samplers = animations?.flatMap((animation) => animation.samplers ?? []) ?? [];
    if (samplers.length > 0)
      pick(random, samplers).interpolation = pick(random, ['STEP', 'LINEAR', 'CUBICSPLINE', 'x', 1]);
  },
};

/** Times or values in the binary that are no numbers, or none that a clip can hold. */
function spoilFloats(binary, random) {
  const out = Buffer.from(binary);
  for (let n = few(random, 30); n > 0 && out.length >= 4; n--)
    out.writeFloatLE(pick(random, FLOATS), 4 * random.below(Math.floor(out.length / 4)));
  return out;
}

const inTree = (mutate) => (bytes, random) => {
  const parts = splitFile(bytes);
  mutate(parts.json, random);
  return joinFile(parts, JSON.stringify(parts.json));
};

export const GLTF_MUTATORS = {
  ...Object.fromEntries(Object.entries(TREE_MUTATORS).map(([name, mutate]) => [name, inTree(mutate)])),
  'JSON nested deep': (bytes, random) => {
    const parts = splitFile(bytes);
    return joinFile(parts, nestDeep(JSON.stringify(parts.json), random));
  },
  'floats spoilt': (bytes, random) => {
    const parts = splitFile(bytes);
    if (!parts.binary) return bytes;
    return joinFile({ ...parts, binary: spoilFloats(parts.binary, random) }, JSON.stringify(parts.json));
  },
  'chunk lengths lie': (bytes, random) => {
    const parts = splitFile(bytes);
    const lie = () => (chance(random, 0.5) ? pick(random, NASTY_NUMBERS) : random.below(2 * bytes.length));
    const lengths = {
      [pick(random, ['json', 'binary', 'all', 'version'])]: Math.abs(Math.trunc(lie())) % 2 ** 32,
    };
    return joinFile({ ...parts, glb: true }, JSON.stringify(parts.json), lengths);
  },
};
