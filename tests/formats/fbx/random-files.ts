import { type Random, seededRandom } from '../../../src/math/random.js';
import { arm, type FeatureFile } from './feature-files.js';
import type { Key } from './made-ascii.js';

const FRAMES = 120;
const [CUBIC, TCB, WEIGHTED_RIGHT, WEIGHTED_NEXT_LEFT] = [0x8, 0x200, 0x1000000, 0x2000000];

/** Constant, linear, automatic, clamped, user, TCB and broken keys, and flags that name no tangents. */
const KINDS = [
  0x2, 0x102, 0x4, 0x8, 0x108, 0x1108, 0x2108, 0x3108, 0x6108, 0x7108, 0x208, 0x408, 0x508, 0x808, 0x908,
  0x2908, 0xa08, 0xc08,
];

/** A file whose arm turns about one axis by a curve of random keys. */
export function randomCurve(seed: number): FeatureFile {
  return arm(`random curve ${seed}`, { turn: [randomKeys(seed)], rateHz: 60 });
}

/** Keys of any kinds at any frames. */
function randomKeys(seed: number): Key[] {
  const random = seededRandom(seed);
  const turn: Key[] = [];
  const begin = random.below(2) * random.below(30);
  for (let at = begin; at <= FRAMES; at += 6 + random.below(30))
    turn.push(randomKey(random, at, turn.at(-1)));
  return turn;
}

function randomKey(random: Random, frame: number, before: Key | undefined): Key {
  const kind = KINDS[random.below(KINDS.length)];
  const isTcb = (kind & CUBIC) !== 0 && (kind & TCB) !== 0;
  const isWeighted = (kind & CUBIC) !== 0 && !isTcb;
  const within = (most: number): number => (random.uniform() < 0.3 ? 0 : most * (2 * random.uniform() - 1));
  const weight = (flag: number): number => (isWeighted && random.uniform() < 0.2 ? flag : 0);
  return {
    at: frame / 60,
    value: before && random.uniform() < 0.15 ? before.value : random.below(80) - 40,
    flags: kind | weight(WEIGHTED_RIGHT) | weight(WEIGHTED_NEXT_LEFT),
    data: [
      within(isTcb ? 1 : 50),
      within(isTcb ? 1 : 50),
      isTcb ? within(1) : [500 + random.below(9000), 500 + random.below(9000)],
      0,
    ],
  };
}
