/** One damaged file of a format, told by seed and number alone. */
import { seededRandom } from '../../dist/math/random.js';
import { BVH_MUTATORS } from './mutate/bvh.mjs';
import { BYTE_MUTATORS } from './mutate/bytes.mjs';
import { FBX_MUTATORS } from './mutate/fbx.mjs';
import { isBinary } from './mutate/fbx-tree.mjs';
import { GLTF_MUTATORS } from './mutate/gltf.mjs';
import { GWCLIP_MUTATORS } from './mutate/gwclip.mjs';
import { chance, few, pick } from './mutate/pick.mjs';
import { TEXT_MUTATORS } from './mutate/text.mjs';

export const FORMATS = ['bvh', 'fbx', 'gltf', 'gwclip'];

const MOST_BYTES = 64 * 2 ** 20;
/** Share of inputs that are made from a large file. */
const LARGE_SHARE = 0.02;

/** Mutators of texts as ones of bytes. */
const onText = (mutators) =>
  Object.fromEntries(
    Object.entries(mutators).map(([name, mutate]) => [
      name,
      (bytes, random) => Buffer.from(mutate(bytes.toString('latin1'), random), 'latin1'),
    ]),
  );
const TEXT = onText(TEXT_MUTATORS);
const BVH = onText(BVH_MUTATORS);

/** The sets of mutators that fit a file, the one that knows most of it first. */
function fitting(format, bytes) {
  if (format === 'bvh') return [BVH, TEXT, BYTE_MUTATORS];
  if (format === 'fbx') return isBinary(bytes) ? [FBX_MUTATORS, BYTE_MUTATORS] : [TEXT, BYTE_MUTATORS];
  if (format === 'gwclip') return [GWCLIP_MUTATORS, BYTE_MUTATORS];
  const isGlb = bytes.toString('latin1', 0, 4) === 'glTF';
  return isGlb ? [GLTF_MUTATORS, BYTE_MUTATORS] : [GLTF_MUTATORS, TEXT, BYTE_MUTATORS];
}

/**
 * Input number `index` of a format: its bytes, and in words the file that it was made from and what was done.
 *
 * Most inputs are changed in ways that only their format knows, so that readers get past their first checks;
 * damage of the bytes comes after that, or alone.
 */
export function makeInput(format, seeds, seed, index) {
  const random = seededRandom((Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0);
  const large = seeds.filter((file) => file.large);
  const small = seeds.filter((file) => !file.large);
  const { name, bytes: original } = pick(
    random,
    large.length > 0 && chance(random, LARGE_SHARE) ? large : small,
  );
  let bytes = Buffer.from(original);
  const changes = [];
  const change = (set) => {
    const what = pick(random, Object.keys(set));
    let changed;
    try {
      changed = set[what](bytes, random);
    } catch {
      // Earlier changes left nothing of the structure that this one needs.
      return;
    }
    if (changed.length > MOST_BYTES) return;
    bytes = changed;
    changes.push(what);
  };
  const [knowing, ...blunt] = fitting(format, bytes);
  if (chance(random, 0.75)) {
    for (let n = few(random, 4); n > 0; n--) change(knowing);
    if (chance(random, 0.15)) change(pick(random, blunt));
  } else for (let n = few(random, 3); n > 0; n--) change(pick(random, blunt));
  return { bytes, what: `${name}: ${changes.join(', ')}` };
}
