import { describe, expect, it } from 'vitest';
import { decodeClip, encodeClip } from '../../src/clip/index.js';
import { BinaryArray } from '../../src/formats/fbx/binary-array.js';
import { makeClip } from '../formats/made-clip.js';

/**
 * `slice` of a Node `Buffer` shares its memory, unlike that of a `Uint8Array`: a "copy" made by it is written
 * through to the original, and lies as askew.
 */
describe('bytes in a Buffer', () => {
  it('of a clip are not changed by reading it', () => {
    const bytes = Buffer.from(encodeClip(makeClip({ seed: 3 })));
    const before = Uint8Array.from(bytes);
    decodeClip(bytes);
    expect(Uint8Array.from(bytes)).toEqual(before);
    expect(() => decodeClip(bytes)).not.toThrow();
  });

  it.each([2, 20])('of an FBX array of %i are read wherever they lie', (count) => {
    const whole = Buffer.alloc(8 * count + 8);
    const numbers = Array.from({ length: count }, (_, i) => 1.25 - 7 * i);
    for (let shift = 0; shift < 8; shift++) {
      for (const [i, value] of numbers.entries()) whole.writeDoubleLE(value, shift + 8 * i);
      for (const isNative of [true, false]) {
        const end = shift + 8 * count;
        const array = new BinaryArray('d', count, whole, shift, end, false, true, isNative, 'x.fbx');
        expect([...array.decode()]).toEqual(numbers);
      }
    }
  });
});
