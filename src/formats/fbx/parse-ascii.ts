import { GaitwayError } from '../../errors.js';
import { AsciiArray } from './ascii-array.js';
import { type FbxNode, type FbxTree, type FbxValue, NO_NODES, NO_VALUES, OLDEST_VERSION } from './node.js';
import type { ReadingProgress } from './reading-progress.js';

const DEEPEST = 64;
/** Comments and the header's node stand in here. */
const HEAD_BYTES = 65_536;
const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const STAR = 42;
const COMMA = 44;
const COLON = 58;
const SEMICOLON = 59;
const LETTER_A = 97;
const OPEN = 123;
const CLOSE = 125;

/** Whether a text looks like an ASCII FBX file: its header node, after any comments. */
export function isAsciiFbx(bytes: Uint8Array): boolean {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEAD_BYTES));
  const bare = head.replace(/^\uFEFF|^ï»¿/, '').replace(/^\s*;.*$/gm, '');
  return /^\s*FBXHeaderExtension\s*:/.test(bare) || /^\s*;\s*FBX\s+\d/m.test(head);
}

/**
 * Parses an ASCII FBX file.
 *
 * Of a file older than 7.0, whose lists break lines in other places, only the version is read.
 *
 * @throws GaitwayError `fbx/damaged` with the line.
 */
export async function parseAsciiFbx(
  bytes: Uint8Array,
  file: string,
  progress: ReadingProgress,
): Promise<FbxTree> {
  const stated = /\bFBXVersion\s*:\s*(\d+)/.exec(
    new TextDecoder('latin1').decode(bytes.subarray(0, HEAD_BYTES)),
  );
  if (stated && Number(stated[1]) < OLDEST_VERSION)
    return { version: Number(stated[1]), encoding: 'ascii', nodes: NO_NODES };
  const parser = new AsciiParser(bytes, file);
  progress.begin(0, bytes.length);
  const nodes = await parser.topNodes(progress);
  const header = nodes.find((node) => node.name === 'FBXHeaderExtension');
  const version = header?.children.find((child) => child.name === 'FBXVersion')?.values[0];
  return { version: typeof version === 'number' ? version : 0, encoding: 'ascii', nodes };
}

class AsciiParser {
  private at = 0;
  private readonly decoder = new TextDecoder('utf-8');

  constructor(
    private readonly bytes: Uint8Array,
    private readonly file: string,
  ) {
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.at = 3;
  }

  private damaged(what: string, at = this.at): GaitwayError {
    let line = 1;
    for (let i = 0; i < Math.min(at, this.bytes.length); i++) if (this.bytes[i] === NEWLINE) line++;
    return new GaitwayError(
      'fbx/damaged',
      `${this.file}: damaged at line ${line}: ${what}. Export the file again.`,
      {
        file: this.file,
        line,
      },
    );
  }

  /** Skips white space and comments; without `lines`, stops at the end of the line. */
  private skip(lines: boolean): void {
    const { bytes } = this;
    for (; this.at < bytes.length; this.at++) {
      const c = bytes[this.at];
      if (c === SEMICOLON) {
        while (this.at + 1 < bytes.length && bytes[this.at + 1] !== NEWLINE) this.at++;
      } else if (c > 32 || (!lines && (c === NEWLINE || c === RETURN))) return;
    }
  }

  async topNodes(progress: ReadingProgress): Promise<FbxNode[]> {
    const nodes: FbxNode[] = [];
    while (!this.ends(0)) {
      const { name, values, isOpen } = this.head();
      const children: FbxNode[] = [];
      while (isOpen && !this.ends(1)) {
        children.push(this.node(1));
        if (progress.due(this.at)) await progress.report(this.at);
      }
      nodes.push({ name, values, children });
    }
    return nodes;
  }

  /** Steps over the closing brace of a list of nodes, or to the end of the file, where one is next. */
  private ends(depth: number): boolean {
    this.skip(true);
    if (this.at >= this.bytes.length) {
      if (depth > 0) throw this.damaged('the file ends inside a node');
      return true;
    }
    if (this.bytes[this.at] !== CLOSE) return false;
    this.at++;
    if (depth === 0) throw this.damaged('a brace closes that was never opened');
    return true;
  }

  private node(depth: number): FbxNode {
    if (depth > DEEPEST) throw this.damaged(`nodes are nested more than ${DEEPEST} deep`);
    const { name, values, isOpen } = this.head();
    if (!isOpen) return { name, values, children: NO_NODES };
    const children: FbxNode[] = [];
    while (!this.ends(depth + 1)) children.push(this.node(depth + 1));
    return { name, values, children };
  }

  /** Name and values of a node, and whether a list of nodes opens behind them. */
  private head(): { name: string; values: readonly FbxValue[]; isOpen: boolean } {
    const start = this.at;
    while (this.at < this.bytes.length && this.bytes[this.at] !== COLON && this.bytes[this.at] > 32)
      this.at++;
    const name = this.decoder.decode(this.bytes.subarray(start, this.at));
    this.skip(false);
    if (this.bytes[this.at] !== COLON)
      throw this.damaged(`"${name.slice(0, 40)}" is not followed by a colon`);
    this.at++;
    const values: FbxValue[] = [];
    for (;;) {
      this.skip(false);
      const c = this.bytes[this.at];
      if (c === STAR) {
        values.push(this.array());
        return { name, values, isOpen: false };
      }
      if (c === OPEN) {
        this.at++;
        return { name, values: values.length > 0 ? values : NO_VALUES, isOpen: true };
      }
      if (c === COMMA) {
        // Long lists go on after the comma on the next line.
        this.at++;
        this.skip(true);
        continue;
      }
      if (c === undefined || c === NEWLINE || c === RETURN || c === CLOSE)
        return { name, values: values.length > 0 ? values : NO_VALUES, isOpen: false };
      values.push(this.value());
    }
  }

  private value(): FbxValue {
    const { bytes } = this;
    if (bytes[this.at] === QUOTE) {
      const start = ++this.at;
      while (this.at < bytes.length && bytes[this.at] !== QUOTE) this.at++;
      if (this.at >= bytes.length) throw this.damaged('a text is not closed');
      const text = this.decoder.decode(bytes.subarray(start, this.at++));
      return text.replaceAll('&quot;', '"').replaceAll('&lf;', '\n').replaceAll('&cr;', '\r');
    }
    const start = this.at;
    while (
      this.at < bytes.length &&
      bytes[this.at] > 32 &&
      bytes[this.at] !== COMMA &&
      bytes[this.at] !== OPEN &&
      bytes[this.at] !== CLOSE
    ) {
      this.at++;
    }
    const word = this.decoder.decode(bytes.subarray(start, this.at));
    if (word === '') throw this.damaged('a value is wanted');
    return numberOrText(word);
  }

  /** `*N { a: … }`, over as many lines as it likes; its numbers are read when they are asked for. */
  private array(): FbxValue {
    const begin = this.at++;
    const claimed = Number(this.word());
    this.skip(true);
    if (this.bytes[this.at] !== OPEN) throw this.damaged('an array has no braces');
    this.at++;
    this.skip(true);
    if (this.bytes[this.at] !== LETTER_A || this.bytes[this.at + 1] !== COLON) {
      throw this.damaged('an array does not begin with "a:"');
    }
    const from = this.at + 2;
    const to = this.bytes.indexOf(CLOSE, from);
    this.at = to < 0 ? this.bytes.length : to + 1;
    if (to < 0) throw this.damaged('the file ends inside an array');
    return new AsciiArray(this.bytes.subarray(from, to), claimed, (what) => this.damaged(what, begin));
  }

  private word(): string {
    const start = this.at;
    const { bytes } = this;
    while (
      this.at < bytes.length &&
      bytes[this.at] > 32 &&
      bytes[this.at] !== COMMA &&
      bytes[this.at] !== OPEN &&
      bytes[this.at] !== CLOSE
    ) {
      this.at++;
    }
    return this.decoder.decode(bytes.subarray(start, this.at));
  }
}

/** A bare word: a number where it is one (exact where float64 is not), else the word itself. */
function numberOrText(word: string): number | bigint | string {
  if (/^[+-]?\d{16,}$/.test(word)) {
    const exact = BigInt(word);
    return BigInt.asIntN(64, exact);
  }
  const number = Number(word);
  if (!Number.isNaN(number)) return number;
  // Windows run-time libraries print these for NaN and infinity.
  const odd = /^([+-]?)(1\.#IND|1\.#QNAN|nan|1\.#INF|inf)/i.exec(word);
  if (odd) return /INF/i.test(odd[2] ?? '') ? Number(`${odd[1] ?? ''}Infinity`) : Number.NaN;
  return word;
}
