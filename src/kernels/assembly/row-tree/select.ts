/** The number that would stand at place `k` if the `count` numbers at `at` were sorted; moves them about. */
export function select(at: usize, count: i32, k: i32): f32 {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const first = load<f32>(at + ((<usize>low) << 2));
    const middle = load<f32>(at + ((<usize>((low + high) >> 1)) << 2));
    const last = load<f32>(at + ((<usize>high) << 2));
    const pivot = max(min(first, middle), min(max(first, middle), last));
    let i = low;
    let j = high;
    while (i <= j) {
      while (load<f32>(at + ((<usize>i) << 2)) < pivot) i++;
      while (load<f32>(at + ((<usize>j) << 2)) > pivot) j--;
      if (i > j) break;
      const kept = load<f32>(at + ((<usize>i) << 2));
      store<f32>(at + ((<usize>i) << 2), load<f32>(at + ((<usize>j) << 2)));
      store<f32>(at + ((<usize>j) << 2), kept);
      i++;
      j--;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return load<f32>(at + ((<usize>k) << 2));
}
