import { GaitwayError } from '../../errors.js';

const MINUS = 45;
const PLUS = 43;
const POINT = 46;
const COMMA = 44;
const HASH = 35;
const OPEN = 123;
const CLOSE = 125;
const LF = 10;
const CR = 13;
const PIECE_BYTES = 1 << 14;

/** Powers of ten that a float64 holds exactly; a quotient of two exact numbers is rounded once, as `Number()` does. */
const POWERS = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));

const isSpace = (byte: number | undefined): boolean => byte !== undefined && byte <= 32;
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;
const isLineEnd = (byte: number | undefined): boolean => byte === LF || byte === CR || byte === undefined;

/** Walks over the bytes of a BVH file: words, lines and numbers, without making strings of the numbers. */
export class BvhReader {
  readonly bytes: Uint8Array;
  readonly file: string;
  at: number;
  /** The number that `number()` read last. */
  value = 0;
  /** Names had bytes that are not UTF-8 and were read as Latin-1. */
  foreignNames = false;
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true });
  readonly #latin1 = new TextDecoder('latin1');
  #piece = '';
  #pieceAt = 0;

  constructor(bytes: Uint8Array, file: string) {
    this.bytes = bytes;
    this.file = file;
    this.at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  }

  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  skipSpace(): void {
    while (isSpace(this.bytes[this.at])) this.at++;
  }

  /** Also skips comments, which begin with `#` and end with the line. */
  skipSpaceAndComments(): void {
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.at] !== HASH) return;
      while (!isLineEnd(this.bytes[this.at])) this.at++;
    }
  }

  /** Whether only blanks stand between here and the last line end before. */
  get atLineStart(): boolean {
    let i = this.at - 1;
    while (i >= 0 && isSpace(this.bytes[i]) && !isLineEnd(this.bytes[i])) i--;
    return i < 0 || isLineEnd(this.bytes[i]);
  }

  /** The next brace, or the next run of bytes up to a blank or brace; empty at the end of the file. */
  word(): string {
    this.skipSpaceAndComments();
    const from = this.at;
    const first = this.bytes[from];
    if (first === OPEN || first === CLOSE) this.at++;
    else {
      while (!this.done) {
        const byte = this.bytes[this.at];
        if (isSpace(byte) || byte === OPEN || byte === CLOSE) break;
        this.at++;
      }
    }
    return this.text(from, this.at);
  }

  /** A joint's name: the line up to a brace, without the blanks around it and without a `#2` behind it. */
  name(): string {
    const from = this.at;
    while (!isLineEnd(this.bytes[this.at]) && this.bytes[this.at] !== OPEN) this.at++;
    return this.text(from, this.at)
      .trim()
      .replace(/\s+#\S*$/, '');
  }

  /** A label such as `Frame Time:` in lower case with single blanks; empty where there is none. */
  label(): string {
    const from = this.at;
    let i = from;
    while (!isLineEnd(this.bytes[i]) && this.bytes[i] !== 58 && !isDigit(this.bytes[i])) i++;
    if (this.bytes[i] !== 58) return '';
    this.at = i + 1;
    return this.text(from, i).trim().toLowerCase().replace(/\s+/g, ' ');
  }

  /**
   * Reads the number that begins here into `value`, equal to what `Number()` makes of it; a decimal comma
   * is taken where a digit follows it and the number has no point.
   *
   * Gives false, and stays, where no number begins or something hangs on to it.
   */
  number(): boolean {
    const { bytes } = this;
    let i = this.at;
    const negative = bytes[i] === MINUS;
    if (negative || bytes[i] === PLUS) i++;
    let mantissa = 0;
    let exact = true;
    let digits = 0;
    let decimals = 0;
    let point = -1;
    for (; ; i++) {
      const byte = bytes[i];
      if (byte >= 48 && byte <= 57) {
        mantissa = mantissa * 10 + (byte - 48);
        if (mantissa > Number.MAX_SAFE_INTEGER) exact = false;
        digits++;
        if (point >= 0) decimals++;
      } else if (point < 0 && (byte === POINT || (byte === COMMA && digits > 0 && isDigit(bytes[i + 1])))) {
        point = i;
      } else break;
    }
    if (digits === 0) return false;
    let exponent = 0;
    if (bytes[i] === 101 || bytes[i] === 69) {
      const signed = bytes[i + 1] === MINUS || bytes[i + 1] === PLUS;
      let k = i + (signed ? 2 : 1);
      if (isDigit(bytes[k])) {
        for (; isDigit(bytes[k]); k++) exponent = Math.min(exponent * 10 + (bytes[k] - 48), 1e6);
        if (bytes[i + 1] === MINUS) exponent = -exponent;
        i = k;
      }
    }
    const comma = bytes[point] === COMMA;
    const after = bytes[i];
    const ends =
      after === undefined ||
      isSpace(after) ||
      after === MINUS ||
      after === PLUS ||
      after === OPEN ||
      after === CLOSE ||
      (after === COMMA && !comma);
    if (!ends) return false;
    const power = exponent - decimals;
    if (exact && power >= -22 && power <= 22) {
      const size = power < 0 ? mantissa / POWERS[-power] : mantissa * POWERS[power];
      this.value = negative ? -size : size;
    } else {
      this.value = Number(comma ? this.#plain(this.at, i).replace(',', '.') : this.#plain(this.at, i));
    }
    this.at = i;
    return true;
  }

  /** Bytes that are known to be ASCII as text, cut out of a longer piece: decoding each would cost more than all else. */
  #plain(from: number, to: number): string {
    if (from < this.#pieceAt || to > this.#pieceAt + this.#piece.length) {
      this.#pieceAt = from;
      this.#piece = this.#latin1.decode(this.bytes.subarray(from, Math.max(to, from + PIECE_BYTES)));
    }
    return this.#piece.slice(from - this.#pieceAt, to - this.#pieceAt);
  }

  /** Bytes as text: UTF-8, or Latin-1 where they are no UTF-8. */
  text(from: number, to: number): string {
    const bytes = this.bytes.subarray(from, to);
    try {
      return this.#utf8.decode(bytes);
    } catch {
      this.foreignNames = true;
      return this.#latin1.decode(bytes);
    }
  }

  /** The line of a byte, counted from 1, whatever ends the file's lines. */
  lineOf(at = this.at): number {
    let line = 1;
    for (let i = 0; i < at && i < this.bytes.length; i++) {
      const byte = this.bytes[i];
      if (byte === LF || (byte === CR && this.bytes[i + 1] !== LF)) line++;
    }
    return line;
  }

  /** What stands at the reader, shortened, for an error. */
  glimpse(): string {
    const end = Math.min(this.at + 24, this.bytes.length);
    let to = this.at;
    while (to < end && !isSpace(this.bytes[to])) to++;
    return this.#latin1.decode(this.bytes.subarray(this.at, to));
  }

  fail(code: string, what: string, data: Record<string, unknown> = {}): GaitwayError {
    const line = this.lineOf();
    return new GaitwayError(`bvh/${code}`, `${this.file || 'The BVH file'}, line ${line}: ${what}`, {
      file: this.file,
      line,
      ...data,
    });
  }
}
