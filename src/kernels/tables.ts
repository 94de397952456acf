const { fround } = Math;

/** `out[i] = max(input[i], 0)`. */
export function maxWithZero(floats: Float32Array, input: number, count: number, out: number): void {
  for (let i = 0; i < count; i++) floats[out + i] = Math.max(floats[input + i], 0);
}

/** `out[i] = a[i] + share · b[i]`, in float32. */
export function addTables(
  floats: Float32Array,
  a: number,
  b: number,
  share: number,
  count: number,
  out: number,
): void {
  const factor = fround(share);
  for (let i = 0; i < count; i++) floats[out + i] = floats[a + i] + fround(factor * floats[b + i]);
}

/** Copies a table [rows, columns] into one whose rows begin `stride` numbers apart. */
export function placeColumns(
  floats: Float32Array,
  input: number,
  rows: number,
  columns: number,
  out: number,
  stride: number,
): void {
  for (let row = 0; row < rows; row++) {
    const from = input + row * columns;
    floats.copyWithin(out + row * stride, from, from + columns);
  }
}
