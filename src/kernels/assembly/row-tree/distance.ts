/** Sum of the four lanes, (0 + 2) + (1 + 3). */
export function sumOfLanes(lanes: v128): f32 {
  const pairs = f32x4.add(
    lanes,
    i8x16.shuffle(lanes, lanes, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7),
  );
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** Squared distance of two rows of `bytes` bytes, a multiple of 16. */
export function squaredDistance(a: usize, b: usize, bytes: usize): f32 {
  let even = f32x4.splat(0);
  let odd = f32x4.splat(0);
  const end = a + bytes;
  while (a + 32 <= end) {
    const first = f32x4.sub(v128.load(a), v128.load(b));
    const second = f32x4.sub(v128.load(a, 16), v128.load(b, 16));
    even = f32x4.add(even, f32x4.mul(first, first));
    odd = f32x4.add(odd, f32x4.mul(second, second));
    a += 32;
    b += 32;
  }
  if (a < end) {
    const last = f32x4.sub(v128.load(a), v128.load(b));
    even = f32x4.add(even, f32x4.mul(last, last));
  }
  return sumOfLanes(f32x4.add(even, odd));
}
