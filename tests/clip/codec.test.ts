import { describe, expect, it } from 'vitest';
import { bake, type Clip, decodeClip, encodeClip, sceneOfClip } from '../../src/clip/index.js';
import { seededRandom } from '../../src/math/random.js';
import { makeClip } from '../formats/made-clip.js';

const codeOf = (act: () => unknown): string => {
  try {
    act();
    return 'read';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};

const withCurves = (clip: Clip): Clip => ({
  ...clip,
  curves: [{ name: 'weight', values: Float64Array.from({ length: clip.frameCount }, (_, f) => Math.sin(f)) }],
  events: [{ name: 'step', time: 0.1, duration: 0.2 }],
});

describe('.gwclip', () => {
  it('gives back every number to the last bit', () => {
    for (const seed of [1, 2, 3]) {
      const clip = withCurves(makeClip({ seed, jointCount: 7, frameCount: 5 }));
      expect(decodeClip(encodeClip(clip))).toEqual(clip);
    }
  });

  it('lays arrays where they can be viewed without copying, and reads from any place in memory', () => {
    const clip = makeClip({ seed: 4 });
    const bytes = encodeClip(clip);
    const viewed = decodeClip(bytes);
    expect(viewed.rotations.buffer).toBe(bytes.buffer);
    expect(viewed.rotations.byteOffset % 16).toBe(0);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeClip(shifted.subarray(3))).toEqual(clip);
  });

  it('refuses what is no clip, cut off, of a later version, or changed by one bit', () => {
    const bytes = encodeClip(makeClip({ seed: 5, jointCount: 3, frameCount: 2 }));
    expect(codeOf(() => decodeClip(new TextEncoder().encode('HIERARCHY')))).toBe('codec/not-a-clip');
    expect(codeOf(() => decodeClip(bytes.subarray(0, 9)))).toBe('codec/truncated');
    expect(codeOf(() => decodeClip(bytes.subarray(0, 100)))).toBe('codec/truncated');
    expect(codeOf(() => decodeClip(bytes.subarray(0, bytes.length - 8)))).toBe('codec/truncated');
    const later = bytes.slice();
    later[4] = 99;
    expect(codeOf(() => decodeClip(later))).toBe('codec/newer-version');
    const random = seededRandom(6);
    for (let i = 0; i < 300; i++) {
      const changed = bytes.slice();
      changed[12 + random.below(bytes.length - 12)] ^= 1 << random.below(8);
      expect(codeOf(() => decodeClip(changed))).toMatch(/^codec\/(damaged|truncated)$/);
    }
  });

  it('is a scene that bakes to the same clip', () => {
    const clip = withCurves(makeClip({ seed: 7 }));
    const baked = bake(sceneOfClip(clip, 'a.gwclip'));
    expect(baked.frameCount).toBe(clip.frameCount);
    baked.translations.forEach((value, i) => {
      expect(value).toBeCloseTo(clip.translations[i], 12);
    });
    expect(baked.curves).toEqual(clip.curves);
  });
});
