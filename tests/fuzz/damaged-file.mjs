import { seededRandom } from '../../dist/math/random.js';
import { FORMATS } from './formats.mjs';

/** The damaged file of a format, seed and number: the same every time. */
export function damagedFile(format, { small, large }, seed, index) {
  const random = seededRandom(seed * 1_000_003 + index);
  for (let n = 0; n < 8; n++) random.uniform();
  const list = large.length > 0 && random.below(50) === 0 ? large : small;
  const source = list[random.below(list.length)];
  let bytes = FORMATS[format].mutate(source.bytes, random);
  if (random.below(4) === 0 && bytes.length > 0) bytes = FORMATS[format].mutate(bytes, random);
  return { name: source.name, bytes };
}
