/** A job for the tests: halves a number, refuses odd ones. */
export async function halve(n) {
  if (n % 2 !== 0) throw new Error(`${n} is odd`);
  return n / 2;
}
