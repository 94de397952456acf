/**
 * The number that would stand at place `k` if `numbers` were sorted; moves them about.
 *
 * @see C. A. R. Hoare, "Algorithm 65: Find" (1961); the pivot is the median of first, middle and last.
 */
export function select(numbers: Float32Array, k: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const first = numbers[low];
    const middle = numbers[(low + high) >> 1];
    const last = numbers[high];
    const pivot = Math.max(Math.min(first, middle), Math.min(Math.max(first, middle), last));
    let i = low;
    let j = high;
    while (i <= j) {
      while (numbers[i] < pivot) i++;
      while (numbers[j] > pivot) j--;
      if (i > j) break;
      const kept = numbers[i];
      numbers[i++] = numbers[j];
      numbers[j--] = kept;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return numbers[k];
}
