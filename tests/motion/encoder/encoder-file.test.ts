import { describe, expect, it } from 'vitest';
import { queryLatents } from '../../../src/motion/encoder/encoder.js';
import { readEncoder, type SavedEncoder, writeEncoder } from '../../../src/motion/encoder/encoder-file.js';
import { trainLinear } from '../../../src/motion/encoder/train-linear.js';
import { madeWalk } from '../made-tracks.js';
import { codeOf, madeWalks } from './made-clips.js';

const linear = trainLinear(madeWalks(6), { dim: 4, seed: 1, noiseShare: 0 });
const saved: SavedEncoder = {
  encoder: {
    ...linear,
    kind: 'mlp',
    future: {
      scaling: { mean: Float64Array.of(0.1, 2), scale: Float64Array.of(3, 1 / 3) },
      projection: Float32Array.from({ length: 8 }, (_, i) => i / 7),
    },
  },
  boneMaps: [{ pelvis: 'Hüfte', thighL: 'LeftUpLeg' }],
  record: { seed: 1, data: [{ name: 'walk', frames: 9 }] },
};
const bytes = writeEncoder(saved);

describe('readEncoder', () => {
  it('gives back what was written, to the bit', () => {
    const read = readEncoder(bytes, 'encoder.gwenc');
    expect(read).toEqual(saved);
    const walk = madeWalk({ turn: 0.3, cadence: 2 });
    expect(queryLatents(read.encoder, walk).latents).toEqual(queryLatents(saved.encoder, walk).latents);
    expect(writeEncoder(read)).toEqual(bytes);
  });

  it('reads from the middle of a larger buffer', () => {
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    expect(readEncoder(larger.subarray(3), 'x')).toEqual(saved);
  });

  it('refuses what is no encoder, and a file that was cut', async () => {
    expect(await codeOf(() => readEncoder(new Uint8Array(), 'x'))).toBe('encoder/damaged-file');
    expect(await codeOf(() => readEncoder(new TextEncoder().encode('HIERARCHY ROOT Hips'), 'x'))).toBe(
      'encoder/damaged-file',
    );
    for (let cut = 0; cut < bytes.length; cut += 41)
      expect(await codeOf(() => readEncoder(bytes.slice(0, cut), 'x'))).toBe('encoder/damaged-file');
  });

  it('refuses a file of which any byte changed', async () => {
    for (let at = 0; at < bytes.length; at += 97) {
      if (at >= 4 && at < 8) continue; // the version, tried below
      const changed = bytes.slice();
      changed[at] ^= 0x10;
      expect(await codeOf(() => readEncoder(changed, 'x'))).toBe('encoder/damaged-file');
    }
  });

  it('names a newer version and what to do', async () => {
    const newer = bytes.slice();
    newer[4] = 3;
    expect(await codeOf(() => readEncoder(newer, 'x'))).toBe('encoder/newer-file');
    expect(() => readEncoder(newer, 'encoder.gwenc')).toThrow(/encoder\.gwenc has version 3.*Update Gaitway/);
  });
});
