import { expect, it } from 'vitest';
import { readScene } from '../../src/formats/index.js';

/** The message showed the number behind the one that was too large. */
it('names the number that is too large, not the one behind it', async () => {
  const text =
    'HIERARCHY\nROOT a\n{\nOFFSET 0 0 0\nCHANNELS 3 Xposition Yposition Zposition\n}\nMOTION\nFrames: 1\nFrame Time: 0.1\n1 2e999 3\n';
  await expect(readScene(new TextEncoder().encode(text), { file: 'x.bvh' })).rejects.toMatchObject({
    code: 'bvh/not-finite',
    message: expect.stringContaining('"2e999"'),
  });
});
