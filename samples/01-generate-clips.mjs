/**
 * Writes the library of sample clips, and one clip of your own making beside it.
 *
 *   node samples/01-generate-clips.mjs [FOLDER]
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeBvh } from 'gaitway/formats';
import { makeClip, makeFigures } from '../dist/samples/index.js';
import { CLIPS, FOLDER } from './gaitway.mjs';

// The library: the same seed writes the same bytes.
const generate = fileURLToPath(new URL('generate.mjs', import.meta.url));
const { status } = spawnSync(process.execPath, [generate, '--out', CLIPS, '--seed', '1', '--force'], {
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);

// A clip of your own: say how fast to go and how to turn at which time; the feet follow.
const clip = makeClip(
  {
    name: 'my_walk',
    content: 'walk',
    style: 'brisk',
    split: 'train',
    seconds: 6,
    rateHz: 30,
    pace: [
      { at: 0.5, forward: 0 },
      { at: 1.5, forward: 1.4 },
      { at: 3, forward: 1.4, turnDeg: 60 },
      { at: 4.5, forward: 2.6 },
    ],
  },
  makeFigures().tall,
  7,
);
const file = join(FOLDER, 'my_walk.bvh');
writeFileSync(file, writeBvh(clip).bytes);
console.log(`${file}: ${clip.frameCount} frames of ${clip.skeleton.joints.length} joints`);
