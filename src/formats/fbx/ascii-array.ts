import type { GaitwayError } from '../../errors.js';
import type { StoredArray } from './node.js';

const COMMA = 44;
const MINUS = 45;
const PLUS = 43;
const POINT = 46;
/** Powers of ten that a float64 holds exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));

/** The numbers between the braces of an array in an ASCII file. */
export class AsciiArray implements StoredArray {
  readonly from = 0;

  constructor(
    readonly memory: Uint8Array,
    private readonly claimed: number,
    private readonly damaged: (what: string) => GaitwayError,
  ) {}

  get to(): number {
    return this.memory.length;
  }

  decode(): Float64Array {
    const { memory: bytes, claimed } = this;
    // Two bytes make the shortest number, so the text bounds the room, whatever is claimed.
    const most = Math.ceil(bytes.length / 2) + 1;
    const out = new Float64Array(claimed >= 0 && claimed <= most ? claimed : most);
    let count = 0;
    let i = 0;
    for (;;) {
      while (i < bytes.length && (bytes[i] <= 32 || bytes[i] === COMMA)) i++;
      if (i >= bytes.length) break;
      const begin = i;
      const isNegative = bytes[i] === MINUS;
      if (isNegative || bytes[i] === PLUS) i++;
      let mantissa = 0;
      let digits = 0;
      let decimals = 0;
      for (let isPast = false; i < bytes.length; i++) {
        const digit = bytes[i] - 48;
        if (digit >= 0 && digit <= 9) {
          mantissa = mantissa * 10 + digit;
          digits++;
          if (isPast) decimals++;
        } else if (bytes[i] === POINT && !isPast) isPast = true;
        else break;
      }
      let exponent = 0;
      if ((bytes[i] | 32) === 101) {
        const isSmall = bytes[i + 1] === MINUS;
        for (i += isSmall || bytes[i + 1] === PLUS ? 2 : 1; bytes[i] >= 48 && bytes[i] <= 57; i++)
          exponent = Math.min(10 * exponent + bytes[i] - 48, 1000);
        if (isSmall) exponent = -exponent;
      }
      const power = exponent - decimals;
      const isPlain = i >= bytes.length || bytes[i] <= 32 || bytes[i] === COMMA;
      let value: number;
      if (isPlain && digits > 0 && mantissa <= Number.MAX_SAFE_INTEGER && power >= -22 && power <= 22) {
        // One rounding of two exact numbers, as `Number()` does it.
        const size = power < 0 ? mantissa / POWERS[-power] : mantissa * POWERS[power];
        value = isNegative ? -size : size;
      } else {
        while (i < bytes.length && bytes[i] > 32 && bytes[i] !== COMMA) i++;
        value = oddNumber(bytes.subarray(begin, i));
      }
      if (count < out.length) out[count] = value;
      count++;
    }
    if (Number.isInteger(claimed) && claimed !== count)
      throw this.damaged(`an array promises ${claimed} numbers and holds ${count}`);
    return count === out.length ? out : out.subarray(0, count);
  }
}

/** A number that is long, large, or printed by a Windows run-time library as `-1.#IND`; NaN where it is none. */
function oddNumber(bytes: Uint8Array): number {
  const word = new TextDecoder('latin1').decode(bytes);
  const infinite = /^([+-]?)(?:1\.#)?inf/i.exec(word);
  return infinite ? Number(`${infinite[1]}Infinity`) : Number(word);
}
