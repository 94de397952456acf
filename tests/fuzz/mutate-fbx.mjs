import { mutateBytes } from './mutate-bytes.mjs';
import { mutateText } from './mutate-text.mjs';

const pick = (random, list) => list[random.below(list.length)];
const KEYWORDS = [
  'Objects: {',
  '}',
  '*5 {',
  'a: 1,2',
  'Connections: {',
  'C: "OO",1,1',
  'KeyTime: *2 {',
  ';',
  '"',
];
const SIZES = [0, 1, 2, 3, 255, 65_535, 0x7fffffff, 0xffffffff];

/** Damage to an FBX file: headers of nodes and arrays that lie, ids that close circles, or words of an ASCII file. */
export function mutateFbx(bytes, random) {
  const isBinary = bytes[0] === 0x4b && bytes[1] === 0x61 && bytes[20] === 0;
  if (!isBinary) return mutateText(bytes, random, { nesting: 'A: {\n', keywords: KEYWORDS });
  if (random.below(3) === 0) return mutateBytes(bytes, random);
  const copy = Uint8Array.from(bytes);
  const view = new DataView(copy.buffer);
  const found = walk(view);
  if (found.nodes.length === 0) return mutateBytes(bytes, random);
  for (let n = 1 + random.below(3); n > 0; n--) {
    const way = random.below(5);
    if (way === 0 && found.arrays.length > 0) lieInArray(view, pick(random, found.arrays), random);
    else if (way <= 2 && found.ids.length > 1) {
      // One object's id where another's stood: circles, lost and doubled connections.
      const [to, from] = [pick(random, found.ids), pick(random, found.ids)];
      view.setBigInt64(to, view.getBigInt64(from, true), true);
    } else lieInNode(view, pick(random, found.nodes), found.isWide, random);
  }
  return copy;
}

function lieInNode(view, at, isWide, random) {
  const field = random.below(3);
  const old = view.getUint32(at + (isWide ? 8 : 4) * field, true);
  const value = random.below(2) === 0 ? old + random.below(65) - 32 : pick(random, SIZES);
  view.setUint32(at + (isWide ? 8 : 4) * field, value >>> 0, true);
}

function lieInArray(view, at, random) {
  const field = random.below(3);
  const value = field === 1 ? random.below(3) : pick(random, SIZES);
  view.setUint32(at + 1 + 4 * field, value >>> 0, true);
}

/** Where nodes, arrays and 64-bit integers stand. */
function walk(view) {
  const found = { nodes: [], arrays: [], ids: [], isWide: view.getUint32(23, true) >= 7500 };
  const headSize = found.isWide ? 25 : 13;
  const size = (at, field) =>
    found.isWide ? Number(view.getBigUint64(at + 8 * field, true)) : view.getUint32(at + 4 * field, true);
  const visit = (from, limit, depth) => {
    for (let at = from; at + headSize <= limit && depth < 20; ) {
      const end = size(at, 0);
      if (end === 0 || end > limit) return;
      found.nodes.push(at);
      const values = at + headSize + view.getUint8(at + headSize - 1);
      values + size(at, 2) <= end && noteValues(view, values, values + size(at, 2), found);
      visit(values + size(at, 2), end, depth + 1);
      at = end;
    }
  };
  visit(27, view.byteLength, 0);
  return found;
}

const FIXED = { Y: 2, C: 1, Z: 1, I: 4, F: 4, D: 8, L: 8 };

function noteValues(view, from, to, found) {
  for (let at = from; at < to; ) {
    const kind = String.fromCharCode(view.getUint8(at));
    if (kind === 'L' && at + 9 <= to) found.ids.push(at + 1);
    if (FIXED[kind]) at += 1 + FIXED[kind];
    else if (kind === 'S' || kind === 'R') at += 5 + view.getUint32(at + 1, true);
    else if ('fdlibc'.includes(kind)) {
      found.arrays.push(at);
      return;
    } else return;
  }
}
