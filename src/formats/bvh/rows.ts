import type { BvhReader } from './reader.js';

/** Numbers of some rows: where all are small whole ones, two bytes long as in the file. */
export type RowBlock = Float64Array | Int16Array;

/** The numbers of all rows, in blocks of whole rows, so that a file of any size is read without copying. */
export interface BvhRows {
  /** Numbers in a row. */
  readonly width: number;
  /** Whole rows. */
  readonly count: number;
  /** Rows in every block but the last. */
  readonly rowsPerBlock: number;
  /** [rows, width] each */
  readonly blocks: readonly RowBlock[];
}

/** Rows that are being read, and the lines that they were found on. */
export interface RowScan {
  /** [rows, width], whole and full but for the last one */
  readonly blocks: RowBlock[];
  readonly rowsPerBlock: number;
  /** Numbers found. */
  count: number;
  /** Lines that held a number. */
  lines: number;
  /** Numbers on the widest and on the narrowest of them. */
  widest: number;
  narrowest: number;
  /** `count` where the line at hand began. */
  lineBegin: number;
}

/** Numbers in a block: 1 MiB. */
const BLOCK = 1 << 17;
/** Blanks aside, no number that the quick way reads takes more bytes. */
const LONGEST = 40;
const SAFE = Number.MAX_SAFE_INTEGER;
/** Halves the digits of a float64. */
const SPLIT = 2 ** 27 + 1;
const ABOVE = 1 + 2 ** -40;
const BELOW = 1 - 2 ** -40;
/** Powers of ten that a float64 holds exactly. */
const MOST_PLACES = 22;
const POWERS = Float64Array.from({ length: MOST_PLACES + 1 }, (_, k) => Number(`1e${k}`));

/** An empty scan of rows of `width` numbers in at most `bytes` bytes. */
export function makeRowScan(width: number, bytes: number): RowScan {
  // Two bytes make the shortest number: a small file gets a small block.
  const most = Math.ceil((bytes + 1) / 2 / Math.max(1, width)) + 1;
  return {
    blocks: [],
    rowsPerBlock: Math.max(1, Math.min(most, Math.floor(BLOCK / Math.max(1, width)))),
    count: 0,
    lines: 0,
    widest: 0,
    narrowest: Number.POSITIVE_INFINITY,
    lineBegin: 0,
  };
}

/** The whole rows of a scan; its last block is cut to them. */
export function rowsOf({ blocks, rowsPerBlock, count }: RowScan, width: number): BvhRows {
  const rows = width === 0 ? 0 : Math.floor(count / width);
  const last = rows % rowsPerBlock;
  const full = (rows - last) / rowsPerBlock;
  return {
    width,
    count: rows,
    rowsPerBlock,
    blocks: [
      ...blocks.slice(0, full),
      ...(last > 0 ? [(blocks[full] as RowBlock).slice(0, last * width)] : []),
    ],
  };
}

/** Ends the line at hand. */
export function endLine(scan: RowScan): void {
  const width = scan.count - scan.lineBegin;
  if (width === 0) return;
  scan.lines++;
  scan.widest = Math.max(scan.widest, width);
  scan.narrowest = Math.min(scan.narrowest, width);
  scan.lineBegin = scan.count;
}

/**
 * The block that takes the next number, and where in it; a new one where the last is full, which then is made
 * as small as its numbers allow.
 */
export function blockWithRoom(scan: RowScan, width: number): { values: Float64Array; at: number } {
  const { blocks } = scan;
  const size = scan.rowsPerBlock * width;
  const at = scan.count % size;
  if (at === 0) {
    const full = blocks.length - 1;
    if (full >= 0) blocks[full] = small(blocks[full] as Float64Array);
    blocks.push(new Float64Array(size));
  }
  return { values: blocks[blocks.length - 1] as Float64Array, at };
}

/** A file of numbers like `0 0 90` would take four times its size as float64. */
function small(block: Float64Array): RowBlock {
  for (let i = 0; i < block.length; i++) {
    const value = block[i] as number;
    if (value !== (value << 16) >> 16 || (value === 0 && 1 / value < 0)) return block;
  }
  return Int16Array.from(block);
}

/**
 * `head / scale + tail / tailScale` rounded once, for numbers of more digits than a float64 holds; NaN where the
 * sum lies too near between two of these to tell, or the head has too many digits itself.
 *
 * The quotient's remainder is exact (T. J. Dekker, "A floating-point technique for extending the available
 * precision", 1971), so what is added to the quotient is known to far more digits than decide its rounding.
 */
function roundedSum(head: number, scale: number, tail: number, tailScale: number): number {
  if (head > SAFE) return Number.NaN;
  const quotient = head / scale;
  const product = quotient * scale;
  let part = SPLIT * quotient;
  const a = part - (part - quotient);
  part = SPLIT * scale;
  const b = part - (part - scale);
  const [c, d] = [quotient - a, scale - b];
  const lost = a * b - product + a * d + c * b + c * d;
  const rest = (head - product - lost) / scale + tail / tailScale;
  const value = quotient + rest;
  return quotient + rest * ABOVE === quotient + rest * BELOW ? value : Number.NaN;
}

/**
 * Reads plain decimals (`-12.345678`, `1.25e-05`) between blanks, as far as there are any and the block has room, and
 * leaves the reader at the first byte of what is something else, or nearer to the end than a number is long.
 *
 * Whole and fractional digits are added up as 32-bit integers; the quotient of two exact numbers (or the sum of
 * two, see `roundedSum`) is rounded once, so every value is what `Number()` makes of its text. One function, local
 * variables only: with a method call a number the same loop runs at a third of the speed.
 */
export function scanPlainNumbers(reader: BvhReader, scan: RowScan, values: Float64Array, from: number): void {
  const { bytes } = reader;
  const stop = bytes.length - LONGEST;
  const room = values.length;
  const before = scan.count - from;
  let { at: i } = reader;
  let { lineBegin, lines, widest, narrowest } = scan;
  let n = from;
  let number = i;
  while (i < stop) {
    let byte = bytes[i] as number;
    if (byte <= 32) {
      if (byte === 10 || byte === 13) {
        const width = before + n - lineBegin;
        if (width > 0) {
          lines++;
          if (width > widest) widest = width;
          if (width < narrowest) narrowest = width;
          lineBegin = before + n;
        }
      }
      number = ++i;
      continue;
    }
    if (n === room) break;
    const negative = byte === 45;
    if (negative) byte = bytes[++i] as number;
    const wholeFrom = i;
    let whole = 0;
    while (byte >= 48 && byte <= 57) {
      whole = (whole * 10 + byte - 48) | 0;
      byte = bytes[++i] as number;
      if (i - wholeFrom > 9) break;
    }
    const digits = i - wholeFrom;
    if (digits === 0 || digits > 9) break;
    let value = whole;
    if (byte === 46) {
      const fractionFrom = i + 1;
      let fraction = 0;
      let tail = 0;
      byte = bytes[++i] as number;
      while (byte >= 48 && byte <= 57 && i - fractionFrom < 9) {
        fraction = (fraction * 10 + byte - 48) | 0;
        byte = bytes[++i] as number;
      }
      const tailFrom = i;
      while (byte >= 48 && byte <= 57 && i - tailFrom < 9) {
        tail = (tail * 10 + byte - 48) | 0;
        byte = bytes[++i] as number;
      }
      const headPlaces = tailFrom - fractionFrom;
      const places = i - fractionFrom;
      const head = whole * (POWERS[headPlaces] as number) + fraction;
      const mantissa = head * (POWERS[i - tailFrom] as number) + tail;
      let exponent = 0;
      if ((byte | 32) === 101 && bytes[i + 1] === 45) {
        i += 2;
        byte = bytes[i] as number;
        const exponentFrom = i;
        while (byte >= 48 && byte <= 57 && i - exponentFrom < 3) {
          exponent = exponent * 10 + byte - 48;
          byte = bytes[++i] as number;
        }
        if (i === exponentFrom) break;
      }
      if (places + exponent > MOST_PLACES) break;
      const scale = POWERS[places + exponent] as number;
      value =
        mantissa <= SAFE
          ? mantissa / scale
          : roundedSum(head, POWERS[headPlaces + exponent] as number, tail, scale);
      if (Number.isNaN(value)) break;
    }
    if (byte > 32) break;
    values[n++] = negative ? -value : value;
    number = i;
  }
  reader.at = number;
  scan.count = before + n;
  scan.lineBegin = lineBegin;
  scan.lines = lines;
  scan.widest = widest;
  scan.narrowest = narrowest;
}
