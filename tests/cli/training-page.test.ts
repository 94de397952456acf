import { expect, it } from 'vitest';
import { trainingPage } from '../../src/cli/training-page.js';

const record = {
  gaitway: '1.2.3',
  encoder: 'mlp' as const,
  settings: { seed: 4, epochs: 2 },
  data: [
    { name: 'walk <1>', sha256: 'ab'.repeat(32), frames: 70 },
    { name: 'run', sha256: 'cd'.repeat(32), frames: 30 },
  ],
  node: 'v20',
  seconds: 3.21,
};

it('draws both errors by epoch and names the best one', () => {
  const page = trainingPage({
    ...record,
    engine: 'traced, ONNX Runtime 1',
    heldOutClips: ['run'],
    curve: [
      { epoch: 1, trainCm: 5, heldOutCm: 6 },
      { epoch: 2, trainCm: 4, heldOutCm: 5.5 },
      { epoch: 3, trainCm: 3.5, heldOutCm: 5.75 },
    ],
  });
  expect(page).toContain('2 clips, 100 frames, 3.2 s on traced, ONNX Runtime 1');
  expect(page).toContain('The weights of epoch 2 are kept: 5.50 cm');
  expect(page.match(/<polyline/g)).toHaveLength(2);
  expect(page).toContain('walk &lt;1&gt;');
  expect(page).toMatch(/run<\/th><td>30<\/td><td class="text">held out/);
  expect(page).not.toMatch(/NaN|undefined|https?:/);
});

it('has no curve for an encoder in closed form, and one point for a single epoch', () => {
  expect(trainingPage(record)).not.toContain('<polyline');
  expect(trainingPage({ ...record, curve: [{ epoch: 1, trainCm: 5, heldOutCm: 6 }] })).not.toContain('NaN');
});
