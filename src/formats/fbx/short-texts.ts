const BUCKETS = 1024;

/**
 * Short ASCII texts, each made once: node and property names come again by the thousand.
 *
 * Texts that share a bucket push each other out, so it never grows.
 */
export class ShortTexts {
  private readonly texts: (string | undefined)[] = new Array(BUCKETS).fill(undefined);

  /** The text of some bytes; nothing where they are not all ASCII. */
  of(bytes: Uint8Array, from: number, to: number): string | undefined {
    let hash = to - from;
    for (let i = from; i < to; i++) {
      if (bytes[i] > 127) return undefined;
      hash = (Math.imul(hash, 31) + bytes[i]) | 0;
    }
    const bucket = (hash ^ (hash >>> 15)) & (BUCKETS - 1);
    const known = this.texts[bucket];
    if (known !== undefined && isSame(known, bytes, from, to)) return known;
    let text = '';
    for (let i = from; i < to; i++) text += String.fromCharCode(bytes[i]);
    this.texts[bucket] = text;
    return text;
  }
}

function isSame(text: string, bytes: Uint8Array, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[from + i]) return false;
  return true;
}
