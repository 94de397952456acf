/** Lies and damage that only a binary FBX file can hold. */
import { ELEMENT_BYTES, readTree, writeTree } from './fbx-tree.mjs';
import { chance, few, NASTY_NUMBERS, pick } from './pick.mjs';

const FLOATS = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  3e38,
  -3e38,
  1e-40,
  0,
  360,
  -1e9,
];

/** All nodes with the list that each is in. */
function everyNode(roots) {
  const all = [];
  const work = roots.map((node) => ({ node, list: roots }));
  while (work.length > 0) {
    const place = work.pop();
    all.push(place);
    for (const child of place.node.children) work.push({ node: child, list: place.node.children });
  }
  return all;
}

const named = (roots, name) => everyNode(roots).filter(({ node }) => node.name === name);

const int64 = (value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt.asIntN(64, BigInt(Math.trunc(value))));
  return bytes;
};

/** A value of a random type. */
function strayValue(random) {
  const number = pick(random, NASTY_NUMBERS);
  const real = Buffer.alloc(8);
  real.writeDoubleLE(chance(random, 0.3) ? pick(random, FLOATS) : number);
  const whole = Buffer.alloc(4);
  whole.writeInt32LE(number | 0);
  return pick(random, [
    { type: 'D', bytes: real },
    { type: 'L', bytes: int64(number) },
    { type: 'I', bytes: whole },
    { type: 'C', bytes: Buffer.from([random.below(256)]) },
    {
      type: 'S',
      bytes: Buffer.from(pick(random, ['', 'x', 'a\0\x01Model', 'OO', 'OP', 'd|X', 'Lcl Rotation'])),
    },
    { type: 'R', bytes: Buffer.alloc(random.below(20)) },
    { type: 'd', bytes: real },
    { type: 'l', bytes: Buffer.concat([int64(number), int64(1)]) },
  ]);
}

const arraysOf = (nodes) =>
  everyNode(nodes).flatMap(({ node }) => node.values.filter(({ type }) => type in ELEMENT_BYTES));

function spoilArray(value, random) {
  const bytes = Buffer.from(value.bytes);
  const size = ELEMENT_BYTES[value.type];
  const count = Math.floor(bytes.length / size);
  for (let n = few(random, 20); n > 0 && count > 0; n--) {
    const at = size * random.below(count);
    if (value.type === 'd') bytes.writeDoubleLE(pick(random, FLOATS), at);
    else if (value.type === 'f') bytes.writeFloatLE(pick(random, FLOATS), at);
    else if (value.type === 'l') int64(pick(random, NASTY_NUMBERS)).copy(bytes, at);
    else if (value.type === 'i') bytes.writeInt32LE(pick(random, NASTY_NUMBERS) | 0, at);
    else bytes[at] = random.below(256);
  }
  value.bytes = bytes;
}

/** Damage of the tree, in place. */
const TREE_MUTATORS = {
  'values of other kinds': ({ nodes }, random) => {
    const filled = everyNode(nodes).filter(({ node }) => node.values.length > 0);
    for (let n = few(random, 4); n > 0 && filled.length > 0; n--) {
      const { values } = pick(random, filled).node;
      values[random.below(values.length)] = strayValue(random);
    }
  },
  'values left out or added': ({ nodes }, random) => {
    const { node } = pick(random, everyNode(nodes));
    if (chance(random, 0.5)) node.values.splice(random.below(node.values.length + 1), 1);
    else node.values.push(...Array.from({ length: few(random, 2000) }, () => strayValue(random)));
  },
  'nodes left out': ({ nodes }, random) => {
    for (let n = few(random, 4); n > 0; n--) {
      const all = everyNode(nodes);
      if (all.length === 0) return;
      const { node, list } = pick(random, all);
      list.splice(list.indexOf(node), 1);
    }
  },
  'nodes doubled': ({ nodes }, random) => {
    const { node, list } = pick(random, everyNode(nodes));
    for (let n = few(random, 3000); n > 0; n--)
      list.push(node.children.length > 30 ? { ...node, children: [] } : node);
  },
  'nodes exchanged': ({ nodes }, random) => {
    const [a, b] = [pick(random, everyNode(nodes)).node, pick(random, everyNode(nodes)).node];
    [a.values, b.values] = [b.values, a.values];
    if (chance(random, 0.3)) [a.name, b.name] = [b.name, a.name];
  },
  'nodes nested deep': ({ nodes }, random) => {
    const { node } = pick(random, everyNode(nodes));
    let deep = { name: node.name, values: node.values, children: [] };
    for (let n = few(random, 20_000); n > 0; n--) deep = { name: 'N', values: [], children: [deep] };
    node.children = [...node.children, deep];
  },
  'connections in a ring': ({ nodes }, random) => {
    const links = named(nodes, 'C').filter(({ node }) => node.values.length >= 3);
    for (let n = few(random, 6); n > 0 && links.length > 0; n--) {
      const { values } = pick(random, links).node;
      const other = pick(random, links).node.values;
      values[1 + random.below(2)] = other[1 + random.below(2)];
    }
  },
  'connections turned round': ({ nodes }, random) => {
    for (const { node } of named(nodes, 'C'))
      if (node.values.length >= 3 && chance(random, 0.2))
        node.values = [node.values[0], node.values[2], node.values[1], ...node.values.slice(3)];
  },
  'properties changed': ({ nodes }, random) => {
    const all = named(nodes, 'P').filter(({ node }) => node.values.length > 4);
    for (let n = few(random, 8); n > 0 && all.length > 0; n--) {
      const { values } = pick(random, all).node;
      values[4 + random.below(values.length - 4)] = strayValue(random);
    }
  },
  'arrays spoilt': ({ nodes }, random) => {
    const arrays = arraysOf(nodes);
    for (let n = few(random, 5); n > 0 && arrays.length > 0; n--) spoilArray(pick(random, arrays), random);
  },
  'arrays shorter': ({ nodes }, random) => {
    const arrays = arraysOf(nodes);
    if (arrays.length === 0) return;
    const value = pick(random, arrays);
    value.bytes = value.bytes.subarray(0, random.below(value.bytes.length + 1));
  },
  'array lengths lie': ({ nodes }, random) => {
    const arrays = arraysOf(nodes);
    if (arrays.length === 0) return;
    pick(random, arrays).lie = {
      [pick(random, ['count', 'encoding', 'length'])]:
        Math.abs(Math.trunc(pick(random, NASTY_NUMBERS))) % 2 ** 32,
    };
  },
  'array that unpacks huge': ({ nodes }, random) => {
    const arrays = arraysOf(nodes);
    if (arrays.length > 0) pick(random, arrays).bytes = Buffer.alloc(few(random, 5e7));
  },
  'version changed': (tree, random) => {
    tree.head = Buffer.from(tree.head);
    tree.head.writeUInt32LE(
      pick(random, [0, 2000, 6100, 7000, 7300, 7499, 7500, 7700, 9999, 2 ** 32 - 1]),
      23,
    );
  },
  'byte order changed': (tree) => {
    tree.head = Buffer.from(tree.head);
    tree.head[22] ^= 1;
  },
};

export const FBX_MUTATORS = {
  ...Object.fromEntries(
    Object.entries(TREE_MUTATORS).map(([name, mutate]) => [
      name,
      (bytes, random) => {
        const tree = readTree(bytes);
        if (tree.nodes.length > 0) mutate(tree, random);
        return writeTree(tree).bytes;
      },
    ]),
  ),
  'node lengths lie': (input, random) => {
    const { bytes, lengths, wide } = writeTree(readTree(input));
    for (let n = few(random, 3); n > 0 && lengths.length > 0; n--) {
      const at = pick(random, lengths);
      const lie = chance(random, 0.5)
        ? random.below(2 * bytes.length)
        : Math.abs(Math.trunc(pick(random, NASTY_NUMBERS)));
      if (wide) bytes.writeBigUInt64LE(BigInt(lie), at);
      else bytes.writeUInt32LE(lie % 2 ** 32, at);
    }
    return bytes;
  },
};
