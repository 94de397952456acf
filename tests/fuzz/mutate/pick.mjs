/** Choices of a seeded generator (math/random.ts) that all mutators make. */

/** Numbers on which readers stumble: edges of integer types, counts that no file has, denormals, signs. */
export const NASTY_NUMBERS = [
  ...[0, -0, -1, 1, 2, 3, 0.5, -0.5, 127, 128, 255, 256, 32767, 65535, 65536],
  ...[2 ** 24 + 1, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), 2 ** 32 - 1, 2 ** 32, 2 ** 53, -(2 ** 53)],
  ...[1e9, 1e15, 1e38, 1e300, -1e300, 1e-30, 5e-324, 46186158000, 141120000],
];

export const pick = (random, list) => list[random.below(list.length)];

export const chance = (random, share) => random.uniform() < share;

/** A whole number from 1 to `most`, small ones far more often. */
export const few = (random, most) => Math.max(1, Math.floor(most ** random.uniform()));

/** Two places in 0..length, the first not after the second and seldom far before it. */
export function span(random, length) {
  const from = random.below(length + 1);
  return [from, Math.min(length, from + few(random, Math.max(1, length)))];
}
