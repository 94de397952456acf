/** Bytes of `count` numbers. */
export function bytesOf(count: i32): usize {
  return (<usize>count) << 2;
}

/** `out[i] = max(input[i], 0)`. */
export function maxWithZero(input: i32, count: i32, out: i32): void {
  let from = bytesOf(input);
  let to = bytesOf(out);
  const end = to + bytesOf(count);
  const zero = f32x4.splat(0);
  for (; to < end; to += 16, from += 16) v128.store(to, f32x4.max(v128.load(from), zero));
}

/** `out[i] = a[i] + share · b[i]`. */
export function addTables(a: i32, b: i32, share: f32, count: i32, out: i32): void {
  let first = bytesOf(a);
  let second = bytesOf(b);
  let to = bytesOf(out);
  const end = to + bytesOf(count);
  const factor = f32x4.splat(share);
  for (; to < end; to += 16, first += 16, second += 16)
    v128.store(to, f32x4.add(v128.load(first), f32x4.mul(factor, v128.load(second))));
}

/** Copies a table [rows, columns] into one whose rows begin `stride` numbers apart. */
export function placeColumns(input: i32, rows: i32, columns: i32, out: i32, stride: i32): void {
  for (let row = 0; row < rows; row++)
    memory.copy(bytesOf(out + row * stride), bytesOf(input + row * columns), bytesOf(columns));
}
