const MOST = 65504;
/** Smallest number that float16 holds with all its digits, and the steps below it. */
const LEAST_NORMAL = 2 ** -14;
const LEAST_STEP = 2 ** -24;

/** The bits of the nearest float16 (IEEE 754 binary16), ties to even; what is too large becomes the largest finite one. */
export function toFloat16(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.min(Math.abs(value), MOST);
  if (size < LEAST_NORMAL) return sign | roundToEven(size / LEAST_STEP);
  const exponent = Math.floor(Math.log2(size));
  // Digits that round up to 1024 carry into the exponent, as they should.
  return sign | (((exponent + 15) << 10) + roundToEven((size / 2 ** exponent - 1) * 1024));
}

/** The number that the bits of a float16 stand for. */
export function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const digits = bits & 1023;
  if (exponent === 31) return digits === 0 ? sign * Infinity : Number.NaN;
  return sign * (exponent === 0 ? digits * LEAST_STEP : (1 + digits / 1024) * 2 ** (exponent - 15));
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const over = value - below;
  return below + (over > 0.5 || (over === 0.5 && below % 2 === 1) ? 1 : 0);
}
