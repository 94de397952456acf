const { fround } = Math;

/**
 * Squared distance of `count` numbers of `a` from `aAt` on and of `b` from `bAt` on, in float32.
 *
 * The sum is kept in eight lanes, k mod 8, and added up as the vector unit does; `count` is a multiple of four.
 */
export function squaredDistance(
  a: Float32Array,
  aAt: number,
  b: Float32Array,
  bAt: number,
  count: number,
): number {
  const lane = (from: number): number => {
    let sum = 0;
    for (let k = from; k < count; k += 8) {
      const difference = fround(a[aAt + k] - b[bAt + k]);
      sum = fround(sum + fround(difference * difference));
    }
    return sum;
  };
  const quarter = (k: number): number => fround(lane(k) + lane(k + 4));
  return fround(fround(quarter(0) + quarter(2)) + fround(quarter(1) + quarter(3)));
}

/** Relative error of such a distance of so many columns, generously. */
export const distanceRounding = (columnCount: number): number => fround(fround(columnCount + 16) * 2 ** -23);
