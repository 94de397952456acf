import { describe, expect, it } from 'vitest';
import { packFrame, readFrame } from '../../src/preview/link-frame.js';

describe('frames between page and server', () => {
  it.each([{}, { type: 'pose' }, { text: 'Öl 名 "x"' }])('give back what was packed: %j', (header) => {
    const body = Float32Array.of(1, -2.5, 3);
    const frame = packFrame(header, new Uint8Array(body.buffer));
    // As the socket gives it: part of a larger buffer, at an odd place.
    const pool = Buffer.alloc(frame.length + 64, 0xee);
    pool.set(frame, 33);
    const read = readFrame(pool.subarray(33, 33 + frame.length));
    expect(read?.header).toEqual(header);
    expect([...new Float32Array(read?.body.buffer ?? new ArrayBuffer())]).toEqual([...body]);
  });

  it('are nothing where they are cut off or no JSON', () => {
    const frame = packFrame({ type: 'state' });
    for (let length = 0; length < frame.length; length++)
      expect(readFrame(frame.subarray(0, length))).toBeUndefined();
    expect(readFrame(Uint8Array.of(4, 0, 0, 0, 1, 2, 3, 4))).toBeUndefined();
  });
});
