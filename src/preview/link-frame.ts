/** A message between the page and the server: a JSON header, and bytes where it carries numbers or a file. */
export interface LinkFrame {
  readonly header: unknown;
  readonly body: Uint8Array;
}

const NONE = new Uint8Array();

/**
 * One binary frame of a message.
 *
 * | bytes | what                                          |
 * | ----- | --------------------------------------------- |
 * | 0..3  | bytes of the header, u32 little-endian        |
 * | 4..   | header, JSON in UTF-8, blanks up to 4 bytes   |
 * | then  | body                                          |
 */
export function packFrame(header: unknown, body: Uint8Array = NONE): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = (json.length + 3) & ~3;
  const frame = new Uint8Array(4 + length + body.length).fill(0x20, 4, 4 + length);
  new DataView(frame.buffer).setUint32(0, length, true);
  frame.set(json, 4);
  frame.set(body, 4 + length);
  return frame;
}

/** The message in a frame; undefined where it is none. */
export function readFrame(frame: Uint8Array): LinkFrame | undefined {
  if (frame.length < 4) return undefined;
  const length = new DataView(frame.buffer, frame.byteOffset).getUint32(0, true);
  if (4 + length > frame.length) return undefined;
  try {
    const header: unknown = JSON.parse(new TextDecoder().decode(frame.subarray(4, 4 + length)));
    // A copy has a buffer of its own, which can be read as numbers; `slice` of a Node buffer would be none.
    return { header, body: new Uint8Array(frame.subarray(4 + length)) };
  } catch {
    return undefined;
  }
}
