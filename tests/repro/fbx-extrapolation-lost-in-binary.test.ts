import { expect, it } from 'vitest';
import { encodeBinaryFbx, int, node } from '../../src/formats/fbx/encode-binary.js';
import { readExtrapolation } from '../../src/formats/fbx/extrapolation.js';
import { parseBinaryFbx } from '../../src/formats/fbx/parse-binary.js';
import { ReadingProgress } from '../../src/formats/fbx/reading-progress.js';

const LETTER = 'C'.charCodeAt(0);

it('a curve in a binary file that repeats outside its keys does so, and is not constant', async () => {
  const rule = node('Post-Extrapolation', [], [node('Type', [true]), node('Repetition', [int(3)])]);
  const bytes = encodeBinaryFbx([node('AnimationCurve', [], [rule])]);
  // The kind stands in the file as a letter where the encoder writes yes or no.
  const at = bytes.findIndex((byte, i) => byte === LETTER && bytes[i + 1] === 1);
  bytes[at + 1] = 'R'.charCodeAt(0);
  const { nodes } = await parseBinaryFbx(bytes, 'curve.fbx', new ReadingProgress(undefined));
  const [curve] = nodes;
  if (!curve) throw new Error('the curve is there');
  expect(readExtrapolation(curve, 'Post-Extrapolation')).toEqual({ mode: 'repeat', count: 3 });
});
