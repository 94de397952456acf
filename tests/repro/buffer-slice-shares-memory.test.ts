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

  it('of an FBX array are read wherever they lie', () => {
    const whole = Buffer.alloc(64);
    for (let shift = 0; shift < 8; shift++) {
      whole.writeDoubleLE(1.25, shift);
      whole.writeDoubleLE(-7, shift + 8);
      const array = new BinaryArray('d', 2, whole, shift, shift + 16, false, true, 'x.fbx');
      expect([...array.decode()]).toEqual([1.25, -7]);
    }
  });
});
