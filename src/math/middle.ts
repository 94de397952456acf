/**
 * The number that stands at place `rank` once the values are sorted, from 0; what lies before it is then no larger, and
 * what lies behind no smaller. Values are finite; nothing where there is none at that place.
 *
 * @see C. A. R. Hoare, "Algorithm 65: Find" (1961); the pivot is the median of first, middle and last.
 */
export function ranked(values: Float32Array | Float64Array, rank: number): number | undefined {
  let first = 0;
  let last = values.length - 1;
  while (first < last) {
    const [low, middle, high] = [values[first], values[(first + last) >> 1], values[last]];
    const pivot = Math.max(Math.min(low, middle), Math.min(Math.max(low, middle), high));
    let i = first;
    let j = last;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const value = values[i];
      values[i++] = values[j];
      values[j--] = value;
    }
    if (rank <= j) last = j;
    else if (rank >= i) first = i;
    else break;
  }
  return values[rank];
}

/** The upper of the middle values; the values are left in another order. Nothing where there are none. */
export const middleOf = (values: Float64Array): number | undefined => ranked(values, values.length >> 1);
