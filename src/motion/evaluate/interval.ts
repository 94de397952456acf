import { seededRandom } from '../../math/random.js';

const DRAWS = 1000;
const SEED = 7;

/**
 * 95 % interval of the mean of `values`, by drawing whole groups anew 1,000 times (seeded).
 *
 * Queries of one clip resemble each other, so the clips are drawn and not the queries.
 *
 * @see B. Efron, R. Tibshirani, "An Introduction to the Bootstrap" (1993), ch. 13 (percentile interval).
 */
export function intervalByGroup(values: Float64Array, groups: Int32Array): [low: number, high: number] {
  const sums = new Map<number, { sum: number; count: number }>();
  values.forEach((value, i) => {
    const own = sums.get(groups[i]) ?? { sum: 0, count: 0 };
    sums.set(groups[i], { sum: own.sum + value, count: own.count + 1 });
  });
  const all = [...sums.values()];
  const random = seededRandom(SEED);
  const means = Float64Array.from({ length: DRAWS }, () => {
    let sum = 0;
    let count = 0;
    for (let k = 0; k < all.length; k++) {
      const drawn = all[random.below(all.length)];
      sum += drawn.sum;
      count += drawn.count;
    }
    return sum / count;
  }).sort();
  return [means[0.025 * DRAWS], means[0.975 * DRAWS - 1]];
}
