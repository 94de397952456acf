import { readFileSync } from 'node:fs';

/** How the text of a file is put into bytes; Unreal writes UTF-16 where a text has more than ASCII. */
export type TextEncoding = 'utf8' | 'utf8-bom' | 'utf16le' | 'utf16be';

const MARKS: Readonly<Record<TextEncoding, readonly number[]>> = {
  utf8: [],
  'utf8-bom': [0xef, 0xbb, 0xbf],
  utf16le: [0xff, 0xfe],
  utf16be: [0xfe, 0xff],
};

/** A file's text and how it was encoded, told by its byte order mark. */
export interface TextFile {
  readonly text: string;
  readonly encoding: TextEncoding;
}

/** Reads a text file of any of Unreal's encodings. */
export const readTextFile = (file: string): TextFile => decodeText(readFileSync(file));

/** The text of bytes that begin with a byte order mark or are UTF-8. */
export function decodeText(bytes: Buffer): TextFile {
  const marked = (['utf8-bom', 'utf16le', 'utf16be'] as const).find((name) =>
    MARKS[name].every((byte, i) => bytes[i] === byte),
  );
  const encoding = marked ?? 'utf8';
  const body = bytes.subarray(MARKS[encoding].length);
  if (encoding === 'utf16le') return { text: body.toString('utf16le'), encoding };
  if (encoding === 'utf16be') {
    const whole = Buffer.from(body.subarray(0, body.length & ~1));
    return { text: whole.swap16().toString('utf16le'), encoding };
  }
  return { text: body.toString('utf8'), encoding };
}

/** The bytes of a text in an encoding, with its byte order mark. */
export function encodeText({ text, encoding }: TextFile): Buffer {
  const mark = Buffer.from(MARKS[encoding]);
  if (encoding === 'utf16le') return Buffer.concat([mark, Buffer.from(text, 'utf16le')]);
  if (encoding === 'utf16be') return Buffer.concat([mark, Buffer.from(text, 'utf16le').swap16()]);
  return Buffer.concat([mark, Buffer.from(text, 'utf8')]);
}
